"""Counts from facts as they stand or as they were frozen, and says what must be said beside what was counted."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext

from raquan.analytics import engine
from raquan.analytics.engine import Counted, Source
from raquan.analytics.models import Snapshot
from raquan.analytics.queries import snapshots, stores
from raquan.analytics.rules import CARD, DIMENSIONS, MEASURES, Dimension, Measure, as_of_text
from raquan.analytics.rules.figures import FROZEN_AS_OF, LIVE, LIVE_AS_OF, PART_OF, SPEAKS_FOR
from raquan.kernel.localized import DEFAULT_LANGUAGE, in_language
from raquan.kernel.numbers import format_number, format_percent
from raquan.kernel.remembering import Remembered

NO_SHARE = "–"


def source_of(snapshot_id: UUID | None, campaign_id: UUID | None) -> tuple[Source, Snapshot | None]:
    """Give where to count, a snapshot's facts or those of now, and the snapshot."""
    if snapshot_id is None:
        return stores.live_source(str(campaign_id) if campaign_id else None), None
    frozen = snapshots.load(snapshot_id)
    return snapshots.frozen_source(frozen), frozen


def as_of(frozen: Snapshot | None, now: datetime | None) -> str:
    """Say of when the numbers are."""
    if frozen is not None:
        return as_of_text(gettext(FROZEN_AS_OF), frozen.frozen_at)
    return as_of_text(gettext(LIVE_AS_OF), now) if now else gettext(LIVE)


def beside(source: Source, of: Measure, total: int | None, filters: engine.Filters) -> tuple[str, ...]:
    """Say what a number is a part of, and, of people with a card, for how many of all assists it speaks."""

    def whole(key: str) -> int:
        return _evaluated(source, MEASURES[key], DIMENSIONS["stage"], filters).total or 0

    said: list[str] = []
    if total is None:
        return ()
    if of.of:
        name = in_language(MEASURES[of.of].name, (get_language() or DEFAULT_LANGUAGE)[:2])
        said.append(_share(PART_OF, total, whole(of.of), name=name[:1].lower() + name[1:]))
    if of.source == CARD:
        said.append(_share(SPEAKS_FOR, whole("assists_with_card"), whole("assists")))
    return tuple(said)


def _share(template: str, part: int, whole: int, **names: str) -> str:
    share = format_percent(Decimal(part) / whole, 0) if whole else NO_SHARE
    return gettext(template).format(part=format_number(part), whole=format_number(whole), share=share, **names)


def counted(source: Source, frozen: Snapshot | None, what: Measure, by: Dimension, filters: engine.Filters) -> Counted:
    """Count; what an old snapshot's facts do not say is not known, which is not zero."""
    if frozen is not None and frozen.manifest["fact_schema"] < what.since:
        return Counted((), None, {}, 0, False)
    return _evaluated(source, what, by, filters)


_remembered: Remembered[tuple[object, ...], Counted] = Remembered(500)


def _evaluated(source: Source, what: Measure, by: Dimension, filters: engine.Filters) -> Counted:
    """Count, or give what the very same facts gave before."""
    asked = (source.mark, what.key, by.key, *((one.key, key) for one, key in filters))
    seconds = settings.RAQUAN_REMEMBER_REFERENCE_SECONDS if source.mark else 0
    found = _remembered.get(asked, lambda: engine.evaluate(source, what.formula, by, filters), seconds=seconds)
    assert found is not None  # noqa: S101 - tells the type checker
    return found
