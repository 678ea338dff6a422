"""Turns records into facts: reads their answers, doubts what is doubtful, and numbers each assist once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from raquan.capture.commands.changes import announce
from raquan.capture.commands.counting import count_tallies, next_fact_seq
from raquan.capture.commands.listing import deleted_among, listed_columns
from raquan.capture.commands.reading import (
    Answers,
    AssistReading,
    load_known,
    read_assist,
    read_other,
    said_by,
    without_code,
)
from raquan.capture.gateways.xforms import read_answers
from raquan.capture.models import AnswerSheet, Assist, RecordRow, Submission
from raquan.capture.rules import Change, ChangeKind, Issue, ReviewState, is_envelope
from raquan.forms import queries as forms
from raquan.kernel.refused import Refused

ATTEMPTS = 20

Readings = dict[UUID, AssistReading]


def project_pending(*, now: datetime, limit: int = 2000) -> int:
    """Read up to `limit` records, and the tally sheets, that are not facts yet; count them.

    Safe to stop at any point and to run twice at once: a batch is one transaction, and the unique `fact_seq`
    makes a second projector wait for the first and start again, so that no number is given twice and no gap
    is left that a later commit would fill.
    """
    rows = _pending(limit)
    readings = _read_all(rows)
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _store(rows, readings, now)
        except IntegrityError:  # another projector was at the same records or numbers
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


_NEEDED = (
    *("instance_id", "root_instance_id", "form_version_id", "payload", "received_at", "sent_by_number"),
    *("organization_id", "time_shift", "clock", "is_synthetic", "reported_device", "sent_by_name"),
)


def _pending(limit: int) -> list[Submission]:
    rows = Submission.objects.filter(projected_at__isnull=True).only(*_NEEDED).order_by("id")
    return list(rows[:limit])


def _read_all(rows: Sequence[Submission]) -> Readings:
    versions = forms.served_versions_by_id({row.form_version_id for row in rows})
    answers = {row.id: _answers(row) for row in rows}
    assists = {
        row.id: said_by(versions[row.form_version_id].projection, found)
        for row in rows
        if versions[row.form_version_id].is_assist and (found := answers[row.id]) is not None and not is_envelope(found)
    }
    known = load_known(assists.values())
    readings: Readings = {}
    for row in rows:
        found, said = answers[row.id], assists.get(row.id)
        if found is None:
            readings[row.id] = read_other(row, {}, known, Issue.ANSWERS_UNREADABLE)
        elif said is None:
            sealed = versions[row.form_version_id].is_assist
            readings[row.id] = read_other(row, found, known, *([Issue.ANSWERS_ENCRYPTED] if sealed else []))
        else:
            reading = read_assist(row, found, said, known)
            path = versions[row.form_version_id].projection.get("card", "")
            card = known.cards.get(said["card"])
            readings[row.id] = without_code(reading, path, card.number if card else None)
    return readings


def _answers(row: Submission) -> Answers | None:
    try:
        return read_answers(bytes(row.payload))
    except Refused:  # checked on the way in; a record that still cannot be read waits for a person, not for ever
        return None


def _store(rows: Sequence[Submission], readings: Readings, now: datetime) -> int:
    pending = Submission.objects.filter(id__in=[row.id for row in rows], projected_at__isnull=True)
    open_ids = set(pending.values_list("id", flat=True))
    todo = [row for row in rows if row.id in open_ids]
    touched = _store_records(todo, readings, now) if todo else set()
    return len(todo) + count_tallies(touched)


def _store_records(todo: Sequence[Submission], readings: Readings, now: datetime) -> set[UUID]:
    """Store what was read; give the outings whose records have changed."""
    AnswerSheet.objects.bulk_create(
        [AnswerSheet(submission=row, answers=readings[row.id].answers) for row in todo], ignore_conflicts=True
    )
    current = _current(todo)
    _list(current, readings, now)
    touched = _number([row for row in current if readings[row.id].fields], readings)
    _settle(todo, readings, now)
    return touched


def _current(rows: Sequence[Submission]) -> list[Submission]:
    """Leave out what has been corrected since it came, or was deleted: it takes no number."""
    ids = [row.instance_id for row in rows]
    corrected = set(Submission.objects.filter(deprecated_id__in=ids).values_list("deprecated_id", flat=True))
    deleted = deleted_among(rows)
    return [row for row in rows if row.instance_id not in corrected and row.root_instance_id not in deleted]


def _list(rows: Sequence[Submission], readings: Readings, now: datetime) -> None:
    """Give each record its row; a correction takes the row over, and the row keeps its number."""
    earlier = {one.root_instance_id: one for one in RecordRow.objects.filter(root_instance_id__in=_roots(rows))}
    versions = forms.served_versions_by_id({row.form_version_id for row in rows})
    edits, received = _edits(rows)
    columns = listed_columns(rows, readings)
    number = RecordRow.objects.aggregate(last=Max("number"))["last"] or 0
    fresh: list[RecordRow] = []
    for row in rows:
        fields: dict[str, Any] = {
            "submission_id": row.id,
            "form_id": versions[row.form_version_id].form_row,
            "year": readings[row.id].year,
            "organization_id": row.organization_id,
            **{name: value for name, value in readings[row.id].fields.items() if name in _WHERE},
            **columns[row.id],
        }
        before = earlier.get(row.root_instance_id)
        if before is None:
            number += 1
            fresh.append(
                RecordRow(
                    number=number,
                    root_instance_id=row.root_instance_id,
                    received_at=received.get(row.root_instance_id, row.received_at),
                    updated_at=now if row.root_instance_id in edits else None,
                    edits=edits.get(row.root_instance_id, 0),
                    **fields,
                )
            )
        else:
            fields |= {"updated_at": now, "edits": edits[row.root_instance_id]}
            RecordRow.objects.filter(id=before.id).update(**fields)
    RecordRow.objects.bulk_create(fresh)
    kinds = {one.submission_id: ChangeKind.RECEIVED for one in fresh}
    announce([Change(kinds.get(row.id, ChangeKind.CORRECTED), row.id) for row in rows])


def _edits(rows: Sequence[Submission]) -> tuple[dict[str, int], dict[str, datetime]]:
    """Count the corrections of the records that some rows correct, and tell when their originals came."""
    versions = Submission.objects.filter(root_instance_id__in=_roots(rows)).order_by()
    found = list(versions.values_list("root_instance_id", "instance_id", "received_at"))
    edits = {root: n - 1 for root, n in Counter(root for root, _, _ in found).items()}
    return edits, {instance_id: at for root, instance_id, at in found if root == instance_id}


_WHERE = frozenset({"organization_id", "province_code", "district_code", "place_code"})


def _number(rows: Sequence[Submission], readings: Readings) -> set[UUID]:
    """Give each current version of an assist the next fact number; tell the outings that it was or is of."""
    if not rows:
        return set()
    earlier = {one.root_instance_id: one for one in Assist.objects.filter(root_instance_id__in=_roots(rows))}
    next_seq = next_fact_seq()
    fresh: list[Assist] = []
    for row in rows:
        fields = readings[row.id].fields | {"submission_id": row.id, "fact_seq": next_seq}
        before = earlier.get(row.root_instance_id)
        if before is None:
            fresh.append(Assist(root_instance_id=row.root_instance_id, version=1, **fields))
        else:
            # Counted by the database: a review may have made a version since `earlier` was read.
            Assist.objects.filter(id=before.id).update(version=F("version") + 1, **fields)
        next_seq += 1
    Assist.objects.bulk_create(fresh)
    outings = [readings[row.id].fields["outing_id"] for row in rows] + [one.outing_id for one in earlier.values()]
    return {one for one in outings if one is not None}


def _roots(rows: Sequence[Submission]) -> set[str]:
    """Name the records of which some rows are corrections."""
    return {row.root_instance_id for row in rows if row.root_instance_id != row.instance_id}


def _settle(rows: Sequence[Submission], readings: Readings, now: datetime) -> None:
    """Mark the records as read, and write their doubts beside them: one statement for each set of doubts."""
    Submission.objects.filter(id__in=[row.id for row in rows]).update(projected_at=now)
    doubted: dict[tuple[Issue, ...], list[UUID]] = {}
    for row in rows:
        if readings[row.id].issues:
            doubted.setdefault(readings[row.id].issues, []).append(row.id)
    for issues, ids in doubted.items():
        found = Submission.objects.filter(id__in=ids)
        found.update(issues=[issue.value for issue in issues])
        found.filter(review_state=ReviewState.RECEIVED.value).update(review_state=ReviewState.HAS_ISSUES.value)
