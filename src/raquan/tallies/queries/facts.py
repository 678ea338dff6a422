"""What sheets count, as facts in the order in which they were numbered: for the room that numbers them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from raquan.tallies.models import TallyCount, TallySheet


@dataclass(frozen=True, slots=True)
class TallyFact:
    """A cell of a sheet as figures count it; `quantity` 0 when others have recorded its people, or it was withdrawn."""

    id: UUID
    fact_seq: int
    version: int
    campaign_id: UUID
    outing_id: UUID
    outing_code: str
    organization_id: UUID
    province_code: str
    district_code: str
    place_code: str
    service_code: str
    group_code: str
    rung: str
    stage: str
    how: str
    occurred_on: date
    occurred_at: datetime
    quantity: int
    is_synthetic: bool


def has_pending() -> bool:
    """Tell whether a sheet waits to become facts; cheap enough to ask every second."""
    return TallySheet.objects.filter(is_pending=True).exists()


def pending_count() -> int:
    """Count the sheets that are not facts yet."""
    return TallySheet.objects.filter(is_pending=True).count()


def max_fact_seq() -> int:
    """Give the number of the last fact that a sheet made, 0 when there is none."""
    return TallyCount.objects.order_by("-fact_seq").values_list("fact_seq", flat=True).first() or 0


def last_fact() -> QuerySet[TallyCount, Any]:
    """Ask for the number of the last fact that a sheet made, as a part of another question."""
    return TallyCount.objects.order_by("-fact_seq").values("fact_seq")[:1]


def tallied_outings(campaign_id: UUID, *, on_from: date, on_to: date) -> QuerySet[TallyCount, UUID]:
    """Ask for the outings of some days of which a sheet counts somebody, as a part of another question."""
    days = {"outing__campaign_id": campaign_id, "outing__held_on__range": (on_from, on_to)}
    found = TallyCount.objects.filter(**days, quantity__gt=0).order_by()
    return found.values_list("outing_id", flat=True)


def tallied_of_tasks(task_ids: Collection[UUID]) -> QuerySet[TallyCount, tuple[UUID, int]]:
    """Add up what sheets count at the outings of some tasks, as a part of another question."""
    rows = TallyCount.objects.filter(outing__task_id__in=set(task_ids)).order_by()
    return rows.values_list("outing__task_id").annotate(n=Sum("quantity"))


def tallied_of_outings(outing_ids: Collection[UUID]) -> dict[UUID, int]:
    """Add up what sheets count at some outings, in one query; an outing without any is left out."""
    rows = TallyCount.objects.filter(outing_id__in=set(outing_ids)).order_by()
    return dict(rows.values_list("outing_id").annotate(n=Sum("quantity")))


def tally_facts(first: int, last: int, limit: int) -> list[TallyFact]:
    """List up to `limit` facts with the numbers from `first` to `last`, in order, each in its current version."""
    rows = TallyCount.objects.filter(fact_seq__range=(first, last)).order_by("fact_seq")
    columns = ["sheet__outing_code" if name == "outing_code" else name for name in TallyFact.__slots__]
    return [TallyFact(*values) for values in rows.values_list(*columns)[:limit]]
