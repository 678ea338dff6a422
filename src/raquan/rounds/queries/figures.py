"""The figures of a unit on some days: counted, never typed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure
from raquan.kernel.actor import Actor
from raquan.kernel.localized import DEFAULT_LANGUAGE, in_language

MEASURES = ("assists", "self_done", "first_use")


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """A measure of a unit on some days; `value` is None where there is nothing to count from."""

    key: str
    name: str
    value: int | None
    grades: tuple[tuple[str, int], ...]
    synthetic: bool


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
    of: dict[str, Any] = {"campaign_id": campaign_id, "snapshot_id": snapshot_id, "now": now}
    found = analytics.figures(actor, [(key, "day") for key in MEASURES], filters=own, **of)
    return tuple(_period(actor, whole, own, first_on, last_on, of) for whole in found)


def _period(
    actor: Actor, whole: Figure, own: list[tuple[str, str]], first_on: date, last_on: date, of: dict[str, Any]
) -> PeriodFigure:
    key = whole.measure.key
    days = {row.key: row.value or 0 for row in whole.rows if first_on.isoformat() <= row.key <= last_on.isoformat()}
    value = None if whole.total is None else sum(days.values())
    language, grades = (get_language() or DEFAULT_LANGUAGE)[:2], dict[str, int]()
    if [part.grade for part in whole.parts] == ["counted"]:  # then each of its days is
        grades[in_language(whole.parts[0].name, language)] = sum(days.values())
    else:
        for day in days:  # a figure's grades are of all its days
            for part in analytics.figure(actor, key, "service", filters=[*own, ("day", day)], **of).parts:
                name = in_language(part.name, language)
                grades[name] = grades.get(name, 0) + part.value
    return PeriodFigure(key, in_language(whole.measure.name, language), value, tuple(grades.items()), whole.synthetic)
