"""How far the tasks on many records have come, for who asked for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from raquan.capture.models import BulkTask
from raquan.capture.rules import BULK_NAMES, DECISION_NAMES, BulkKind, ReviewState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class BulkTaskView:
    """A task on many records; `refusals` are the first ones, as (instance id, reason) pairs."""

    id: UUID
    name: str
    target_name: str
    reason: str
    asked_at: datetime
    total: int
    done: int
    changed: int
    refused: int
    refusals: tuple[tuple[str, str], ...]
    is_finished: bool

    @property
    def unchanged(self) -> int:
        """Count the records that were so already."""
        return self.done - self.changed - self.refused


def bulk_task(actor: Actor, task_id: UUID) -> BulkTaskView:
    """Give a task of the actor's own; raises NotFound for anybody else's."""
    row = BulkTask.objects.filter(id=task_id, asked_by_id=_person(actor)).first()
    if row is None:
        raise NotFound()
    return _view(row)


def bulk_tasks(actor: Actor, limit: int = 20) -> tuple[BulkTaskView, ...]:
    """List the actor's own tasks, the latest first."""
    return tuple(
        _view(row) for row in BulkTask.objects.filter(asked_by_id=_person(actor)).order_by("-asked_at")[:limit]
    )


def _person(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotAllowed()
    return actor.id


def _view(row: BulkTask) -> BulkTaskView:
    kind = BulkKind(row.kind)
    target = gettext(DECISION_NAMES[ReviewState(row.target)]) if kind is BulkKind.REVIEW else row.target
    return BulkTaskView(
        id=row.id,
        name=gettext(BULK_NAMES[kind]),
        target_name=target,
        reason=row.reason,
        asked_at=row.asked_at,
        total=row.total,
        done=row.done,
        changed=row.changed,
        refused=row.refused,
        refusals=tuple((root, message) for root, message in row.refusals),
        is_finished=row.finished_at is not None,
    )
