"""Visits of booths as measures read them: by booth and day, each grade apart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Value

from raquan.exhibitions.models import BoothApplication, BoothDay, BoothVisit, Exhibition
from raquan.exhibitions.queries.applications import readable_applications
from raquan.exhibitions.rules import Grade
from raquan.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class BoothDayFact:
    """How many came to a booth on a day, by one grade; `organization_id`, the enterprise, never leaves the measures."""

    application_id: UUID
    exhibition_id: UUID
    campaign_id: UUID
    organization_id: UUID
    place_code: str
    day: date
    grade: str
    count: int


@dataclass(frozen=True, slots=True)
class BoothRef:
    """A booth, as it is named where what happened there is listed."""

    title: str
    exhibition_id: UUID
    exhibition_name: str
    organization_name: str
    booth: str


def booth_day_facts(campaign_ids: Collection[UUID]) -> list[BoothDayFact]:
    """Add up visits by booth and day, beside what was tallied and stated of the same day; for analytics alone.

    One query, however many came.
    """
    of = {"application__exhibition__campaign_id__in": campaign_ids}
    visits = BoothVisit.objects.filter(**of).order_by().values(*_OF_BOOTH, day=F("visited_on"))
    visits = visits.annotate(said=Value(Grade.COUNTED.value), n=Count("id"))
    days = BoothDay.objects.filter(**of).order_by().values(*_OF_BOOTH, day=F("held_on"), said=F("grade"), n=F("heads"))
    return [_fact(row) for row in visits.union(days, all=True)]


_OF_BOOTH = (
    "application_id",
    "application__organization_id",
    "application__exhibition_id",
    "application__exhibition__campaign_id",
    "application__exhibition__place_code",
)


def _fact(row: dict[str, Any]) -> BoothDayFact:
    return BoothDayFact(
        application_id=row["application_id"],
        exhibition_id=row["application__exhibition_id"],
        campaign_id=row["application__exhibition__campaign_id"],
        organization_id=row["application__organization_id"],
        place_code=row["application__exhibition__place_code"],
        day=row["day"],
        grade=row["said"],
        count=row["n"],
    )


def exhibition_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Name exhibitions; one query."""
    return dict(Exhibition.objects.filter(id__in=ids).values_list("id", "name"))


def booths_by_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, BoothRef]:
    """Give those of some booths whose applications the actor may read. Raises NotAllowed. One query."""
    rows: list[BoothApplication] = list(readable_applications(actor).filter(id__in=ids))
    return {
        row.id: BoothRef(row.title, row.exhibition_id, row.exhibition.name, row.organization.name, row.booth)
        for row in rows
    }
