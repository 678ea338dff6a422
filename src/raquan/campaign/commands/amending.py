"""Puts a document that amends a plan in force against it: tasks are added, changed, withdrawn, and none is deleted."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from raquan.campaign.commands.importing import WindowReversed
from raquan.campaign.commands.inserting import insert_tasks
from raquan.campaign.commands.keeping import keep_before
from raquan.campaign.commands.writing import make_units, search_key_of
from raquan.campaign.models import Amendment, Campaign, Leftover, Plan, Task, TaskChange, TaskUnit
from raquan.campaign.queries import forget_campaigns
from raquan.campaign.queries.amendments import AmendedPlan, compare, plan_amended_by
from raquan.campaign.rules import PLAN_TRANSITIONS, PlanStep
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.ledger.commands import record
from raquan.people.commands import check
from raquan.people.rules import Action
from raquan.readings.commands import ReadingClosed, settle_reading
from raquan.readings.queries import KeptPlan, kept_plan
from raquan.readings.rules import Change, ChangeKind, Part, PlanReading, PlanUnderstood, TaskRead, Value


class AmendsNothing(Refused):
    """The document does not say which plan it amends."""

    code = "plan.amends_nothing"
    message = N_("Văn bản này không nói là sửa đổi kế hoạch nào.")


class AmendedPlanUnknown(Conflict):
    """No plan in force has the number that the document names."""

    code = "plan.amended_unknown"
    message = N_("Văn bản sửa đổi kế hoạch {number}, nhưng không có kế hoạch số đó đang thực hiện. Hãy nhập nó trước.")


class PlanChanged(Conflict):
    """Another document has amended the plan since the differences were shown."""

    code = "plan.changed"
    message = N_("Trong lúc bạn xem, có văn bản khác vừa sửa đổi kế hoạch này. Hãy so lại rồi xác nhận.")


@dataclass(frozen=True, slots=True)
class PlanAmended:
    """How many tasks an amendment has added, changed and withdrawn; `already` when it had been put in force before."""

    plan_id: UUID
    amendment_id: UUID
    added: int
    changed: int
    withdrawn: int
    already: bool


def amend_plan(
    *,
    by: Actor,
    now: datetime,
    reading_id: UUID,
    version: int,
    edition: int,
    set_aside: bool = False,
    apart: Collection[str] = (),
    withdrawn: Collection[UUID] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> PlanAmended:
    """Put an amending document in force as officers left it; again, or by two at once, it is done once.

    `version` is that of its reading and `edition` the plan's count of amendments, as they were looked at. `apart`
    are places of tasks that are new although they look like one of the plan's; `withdrawn` are tasks that the document
    withdraws in words. What is open stays so only when `set_aside` says it. A window given becomes the campaign's.
    Raises NotAllowed, NotFound, AmendsNothing, AmendedPlanUnknown, WindowReversed, PlanChanged, StillOpen,
    ReadingChanged or ReadingClosed.
    """
    check(by, Action.PLAN_IMPORT)
    kept = kept_plan(by, reading_id)
    said = kept.understood.reading
    if done := _amended(kept):
        return done
    if not said.amends:
        raise AmendsNothing()
    plan = plan_amended_by(said)
    if plan is None:
        raise AmendedPlanUnknown(number=said.amends)
    if plan.edition != edition:
        raise PlanChanged()
    window = starts_on or plan.starts_on, ends_on or plan.ends_on
    if window[0] > window[1]:
        raise WindowReversed()
    try:
        with transaction.atomic():
            settle_reading(by=by, now=now, reading_id=reading_id, version=version, plan_id=plan.id, set_aside=set_aside)
            done = _amend(now, kept, plan, apart, withdrawn, window)
            Campaign.objects.filter(plans=plan.id).update(starts_on=window[0], ends_on=window[1])
            detail = _told(kept, plan, done) | {"window": [day.isoformat() for day in window]}
            record(by=by, verb="amend_plan", subject="campaign.Plan", subject_id=plan.id, detail=detail)
            transaction.on_commit(forget_campaigns)
            return done
    except (IntegrityError, ReadingClosed) as error:  # another officer was first in this moment
        if standing := _amended(kept):
            return standing
        raise PlanChanged() if isinstance(error, IntegrityError) else error from error


def _told(kept: KeptPlan, plan: AmendedPlan, done: PlanAmended) -> dict[str, object]:
    head = kept.understood.reading.head
    document = {"number": head.number or "", "amends": plan.number, "file_sha256": kept.understood.sha256}
    counts = {"added": done.added, "changed": done.changed, "withdrawn": done.withdrawn}
    return {"amendment_id": str(done.amendment_id), **document, **counts}


def _amended(kept: KeptPlan) -> PlanAmended | None:
    found = Amendment.objects.filter(file_sha256=kept.understood.sha256, withdrawn_at=None).first()
    if found is None:
        return None
    kinds = list(found.changes.values_list("kind", flat=True))
    return _counted(found, kinds, already=True)


def _counted(made: Amendment, kinds: list[str], *, already: bool) -> PlanAmended:
    added, changed, withdrawn = (kinds.count(one) for one in (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED))
    return PlanAmended(made.plan_id, made.id, added, changed, withdrawn, already)


def _amend(
    now: datetime,
    kept: KeptPlan,
    amended: AmendedPlan,
    apart: Collection[str],
    withdrawn: Collection[UUID],
    window: tuple[date, date],
) -> PlanAmended:
    said = kept.understood.reading
    plan = Plan.objects.select_related("campaign").get(id=amended.id)
    _take_edition(amended)
    changes = tuple(_with_withdrawn(compare(plan.id, said, apart=apart), {str(one) for one in withdrawn}))
    tasks = {str(one.id): one for one in Task.objects.filter(plan=plan).order_by("position")}
    made = _record_document(plan, kept, now, keep_before(plan, tasks, changes, window))
    new = insert_tasks(plan, tasks, kept.understood, changes)
    read = {one.source: one for one in said.tasks}
    for one in changes:
        if one.before and one.after:
            _rewrite(tasks[one.before], read[one.after], kept.understood, one, whole=said.replaces_list)
    gone = [one.before for one in changes if one.before and one.kind is ChangeKind.REMOVED]
    Task.objects.filter(id__in=gone).update(withdrawn_by=made)
    texts = {piece.source: piece.text for piece in said.pieces}
    rows = [
        _change(made, tasks[one.before] if one.before else new[str(one.after)], one, texts)
        for one in changes
        if one.kind is not ChangeKind.SAME
    ]
    TaskChange.objects.bulk_create(rows)
    _keep_leftovers(plan, said)
    return _counted(made, [one.kind for one in rows], already=False)


def _take_edition(amended: AmendedPlan) -> None:
    """Be the one who amends the plan as it was looked at; whoever comes second waits here, and is told."""
    open_ = Plan.objects.filter(id=amended.id, state__in=PLAN_TRANSITIONS.sources_of(PlanStep.AMEND))
    state = PLAN_TRANSITIONS.result_of(PlanStep.AMEND).value
    if not open_.filter(amend_edition=amended.edition).update(state=state, amend_edition=F("amend_edition") + 1):
        raise PlanChanged()  # somebody has amended or closed it meanwhile


def _record_document(plan: Plan, kept: KeptPlan, now: datetime, before: dict[str, Any]) -> Amendment:
    head = kept.understood.reading.head
    return Amendment.objects.create(
        plan=plan,
        position=(plan.amendments.aggregate(last=Max("position"))["last"] or 0) + 1,
        before=before,
        number=(head.number or "")[:60],
        title=(head.title or kept.reading.file_name)[:1000],
        issuer=(head.issuer or "")[:300],
        issued_on=head.issued_on,
        file_sha256=kept.understood.sha256,
        file_name=kept.reading.file_name,
        made_at=now,
    )


def _with_withdrawn(changes: Collection[Change], withdrawn: Collection[str]) -> Iterator[Change]:
    """Let tasks that the document does not list be withdrawn, where an officer read so in its words."""
    for one in changes:
        is_told = one.kind is ChangeKind.SAME and one.after is None and one.before in withdrawn
        yield Change(ChangeKind.REMOVED, one.before, None, one.path, one.title) if is_told else one


def _rewrite(task: Task, read: TaskRead, understood: PlanUnderstood, change: Change, *, whole: bool) -> None:
    """Give a task what the document says of it; its number too where the document stands for the whole list."""
    now: dict[str, object] = {"path": read.path[:60]} if whole and read.path else {}
    if change.kind is ChangeKind.CHANGED:
        now |= {"search_key": search_key_of(read)}
        now |= {name: getattr(read, name) or "" for name in ("title", "deliverable") if name in change.fields}
        now |= {name: getattr(read, name) for name in ("starts_on", "due_on") if name in change.fields}
        if "starts_on" in change.fields or "due_on" in change.fields:
            now["time_as_written"] = read.time_as_written[:500]
    if now:
        Task.objects.filter(id=task.id).update(**now)
    parts = [part for part in Part if f"{part.value}_units" in change.fields]
    TaskUnit.objects.filter(task=task, part__in=[part.value for part in parts]).delete()
    TaskUnit.objects.bulk_create(one for one in make_units(task, read, understood) if Part(one.part) in parts)


def _change(made: Amendment, task: Task, change: Change, texts: Mapping[str, str]) -> TaskChange:
    return TaskChange(
        amendment=made,
        task=task,
        kind=change.kind.value,
        source=(change.after or "")[:60],
        source_text=texts.get(change.after or "", ""),
        fields={name: [_json(was), _json(now)] for name, (was, now) in change.fields.items()},
    )


def _json(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def _keep_leftovers(plan: Plan, said: PlanReading) -> None:
    """Keep what has no place beside what the plan's own document left, under the amending document's number."""
    last = plan.leftovers.aggregate(last=Max("position"))["last"] or 0
    name = said.head.number or ""
    Leftover.objects.bulk_create(
        Leftover(plan=plan, position=last + at, source=f"{name}, {one.source}".removeprefix(", ")[:60], text=one.text)
        for at, one in enumerate(said.leftovers, start=1)
    )
