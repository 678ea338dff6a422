"""Fills the places of a text with the figures of one frozen snapshot, as the public may see them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from raquan.analytics import queries as analytics
from raquan.analytics.rules import dimensions_of, public_address
from raquan.kernel.localized import in_language
from raquan.kernel.numbers import format_number
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.press.rules import Filled, Placeholder, is_well_formed, placeholders


class PlaceWrong(Refused):
    """Braces that are no place for a figure."""

    code = "press.place_wrong"
    message = N_("Có dấu ngoặc {{{{ }}}} không đúng cách. Hãy viết như {{{{assists}}}}.")


class FigureUnknown(Refused):
    """A place names no figure that the public may see."""

    code = "press.figure_unknown"
    message = N_("Không có số liệu công bố nào tên {place}. Hãy chọn trong danh sách dưới ô nội dung.")


class FigureHidden(Refused):
    """The figure is not known, or too small to be published."""

    code = "press.figure_hidden"
    message = N_("Số liệu {place} chưa có, hoặc nhỏ dưới 5 nên không công bố được. Hãy viết lại câu.")


class SnapshotMissing(Refused):
    """The text has places, and no frozen snapshot is named."""

    code = "press.snapshot_missing"
    message = N_("Bài có chỗ điền số liệu. Hãy chọn bản chốt số liệu.")


def fill(campaign_id: UUID, year: int, snapshot_id: UUID | None, *texts: str) -> tuple[Filled, ...]:
    """Count the figures for the places of texts, each once, small cells hidden.

    Raises PlaceWrong, FigureUnknown, FigureHidden, SnapshotMissing, and what `analytics.public_figure` raises.
    """
    if not all(is_well_formed(text) for text in texts):
        raise PlaceWrong()
    places = placeholders(*texts)
    if places and snapshot_id is None:
        raise SnapshotMissing()
    return tuple(_filled(campaign_id, year, snapshot_id, place) for place in places)


def stored(figures: Iterable[Filled]) -> list[dict[str, Any]]:
    """Write filled figures as they are kept."""
    return [asdict(one) for one in figures]


def from_stored(rows: Iterable[dict[str, Any]]) -> tuple[Filled, ...]:
    """Read filled figures as they were kept."""
    return tuple(Filled(**row) for row in rows)


def offered() -> tuple[tuple[str, str, str], ...]:
    """List what can be filled in: the place, the measure's name and its unit, in the reader's language."""
    language = get_language() or "vi"
    entries = (entry for group in analytics.catalogue(public_only=True) for entry in group.entries)
    return tuple(
        (f"{{{{{one.measure.key}}}}}", in_language(one.measure.name, language), in_language(one.measure.unit, language))
        for one in entries
    )


def _filled(campaign_id: UUID, year: int, snapshot_id: UUID | None, place: Placeholder) -> Filled:
    try:
        entry = analytics.public_entry(place.measure)
        if entry is None:
            raise FigureUnknown(place=place.text)
        by = place.by or dimensions_of(entry.measure)[0].key
        figure = analytics.public_figure(campaign_id, place.measure, by, snapshot_id=snapshot_id)
    except NotFound:  # no such measure, no such dimension, not split by it
        raise FigureUnknown(place=place.text) from None
    row = next((one for one in figure.rows if one.key == place.key), None) if place.by else None
    value = figure.total if not place.by else row.value if row else None
    if value is None:
        raise FigureHidden(place=place.text)
    language = get_language() or "vi"
    name = in_language(figure.measure.name, language)
    return Filled(
        text=place.text,
        value=format_number(value),
        name=gettext("%(name)s, %(row)s") % {"name": name, "row": row.label} if row else name,
        unit=in_language(figure.measure.unit, language),
        definition=in_language(figure.measure.definition, language),
        grade=entry.grade,
        as_of=figure.as_of,
        address=public_address(year, place.measure, by, snapshot_id),
    )
