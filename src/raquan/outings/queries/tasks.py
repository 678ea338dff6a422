"""How many outings the tasks of a plan have, and how many of them were held."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from raquan.campaign.rules import Standing, StandingKind
from raquan.outings.models import Outing
from raquan.outings.rules import State

MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class TaskOutings:
    """The outings of a task, without the cancelled: `held` were opened, `missed` were not though their day is over."""

    total: int
    held: int
    missed: int

    @property
    def to_come(self) -> int:
        """Count those whose day is not over."""
        return self.total - self.held - self.missed


def outings_on_tasks(task_ids: Collection[UUID]) -> list[Standing]:
    """Name the outings for some tasks, without the cancelled, a few at most; for who may see all. One query."""
    rows = Outing.objects.filter(task_id__in=set(task_ids)).exclude(state=State.CANCELLED.value)
    listed = rows.order_by("held_on", "code").values_list("id", "code", "held_on")[:MOST_NAMED]
    return [Standing(StandingKind.OUTING, code, f"/desk/outings/{id_}/", on) for id_, code, on in listed]


def task_outings(task_ids: Collection[UUID], *, today: date) -> dict[UUID, TaskOutings]:
    """Count the outings of some tasks, in one query; a public figure. A task without any is left out."""
    rows = (
        Outing.objects.filter(task_id__in=set(task_ids))
        .exclude(state=State.CANCELLED.value)
        .order_by()
        .values("task_id")
        .annotate(
            total=Count("id"),
            held=Count("id", filter=Q(state__in=[State.OPEN.value, State.DONE.value])),
            missed=Count("id", filter=Q(state=State.PLANNED.value, held_on__lt=today)),
        )
    )
    return {row["task_id"]: TaskOutings(row["total"], row["held"], row["missed"]) for row in rows}
