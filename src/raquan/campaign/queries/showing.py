"""What may be asked of the evidence and the typed statements of tasks, by their unit and by the office."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from raquan.campaign.models import Evidence, Statement
from raquan.campaign.queries.sub_plans import writes_for
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A file with its caption; `is_illustration` shows what such work looks like and proves nothing."""

    id: UUID
    task_id: UUID
    organization_id: UUID
    organization_name: str
    file_sha256: str
    file_name: str
    caption: str
    is_illustration: bool
    added_at: datetime
    added_by_name: str
    withdrawn_at: datetime | None
    withdrawn_by_name: str
    withdraw_reason: str

    @property
    def is_proof(self) -> bool:
        """Tell whether it shows the work: neither an illustration nor withdrawn."""
        return not self.is_illustration and self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class StatementView:
    """What was typed of a task, by whom and when: stated, and never added to what was counted."""

    id: UUID
    task_id: UUID
    organization_id: UUID
    organization_name: str
    body: str
    percent: int | None
    stated_at: datetime
    stated_by_name: str


def evidence_of(actor: Actor, task_ids: Collection[UUID]) -> dict[UUID, tuple[EvidenceView, ...]]:
    """Give the evidence of tasks that the actor may see, the last first; tasks without any are left out. One query."""
    rows = Evidence.objects.filter(seen_work(actor), task_id__in=task_ids).select_related("organization")
    found: dict[UUID, tuple[EvidenceView, ...]] = {}
    for one in rows.order_by("-added_at", "-id"):
        view = EvidenceView(
            id=one.id,
            task_id=one.task_id,
            organization_id=one.organization_id,
            organization_name=one.organization.name,
            file_sha256=one.file_sha256,
            file_name=one.file_name,
            caption=one.caption,
            is_illustration=one.is_illustration,
            added_at=one.added_at,
            added_by_name=one.added_by_name,
            withdrawn_at=one.withdrawn_at,
            withdrawn_by_name=one.withdrawn_by_name,
            withdraw_reason=one.withdraw_reason,
        )
        found[one.task_id] = (*found.get(one.task_id, ()), view)
    return found


def task_of_evidence(actor: Actor, evidence_id: UUID) -> UUID:
    """Give the task of evidence that the actor may see. Raises NotFound."""
    found = Evidence.objects.filter(seen_work(actor), id=evidence_id).values_list("task_id", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def statements_of(actor: Actor, task_ids: Collection[UUID]) -> dict[UUID, tuple[StatementView, ...]]:
    """Give what units stated of tasks that the actor may see, each unit's last first. One query."""
    rows = Statement.objects.filter(seen_work(actor), task_id__in=task_ids).select_related("organization")
    found: dict[UUID, tuple[StatementView, ...]] = {}
    for one in rows.order_by("-stated_at", "-number", "-id"):
        view = StatementView(
            id=one.id,
            task_id=one.task_id,
            organization_id=one.organization_id,
            organization_name=one.organization.name,
            body=one.body,
            percent=one.percent,
            stated_at=one.stated_at,
            stated_by_name=one.stated_by_name,
        )
        found[one.task_id] = (*found.get(one.task_id, ()), view)
    return found


def seen_work(actor: Actor) -> Q:
    own, heard = writes_for(actor, Action.PLAN_WRITE), writes_for(actor, Action.PLAN_MANAGE)
    return Q() if own is None or heard is None else Q(organization_id__in=own | heard)
