"""Withdraws an amendment that was put in force by mistake: the plan is again what it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from raquan.campaign.commands.amending import PlanChanged
from raquan.campaign.commands.keeping import write_back
from raquan.campaign.commands.planning import PlanElsewhere, ReasonMissing
from raquan.campaign.models import Amendment, Plan, SubPlan, Task
from raquan.campaign.queries import forget_campaigns
from raquan.campaign.queries.standing import stands_on, touched_tasks
from raquan.campaign.rules import (
    PLAN_STATE_NAMES,
    PLAN_TRANSITIONS,
    STANDING_NAMES,
    PlanState,
    PlanStep,
    Standing,
)
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.kernel.text import normalize
from raquan.ledger.commands import record
from raquan.people.commands import check_whole
from raquan.people.rules import Action
from raquan.readings.commands import reopen_reading

SHOWN = 3


class AmendmentStoodOn(Conflict):
    """Something was built on what the amendment did; `standing` is what."""

    code = "plan.amendment_stood_on"
    message = N_("Không rút được: còn {count} việc dựa trên văn bản này ({names}). Hãy rút, hủy những việc đó trước.")

    def __init__(self, standing: tuple[Standing, ...]) -> None:
        names = "; ".join(f"{gettext(STANDING_NAMES[one.kind])}: {one.line}" for one in standing[:SHOWN])
        super().__init__(count=len(standing), names=names + "…" * (len(standing) > SHOWN))
        self.standing = standing


class NothingKept(Conflict):
    """The amendment was put in force before what it overwrote was kept."""

    code = "plan.nothing_kept"
    message = N_(
        "Văn bản này được đưa vào thực hiện khi hệ thống chưa giữ nội dung cũ để trả lại đúng như trước. "
        "Hãy ban hành và nhập một văn bản sửa đổi khác."
    )


def withdraw_amendment(*, by: Actor, now: datetime, amendment_id: UUID, reason: str) -> bool:
    """Let a plan be what it was before its last amendment, with the reason; False when it was withdrawn already.

    Nothing is deleted: the document, what it did and the tasks that it added stay to be seen, withdrawn; its reading
    is open again. Raises NotAllowed, NotFound, ReasonMissing, NothingKept, AmendmentStoodOn, PlanElsewhere,
    PlanChanged.
    """
    check_whole(by, Action.PLAN_IMPORT, on=local_date(now))
    found = Amendment.objects.filter(id=amendment_id).select_related("plan").first()
    if found is None:
        raise NotFound()
    if found.withdrawn_at is not None:
        return False
    said = normalize(reason)[:1000]
    if not said:
        raise ReasonMissing()
    if found.before is None:
        raise NothingKept()
    with transaction.atomic():
        if not _take_edition(found):
            return False
        _hold(found)
        if standing := stands_on(found):
            raise AmendmentStoodOn(standing)
        write_back(found)
        told = {"withdrawn_at": now, "withdrawn_by_name": by.name[:200], "withdraw_reason": said}
        Amendment.objects.filter(id=found.id).update(**told)
        reopen_reading(by=by, now=now, file_sha256=found.file_sha256, plan_id=found.plan_id)
        detail = {"amendment_id": str(found.id), "number": found.number, "reason": said}
        record(by=by, verb="withdraw_amendment", subject="campaign.Plan", subject_id=found.plan_id, detail=detail)
        transaction.on_commit(forget_campaigns)
    return True


def _take_edition(found: Amendment) -> bool:
    """Be the one who changes the plan as it was read; False when another officer has withdrawn the same."""
    plan = Plan.objects.filter(id=found.plan_id)
    open_ = plan.filter(state__in=PLAN_TRANSITIONS.sources_of(PlanStep.TAKE_BACK))
    state = (found.before or {})["state"]
    same = open_.filter(amend_edition=found.plan.amend_edition)
    if same.update(state=state, amend_edition=F("amend_edition") + 1):
        return True
    if Amendment.objects.filter(id=found.id, withdrawn_at__isnull=False).exists():
        return False
    if open_.exists():
        raise PlanChanged()
    raise PlanElsewhere(state=PLAN_STATE_NAMES[PlanState(plan.values_list("state", flat=True).get())])


def _hold(found: Amendment) -> None:
    """Let what units add to these tasks, or issue, in this moment wait: it then finds them withdrawn."""
    ids = touched_tasks(found)
    list(Task.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id", flat=True))
    list(SubPlan.objects.select_for_update().filter(task_id__in=ids).order_by("id").values_list("id", flat=True))
