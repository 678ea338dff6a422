"""Keeps what an amendment overwrites, and writes it back when the amendment is withdrawn."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Max

from raquan.campaign.models import Amendment, Campaign, Leftover, Plan, Task, TaskUnit
from raquan.readings.rules import Change, ChangeKind

WORDS = ("title", "deliverable", "time_as_written", "search_key")
DAYS = ("starts_on", "due_on")
_ASIDE = 1_000_000  # beyond every position of a plan, while its tasks are counted anew


def keep_before(
    plan: Plan, tasks: Mapping[str, Task], changes: Collection[Change], window: tuple[date, date]
) -> dict[str, Any]:
    """Give what the plan, its `tasks` (by id) and its campaign's window are before an amendment, as plain JSON.

    Of a task that stays as it is, place and number are kept; of one that changes, all its words, days and units.
    `window` is what the amendment makes of the campaign's days.
    """
    changed = [one.before for one in changes if one.before and one.kind is ChangeKind.CHANGED]
    units: dict[str, list[dict[str, Any]]] = {one: [] for one in changed}
    for unit in TaskUnit.objects.filter(task_id__in=changed).order_by("part", "position"):
        units[str(unit.task_id)].append(_unit(unit))
    return {
        "state": plan.state,
        "window": [plan.campaign.starts_on.isoformat(), plan.campaign.ends_on.isoformat()],
        "window_after": [day.isoformat() for day in window],
        "leftovers": plan.leftovers.aggregate(last=Max("position"))["last"] or 0,
        "tasks": {key: _task(task, units.get(key)) for key, task in tasks.items()},
    }


def write_back(amendment: Amendment) -> None:
    """Let the tasks of a plan be what they were before its last amendment; what it added stands at the end, withdrawn.

    The campaign's window goes back unless somebody has set another since.
    """
    kept = amendment.before or {}
    tasks = {str(one.id): one for one in Task.objects.filter(plan_id=amendment.plan_id).order_by("position")}
    added = [one for key, one in tasks.items() if key not in kept["tasks"]]
    for position, one in enumerate(added, start=len(kept["tasks"]) + 1):
        one.position = position
    for key, was in kept["tasks"].items():
        _restore(tasks[key], was)
    Task.objects.filter(plan_id=amendment.plan_id).update(position=F("position") + _ASIDE)
    Task.objects.bulk_update(tasks.values(), ["position", "path", *WORDS, *DAYS], batch_size=200)
    Task.objects.filter(withdrawn_by=amendment).update(withdrawn_by=None)
    Task.objects.filter(id__in=[one.id for one in added]).update(withdrawn_by=amendment)
    _restore_units(kept["tasks"])
    Leftover.objects.filter(plan_id=amendment.plan_id, position__gt=kept["leftovers"]).delete()
    before, after = ([date.fromisoformat(day) for day in kept[name]] for name in ("window", "window_after"))
    unchanged = Campaign.objects.filter(plans=amendment.plan_id, starts_on=after[0], ends_on=after[1])
    unchanged.update(starts_on=before[0], ends_on=before[1])


def _task(task: Task, units: list[dict[str, Any]] | None) -> dict[str, Any]:
    place = {"position": task.position, "path": task.path}
    if units is None:
        return place
    days = {name: _iso(getattr(task, name)) for name in DAYS}
    return place | {name: getattr(task, name) for name in WORDS} | days | {"units": units}


def _restore(task: Task, was: Mapping[str, Any]) -> None:
    task.position, task.path = was["position"], was["path"]
    if "units" not in was:
        return
    for name in WORDS:
        setattr(task, name, was[name])
    for name in DAYS:
        setattr(task, name, date.fromisoformat(was[name]) if was[name] else None)


def _restore_units(kept: Mapping[str, Mapping[str, Any]]) -> None:
    changed = {key: was["units"] for key, was in kept.items() if "units" in was}
    TaskUnit.objects.filter(task_id__in=list(changed)).delete()
    TaskUnit.objects.bulk_create(TaskUnit(task_id=key, **one) for key, units in changed.items() for one in units)


def _unit(one: TaskUnit) -> dict[str, Any]:
    organization = str(one.organization_id) if one.organization_id else None
    said = {"part": one.part, "position": one.position, "as_written": one.as_written}
    return said | {"organization_id": organization, "score": one.score}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
