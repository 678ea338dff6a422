"""Says which indicators tell how far a task is."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from raquan.campaign.commands.planning import check_changeable, load_plan
from raquan.campaign.models import Indicator, Task, TaskIndicator
from raquan.campaign.queries.indicators import forget_told
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.ledger import commands as ledger


def set_task_indicators(
    *, by: Actor, now: datetime, task_id: UUID, indicator_ids: Collection[UUID], reason: str = ""
) -> int:
    """Let these indicators of the plan, and no others, tell how far a task is; give how many changed.

    Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing.
    """
    plan_id = Task.objects.filter(id=task_id, is_section=False).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise NotFound()
    plan = load_plan(by, now, plan_id)
    named = dict(Indicator.objects.filter(objective__plan_id=plan_id).values_list("id", "name"))
    wanted = set(indicator_ids)
    if not wanted <= named.keys():
        raise NotFound()
    standing = set(TaskIndicator.objects.filter(task_id=task_id).values_list("indicator_id", flat=True))
    added, ended = wanted - standing, standing - wanted
    if not added and not ended:
        return 0
    said = check_changeable(plan, reason)
    with transaction.atomic():
        TaskIndicator.objects.filter(task_id=task_id, indicator_id__in=ended).delete()
        rows = [TaskIndicator(task_id=task_id, indicator_id=one) for one in added]
        TaskIndicator.objects.bulk_create(rows, ignore_conflicts=True)  # another officer may have been first
        detail = {"reason": said, "added": sorted(named[one] for one in added), "ended": sorted(map(named.get, ended))}  # type: ignore[type-var]
        ledger.record(by=by, verb="set_task_indicators", subject="campaign.Task", subject_id=task_id, detail=detail)
        transaction.on_commit(forget_told)
    return len(added) + len(ended)
