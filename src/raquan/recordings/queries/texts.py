"""The words of guides as they are spoken, and what stands for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from raquan.catalogue import queries as catalogue
from raquan.catalogue.queries import GuideView
from raquan.kernel.localized import Localized
from raquan.recordings.rules import text_version


@dataclass(frozen=True, slots=True)
class GuideText:
    """What is to be read of a guide: what to bring, then the steps, the cost, what to mind; and its version."""

    service_code: str
    name: Localized
    bring: tuple[Localized, ...]
    steps: tuple[Localized, ...]
    cost: Localized | None
    note: Localized | None
    version: str


def current_text(service_code: str, *, on: date) -> GuideText | None:
    """Give the words of a service's guide as it holds on a day, or None."""
    return next((one for one in texts_on(on) if one.service_code == service_code), None)


def texts_on(on: date) -> tuple[GuideText, ...]:
    """Give the words of all guides of a day, in the catalogue's order."""
    return tuple(text_of(one) for one in catalogue.guides_on(on))


def text_of(guide: GuideView) -> GuideText:
    """Give a guide's words. Only the Vietnamese ones make its version: the other languages follow them."""
    return GuideText(
        service_code=guide.service_code,
        name=guide.name,
        bring=guide.bring,
        steps=guide.steps,
        cost=guide.cost,
        note=guide.note,
        version=text_version(list(_lines(guide))),
    )


def _lines(guide: GuideView) -> Iterator[str]:
    for part, values in (
        ("name", (guide.name,)),
        ("bring", guide.bring),
        ("step", guide.steps),
        ("cost", (guide.cost,)),
        ("note", (guide.note,)),
    ):
        for value in values:
            if value:
                yield f"{part}: {value['vi']}"
