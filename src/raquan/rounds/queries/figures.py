"""The figures of a unit on some days: counted, never typed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure, Number, days_between
from raquan.kernel.actor import Actor
from raquan.kernel.localized import DEFAULT_LANGUAGE, in_language

MEASURES = ("assists", "self_done", "first_use")


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """A measure of a unit on some days; `value` is None where there is nothing to count from; `address` opens it."""

    key: str
    name: str
    value: Number | None
    grades: tuple[tuple[str, Number], ...]
    synthetic: bool
    address: str = ""


def period_figures(
    actor: Actor,
    *,
    campaign_id: UUID,
    organization_id: UUID | None,
    first_on: date,
    last_on: date,
    now: datetime,
    snapshot_id: UUID | None = None,
) -> tuple[PeriodFigure, ...]:
    """Count by day of event, live or in a snapshot; without a unit of all of them."""
    own = [("organization", str(organization_id))] if organization_id else []
    found = analytics.figures(
        actor,
        [(key, "service") for key in MEASURES],
        filters=[*own, ("day", days_between(first_on, last_on))],
        campaign_id=campaign_id,
        snapshot_id=snapshot_id,
        now=now,
    )
    return tuple(_period(one) for one in found)


def _period(one: Figure) -> PeriodFigure:
    language = (get_language() or DEFAULT_LANGUAGE).partition("-")[0]
    grades = tuple((in_language(part.name, language), part.value) for part in one.parts)
    return PeriodFigure(
        one.measure.key, in_language(one.measure.name, language), one.total, grades, one.synthetic, one.address
    )
