"""Records as tables list them: one row each, newest first, by a number that never changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from raquan.capture.models import Attachment, RecordRow, Submission, Tombstone
from raquan.capture.queries.scope import check_record
from raquan.forms import queries as forms
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotFound
from raquan.people.queries import covered
from raquan.people.rules import Action

DEVICE_NUMBERS = 1_000_000
"""What is added to a device's number, so that devices and people share one sequence of actors."""


class Column(StrEnum):
    """What rows can be narrowed by, besides their answers."""

    ID = "root_instance_id"
    RECEIVED_AT = "received_at"
    UPDATED_AT = "updated_at"
    REVIEW_STATE = "submission__review_state"
    SUBMITTER = "submitter"


class Comparison(StrEnum):
    """How a column is compared with a value; the names are the database's."""

    EQUAL = "exact"
    LESS = "lt"
    AT_MOST = "lte"
    MORE = "gt"
    AT_LEAST = "gte"


@dataclass(frozen=True, slots=True)
class Compare:
    """A column compared with a value; None equals what is not there."""

    column: Column
    comparison: Comparison
    value: str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question (its path) that was answered with exactly this text; None where nothing was answered."""

    path: tuple[str, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    of: "Condition"


Condition = Compare | Answered | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class RowView:
    """A record through all its versions: when the first came, what the current one (`submission_id`) says.

    `number` is 0 and `answers` are empty while the record is not read yet. `submitter` is a number over all actors.
    """

    number: int
    root_instance_id: str
    instance_id: str
    submission_id: UUID
    form_version: str
    received_at: datetime
    updated_at: datetime | None
    submitter: int
    submitter_name: str
    device_id: str
    review_state: str
    edits: int
    files_expected: int
    files_present: int
    answers: dict[str, Any]


def rows(
    actor: Actor,
    form_id: str,
    year: int,
    *,
    where: Condition | None = None,
    below: int | None = None,
    skip: int = 0,
    limit: int,
) -> tuple[RowView, ...]:
    """List rows of a form that the actor may read, the highest number first, below a number when one is given.

    Four queries at most. What is `below` costs the same at any depth; `skip` walks over what it skips.
    """
    found = _found(actor, form_id, year, where).order_by("-number")
    if below is not None:
        found = found.filter(number__lt=below)
    if skip:
        first = found.values_list("number", flat=True)[skip : skip + 1]
        found = found.filter(number__lte=next(iter(first), 0))
    page = list(found.values_list(*_COLUMNS)[:limit])  # models of four tables would double what a row costs
    files = _files(row[1] for row in page)
    return tuple(_listed(row, files.get(row[1], (0, 0))) for row in page)


def row_count(actor: Actor, form_id: str, year: int, *, where: Condition | None = None) -> int:
    """Count the rows of a form that the actor may read."""
    return _found(actor, form_id, year, where).count()


def row_of(actor: Actor, form_id: str, year: int, instance_id: str) -> RowView:
    """Give a record by the id of any of its versions, also while it is not read yet; raises NotFound, NotAllowed."""
    named = Submission.objects.filter(instance_id=instance_id, form_version__form__xml_form_id=form_id)
    root = named.values_list("root_instance_id", flat=True).first()
    if root is None or Tombstone.objects.filter(root_instance_id=root).exists():
        raise NotFound()
    versions = Submission.objects.filter(root_instance_id=root).select_related("form_version", "answer_sheet")
    chain = list(versions.defer("payload", "form_version__xml").order_by("id"))
    corrected = {one.deprecated_id for one in chain}
    current = next(one for one in chain if one.instance_id not in corrected)
    check_record(actor, Action.RECORD_READ, current)
    row = RecordRow.objects.filter(root_instance_id=root).first()
    if row is not None and row.year != year:
        raise NotFound()
    first = next((one for one in chain if one.instance_id == root), current)
    row = row or RecordRow(number=0, root_instance_id=root, received_at=first.received_at, edits=len(chain) - 1)
    return _view(row, current, _files([current.id]))


def row_files(actor: Actor, form_id: str, year: int, instance_id: str) -> tuple[tuple[str, bool], ...]:
    """List the files of a record's current version: name, and whether it has come."""
    row = row_of(actor, form_id, year, instance_id)
    found = Attachment.objects.filter(submission_id=row.submission_id, replaced_at__isnull=True).order_by("name")
    return tuple((one.name, one.sha256 is not None) for one in found)


_COLUMNS = (
    *("number", "submission_id", "root_instance_id", "received_at", "updated_at", "edits", "submission__instance_id"),
    *("submission__form_version__version", "submission__sent_by_kind", "submission__sent_by_number"),
    *("submission__sent_by_name", "submission__reported_device", "submission__review_state"),
    "submission__answer_sheet__answers",
)


def _listed(row: tuple[Any, ...], files: tuple[int, int]) -> RowView:
    """Give a row of _COLUMNS."""
    number, current, root, received_at, updated_at, edits, instance_id, version, *said = row
    sent_by_kind, sent_by_number, sent_by_name, device_id, review_state, answers = said
    expected, present = files
    return RowView(
        number=number,
        root_instance_id=root,
        instance_id=instance_id,
        submission_id=current,
        form_version=version,
        received_at=received_at,
        updated_at=updated_at,
        submitter=_submitter(sent_by_kind, sent_by_number),
        submitter_name=sent_by_name,
        device_id=device_id,
        review_state=review_state,
        edits=edits,
        files_expected=expected,
        files_present=present,
        answers=answers or {},
    )


def _found(actor: Actor, form_id: str, year: int, where: Condition | None) -> QuerySet[RecordRow]:
    form = forms.served_forms([form_id]).get(form_id)
    if form is None:
        raise NotFound()
    deleted = Exists(Tombstone.objects.filter(root_instance_id=OuterRef("root_instance_id")))
    found = RecordRow.objects.filter(~deleted, covered(actor, Action.RECORD_READ), form_id=form.id, year=year)
    if where is None:
        return found
    kind, number = "submission__sent_by_kind", F("submission__sent_by_number")
    submitter = Case(
        When(**{kind: ActorKind.DEVICE.value}, then=number + DEVICE_NUMBERS),
        default=number,
        output_field=BigIntegerField(),
    )
    return found.alias(submitter=submitter).filter(_said(where))


def _said(where: Condition) -> Q:
    match where:
        case Compare(column, _, None):
            return Q(**{f"{column.value}__isnull": True})
        case Compare(column, comparison, value):
            return Q(**{f"{column.value}__{comparison.value}": value})
        case Answered(path, text):
            return Q(Exact(Coalesce(_answer(path), Value(""), output_field=TextField()), text or ""))
        case All(parts):
            return Q(*[_said(part) for part in parts])
        case AnyOf(parts):
            found = Q()
            for part in parts:
                found |= _said(part)
            return found
        case Not(part):
            return ~_said(part)


def _answer(path: tuple[str, ...]) -> KeyTextTransform:
    *above, name = path
    place: Any = F("submission__answer_sheet__answers")
    for one in above:
        place = KeyTransform(one, place)
    return KeyTextTransform(name, place)


def _files(ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Count the files of some records: those that the answers name, and those of them that have come."""
    named = Attachment.objects.filter(submission_id__in=list(ids), expected=True, replaced_at__isnull=True)
    counts = named.order_by().values_list("submission_id").annotate(expected=Count("id"), present=Count("sha256"))
    return {one: (expected, present) for one, expected, present in counts}


def submitter_number(one: Submission) -> int:
    """Give the number of who sent a version: devices and people share one sequence."""
    return _submitter(one.sent_by_kind, one.sent_by_number)


def _submitter(kind: str, number: int) -> int:
    return number + (DEVICE_NUMBERS if kind == ActorKind.DEVICE.value else 0)


def _view(row: RecordRow, current: Submission, files: dict[UUID, tuple[int, int]]) -> RowView:
    expected, present = files.get(current.id, (0, 0))
    return RowView(
        number=row.number,
        root_instance_id=row.root_instance_id,
        instance_id=current.instance_id,
        submission_id=current.id,
        form_version=current.form_version.version,
        received_at=row.received_at,
        updated_at=row.updated_at,
        submitter=submitter_number(current),
        submitter_name=current.sent_by_name,
        device_id=current.reported_device,
        review_state=current.review_state,
        edits=row.edits,
        files_expected=expected,
        files_present=present,
        answers=current.answer_sheet.answers if hasattr(current, "answer_sheet") else {},
    )
