"""One thing is done to many records, one after another: it can be stopped at any point and goes on where it was."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from raquan.capture.commands.correcting import correct_record
from raquan.capture.commands.deleting import clean_reason, delete_record
from raquan.capture.commands.reviewing import CommentEmpty, CommentTooLong, review_submission
from raquan.capture.models import BulkTask
from raquan.capture.queries.search import found_rows, last_number
from raquan.capture.rules import DECISIONS, MAX_COMMENT, BulkKind, RecordFilter, ReviewState, read_filter, write_filter
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action

TOPIC = "capture.bulk"
AT_ONCE = 200
"""How many records are dealt with while the person waits; more are left to a worker."""

CHUNK = 25
MOST_REFUSALS = 50

ACTIONS = {
    BulkKind.REVIEW: Action.RECORD_REVIEW,
    BulkKind.OUTING: Action.RECORD_CORRECT,
    BulkKind.SERVICE: Action.RECORD_CORRECT,
    BulkKind.DELETE: Action.RECORD_DELETE,
}


class NothingChosen(Refused):
    """No record was chosen, or none is found any more."""

    code = "bulk.nothing"
    message = N_("Chưa chọn bản ghi nào.")


class TargetMissing(Refused):
    """It is not said which decision, outing or service."""

    code = "bulk.target_missing"
    message = N_("Hãy chọn hoặc ghi mã cần chuyển sang.")


@dataclass(frozen=True, slots=True)
class BulkStarted:
    """A task that was asked for; `is_small` when it is to be done at once."""

    id: UUID
    total: int
    is_small: bool


def start_bulk_task(
    *,
    by: Actor,
    now: datetime,
    kind: BulkKind,
    target: str,
    reason: str,
    filters: RecordFilter | None = None,
    roots: Collection[str] = (),
    request_id: UUID | None = None,
) -> BulkStarted:
    """Ask for one thing to be done to the records of some root ids, or to all that a filter finds now.

    Raises NotAllowed, NothingChosen, TargetMissing, CommentEmpty, CommentTooLong, ReasonNeeded. A large task is left
    to a worker.
    """
    people.check(by, ACTIONS[kind])
    said, to = _reason(kind, target, reason), normalize(target)[:60]
    wanted = {"filter": write_filter(filters)} if filters is not None else {"roots": sorted(set(roots))}

    def work() -> dict[str, Any]:
        upper = last_number()
        total = _rows(by, wanted, upper + 1).count()
        if not total or by.id is None:
            raise NothingChosen()
        task = BulkTask.objects.create(
            kind=kind.value,
            target=to,
            reason=said,
            wanted=wanted,
            asked_by_id=by.id,
            asked_at=now,
            upper_number=upper,
            reached=upper + 1,
            total=total,
        )
        if total > AT_ONCE:
            ledger.publish(topic=TOPIC, payload={"task": str(task.id)}, key=f"{TOPIC}:{task.id}")
        detail = {"kind": kind.value, "target": to, "total": total}
        ledger.record(by=by, verb="start_bulk_task", subject="capture.BulkTask", subject_id=task.id, detail=detail)
        return {"id": str(task.id), "total": total}

    content = json.dumps([kind.value, to, said, wanted], sort_keys=True)
    with transaction.atomic():
        digest = hashlib.sha256(content.encode()).hexdigest()
        answer = ledger.once(request_id=request_id, by=by, digest=digest, do=work)
    return BulkStarted(UUID(answer["id"]), answer["total"], answer["total"] <= AT_ONCE)


def continue_bulk_task(*, by: Actor, now: datetime, task_id: UUID) -> None:
    """Let a worker go on with a task of the actor's that has stopped; a finished one stays finished."""
    with transaction.atomic():
        task = BulkTask.objects.filter(id=task_id).first()
        if task is None or task.asked_by_id != by.id:
            raise NotFound()
        if ledger.publish(topic=TOPIC, payload={"task": str(task_id)}, key=f"{TOPIC}:{task_id}"):
            ledger.record(by=by, verb="continue_bulk_task", subject="capture.BulkTask", subject_id=task_id)


def run_bulk_task(*, now: datetime, task_id: UUID, most: int = 1000) -> bool:
    """Deal with the next records of a task, as the person who asked for it and by what they may today.

    True when records are left. Whatever was done before a crash is done: each record's command is idempotent.
    """
    for _ in range(-(-most // CHUNK)):
        task = BulkTask.objects.filter(id=task_id, finished_at__isnull=True).first()
        if task is None:
            return False
        by = people_queries.actor_of_user(task.asked_by_id, local_date(now))
        if by is None or not _next(task, by, now):
            BulkTask.objects.filter(id=task_id).update(finished_at=now)
            return False
    return True


def _next(task: BulkTask, by: Actor, now: datetime) -> bool:
    """Deal with a chunk; False when there was none."""
    rows = _rows(by, task.wanted, task.reached).order_by("-number")
    chunk = list(rows.values_list("number", "root_instance_id", "submission_id")[:CHUNK])
    if not chunk:
        return False
    do = _work(task, by, now)
    changed, refusals = 0, []
    for _, root, submission_id in chunk:
        try:
            changed += do(submission_id)
        except Refused as refusal:
            refusals.append([root, refusal.text(gettext)])
    BulkTask.objects.filter(id=task.id, reached=task.reached).update(
        reached=chunk[-1][0],
        done=F("done") + len(chunk),
        changed=F("changed") + changed,
        refused=F("refused") + len(refusals),
        refusals=[*task.refusals, *refusals][:MOST_REFUSALS],
    )
    return True


def _work(task: BulkTask, by: Actor, now: datetime) -> Callable[[UUID], bool]:
    """Give what is done to one record; True when that changed something."""

    def review(one: UUID) -> bool:
        return review_submission(
            by=by,
            now=now,
            submission_id=one,
            state=ReviewState(task.target),
            comment=task.reason,
            request_id=uuid5(task.id, str(one)),
        )

    def move(one: UUID) -> bool:
        said = {f"{task.kind}_code": task.target}
        return correct_record(by=by, now=now, submission_id=one, reason=task.reason, **said) is not None

    def delete(one: UUID) -> bool:
        return delete_record(by=by, now=now, submission_id=one, reason=task.reason)

    return {BulkKind.REVIEW: review, BulkKind.DELETE: delete}.get(BulkKind(task.kind), move)


def _rows(by: Actor, wanted: dict[str, Any], below: int) -> Any:
    filters = read_filter(wanted["filter"]) if "filter" in wanted else RecordFilter()
    rows = found_rows(by, filters).filter(number__lt=below)
    return rows.filter(root_instance_id__in=wanted["roots"]) if "roots" in wanted else rows


def _reason(kind: BulkKind, target: str, reason: str) -> str:
    if kind is BulkKind.DELETE:
        return clean_reason(reason)
    if kind is not BulkKind.REVIEW:
        if not target.strip():
            raise TargetMissing()
        return clean_reason(reason)
    if target not in {state.value for to in DECISIONS.values() for state in to}:
        raise TargetMissing()
    said = normalize(reason)
    if not said and target != ReviewState.APPROVED:
        raise CommentEmpty()
    if len(said) > MAX_COMMENT:
        raise CommentTooLong(most=MAX_COMMENT)
    return said
