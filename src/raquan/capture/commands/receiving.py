"""The one way in for records: bytes go in, a verdict comes out, and what is taken is safe on disk."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from raquan.capture.gateways.xforms import InstanceHead, read_head
from raquan.capture.gateways.xforms import answer_at as answer
from raquan.capture.models import Attachment, Submission, Tombstone
from raquan.capture.rules import (
    MAX_PAYLOAD,
    Envelope,
    Outcome,
    ReviewState,
    Verdict,
    envelope_files,
    is_envelope,
    write_clock,
)
from raquan.forms import queries as forms
from raquan.forms.queries import FormNotOffered, ServedForm, ServedVersion
from raquan.forms.rules import FormState, is_offered
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action


@dataclass(frozen=True, slots=True)
class Asked:
    """The forms and versions that a batch answers."""

    forms: dict[str, ServedForm]
    versions: dict[tuple[UUID, str], ServedVersion]
    offered: frozenset[UUID] | None
    """Of a sender that may fill in only what is assigned to it: those forms."""


Named = dict[UUID, set[str]]
"""The files that records' answers name, by the record's row."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept under an instance id."""

    id: UUID
    sha256: str
    received_at: datetime
    device_id: UUID | None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What somebody sends at once, and the files that its answers name."""

    by: Actor
    rows: list[Submission]
    named: Named

    @property
    def instance_ids(self) -> set[str]:
        """Name the records."""
        return {row.instance_id for row in self.rows}

    def awaited(self, fresh: set[UUID]) -> Iterator[Attachment]:
        """List the files that its fresh records await; a correction takes over those that came with the other."""
        for row in self.rows:
            if row.id in fresh and (names := self.named.get(row.id)):
                kept = _kept(row.deprecated_id, names) if row.deprecated_id else {}
                for name in sorted(names):
                    yield Attachment(submission=row, name=name, expected=True, sha256=kept.get(name))


class PayloadTooLarge(Refused):
    """The instance is over MAX_PAYLOAD; photos go beside it, not in it."""

    code = "envelope.too_large"
    message = N_("Bản ghi quá lớn (hơn 5 MB).")
    status = 413


class HeadDiffers(Refused):
    """The ids beside the payload are not the ones in it."""

    code = "envelope.differs"
    message = N_("Mã đi kèm không khớp với mã trong bản ghi.")
    status = 400


class IdTooLong(Refused):
    """The instance id is longer than any client makes it."""

    code = "envelope.id_too_long"
    message = N_("Mã bản ghi dài quá 200 ký tự.")
    status = 400


class FormUnknown(NotFound):
    """No form has this id."""

    code = "form.unknown"
    message = N_("Không có biểu mẫu {form_id}. Hãy tải lại danh sách biểu mẫu.")


class FormNotAssigned(Refused):
    """The sender may fill in only what is assigned to it, and this form is not."""

    code = "form.not_assigned"
    message = N_("Mã này không được giao biểu mẫu {form_id}. Hãy hỏi cán bộ phụ trách.")
    status = 403


class VersionUnknown(NotFound):
    """The form never had this version."""

    code = "form.version_unknown"
    message = N_("Biểu mẫu {form_id} không có phiên bản “{version}”. Hãy tải lại biểu mẫu.")


class FormClosed(Conflict):
    """The form takes no more records."""

    code = "form.closed"
    message = N_("Biểu mẫu {form_id} đã đóng, không nhận thêm bản ghi.")


class OtherContent(Conflict):
    """A record with this id came before, with other bytes."""

    code = "submission.conflict"
    message = N_("Mã bản ghi này đã được dùng cho một bản ghi có nội dung khác.")


class OriginalUnknown(NotFound):
    """The record that this one corrects never came."""

    code = "edit.unknown"
    message = N_("Không có bản ghi gốc để sửa.")


class EditStale(Conflict):
    """The record that this one corrects has been corrected already."""

    code = "edit.stale"
    message = N_("Bản ghi này đã được sửa trước đó. Hãy tải bản mới nhất rồi sửa lại.")


class RecordDeleted(Conflict):
    """The record was deleted: nothing more is decided on it, and it does not come back."""

    code = "record.deleted"
    message = N_("Bản ghi này đã bị xóa.")


def receive_submissions(*, by: Actor, now: datetime, envelopes: Sequence[Envelope]) -> list[Verdict]:
    """Take records as they came; give a verdict for each, in their order, once all that is taken is committed.

    Only the envelope is refused (unreadable, too large, unknown or closed form); what its answers say is doubted
    later and never refused. One refused envelope does not hold up the others. The same bytes under the same
    instance id are a duplicate, which is as good as accepted; other bytes are a conflict, and so is what was deleted,
    or corrects it.
    """
    people.check(by, Action.SUBMISSION_SEND)
    heads: list[InstanceHead | Refused] = [_head(envelope) for envelope in envelopes]
    asked = _asked(by, [head for head in heads if isinstance(head, InstanceHead)])
    opened = [_open(one, head, asked, by, now) for one, head in zip(envelopes, heads, strict=True)]
    rows = [row for row in opened if isinstance(row, Submission)]
    verdicts = _keep(by, rows, _named(opened, heads, asked)) if rows else {}
    return [verdicts[one.id] if isinstance(one, Submission) else _refused("", one) for one in opened]


def _head(envelope: Envelope) -> InstanceHead | Refused:
    if len(envelope.payload) > MAX_PAYLOAD:
        return PayloadTooLarge()
    try:
        head = read_head(envelope.payload)
    except Refused as refusal:
        return refusal
    said = (envelope.form_id or head.form_id, head.version if envelope.version is None else envelope.version)
    if said != (head.form_id, head.version) or envelope.instance_id not in ("", head.instance_id):
        return HeadDiffers()
    if not head.instance_id:
        # Made from the bytes, so that the same record sent again is known again.
        digest = hashlib.sha256(envelope.payload).hexdigest()
        head = replace(head, instance_id=f"uuid:{UUID(digest[:32])}")
    return IdTooLong() if max(len(head.instance_id), len(head.deprecated_id)) > 200 else head


def _asked(by: Actor, heads: Sequence[InstanceHead]) -> Asked:
    known = forms.served_forms({head.form_id for head in heads})
    named = {(known[head.form_id].id, head.version) for head in heads if head.form_id in known}
    return Asked(known, forms.served_versions(named), forms.offered_to(by) if by.assigned_only else None)


def _open(
    envelope: Envelope, head: InstanceHead | Refused, asked: Asked, by: Actor, now: datetime
) -> Submission | Refused:
    """Make the row that would be stored, or say why there is none."""
    if isinstance(head, Refused):
        return head
    form = asked.forms.get(head.form_id)
    if form is None:
        return FormUnknown(form_id=head.form_id)
    if asked.offered is not None and form.id not in asked.offered:
        return FormNotAssigned(form_id=head.form_id)
    version = asked.versions.get((form.id, head.version))
    if version is None:
        return VersionUnknown(form_id=head.form_id, version=head.version)
    if form.state is FormState.CLOSED:
        return FormClosed(form_id=head.form_id)
    if not is_offered(by, form.audience):
        return FormNotOffered(form_id=head.form_id)
    own = {duty.organization_id for duty in by.duties if duty.organization_id is not None}
    return Submission(
        instance_id=head.instance_id,
        root_instance_id=head.instance_id,
        deprecated_id=head.deprecated_id or None,
        form_version_id=version.id,
        payload=envelope.payload,
        sha256=hashlib.sha256(envelope.payload).hexdigest(),
        size=len(envelope.payload),
        received_at=envelope.received_at or now,
        reported_device=envelope.device_id[:200],
        device_id=by.id if by.kind is ActorKind.DEVICE else None,
        sent_by_kind=by.kind.value,
        sent_by_id=by.id,
        sent_by_number=by.number,
        sent_by_name=by.name[:200],
        organization_id=own.pop() if len(own) == 1 else None,
        time_shift=envelope.time_shift.total_seconds(),
        clock=write_clock(envelope.clock) if envelope.clock else None,
        review_state=(ReviewState.EDITED if head.deprecated_id else ReviewState.RECEIVED).value,
        is_synthetic=envelope.is_synthetic,
    )


def _named(opened: Sequence[Submission | Refused], heads: Sequence[InstanceHead | Refused], asked: Asked) -> Named:
    """Find the files that the answers name, where a form asks for files, and in envelopes."""
    uploads = {one.id: one.uploads for one in asked.versions.values()}
    named: Named = {}
    for row, head in zip(opened, heads, strict=True):
        if isinstance(row, Refused) or isinstance(head, Refused):
            continue
        paths = uploads[row.form_version_id]
        if paths or b"encryptedXmlFile" in row.payload:
            answers = head.answers()
            named[row.id] = {name for path in paths if (name := answer(answers, path))}
            named[row.id] |= set(envelope_files(answers) if is_envelope(answers) else ())
    return named


def _keep(by: Actor, rows: list[Submission], named: Named) -> dict[UUID, Verdict]:
    """Store what is new, in one short transaction; tell new, known and conflicting rows apart by what is stored."""
    edits = [row for row in rows if row.deprecated_id is not None]
    verdicts = {row.id: _refused(row.instance_id, refusal) for row in edits if (refusal := _check_edit(row))}
    rest = [row for row in rows if row.id not in verdicts]
    stored = ledger.write_together(_store, Batch(by, rest, named)) if rest else {}
    return verdicts | {row.id: _verdict(row, stored.get(row.instance_id)) for row in rest}


def _store(batches: Sequence[Batch]) -> list[dict[str, Stored]]:
    """Store what is new of some batches; give each what is kept under its instance ids."""
    # In one order everywhere, so that two processes with the same ids never wait for each other in a circle.
    rows = sorted((row for batch in batches for row in batch.rows), key=lambda row: (row.instance_id, row.id))
    fresh = ledger.insert_new(rows)
    stored = {
        row.instance_id: Stored(row.id, row.sha256, row.received_at, row.device_id) for row in rows if row.id in fresh
    }
    stored |= _known({row.instance_id for row in rows if row.id not in fresh and row.instance_id not in stored})
    if awaited := [file for batch in batches for file in batch.awaited(fresh)]:
        Attachment.objects.bulk_create(awaited)
    ledger.record_acts([act for batch in batches if (act := _act(batch, fresh))])
    return [{one: stored[one] for one in batch.instance_ids if one in stored} for batch in batches]


def _known(instance_ids: set[str]) -> dict[str, Stored]:
    if not instance_ids:
        return {}
    found = Submission.objects.filter(instance_id__in=instance_ids)
    rows = list(found.only("instance_id", "root_instance_id", "sha256", "received_at", "device_id"))
    gone = _deleted({row.root_instance_id for row in rows})
    return {
        row.instance_id: Stored(row.id, row.sha256, row.received_at, row.device_id, row.root_instance_id in gone)
        for row in rows
    }


def _deleted(roots: set[str]) -> set[str]:
    return set(Tombstone.objects.filter(root_instance_id__in=roots).values_list("root_instance_id", flat=True))


def _act(batch: Batch, fresh: set[UUID]) -> ledger.Act | None:
    """Say what a sender has sent that was new, in one entry."""
    ids = [str(row.id) for row in batch.rows if row.id in fresh]
    if not ids:
        return None
    return ledger.Act(batch.by, "receive_submissions", "capture.Submission", ids[0], {"ids": ids})


def _verdict(row: Submission, stored: Stored | None) -> Verdict:
    if stored is None:  # another correction of the same record was first
        return _refused(row.instance_id, EditStale())
    if stored.is_deleted:
        return _refused(row.instance_id, RecordDeleted(), Outcome.CONFLICT)
    if stored.sha256 != row.sha256:
        return _refused(row.instance_id, OtherContent(), Outcome.CONFLICT)
    return Verdict(
        row.instance_id,
        Outcome.ACCEPTED if stored.id == row.id else Outcome.DUPLICATE,
        submission_id=stored.id,
        sha256=stored.sha256,
        received_at=stored.received_at,
        device_id=stored.device_id,
    )


def _check_edit(row: Submission) -> Refused | None:
    """Say why a correction cannot be one; else give it its root. The same correction again passes."""
    if Submission.objects.filter(instance_id=row.instance_id).exists():
        return None
    original = Submission.objects.filter(instance_id=row.deprecated_id).only("root_instance_id").first()
    if original is None:
        return OriginalUnknown()
    if _deleted({original.root_instance_id}):
        return RecordDeleted()
    row.root_instance_id = original.root_instance_id
    if Submission.objects.filter(deprecated_id=row.deprecated_id).exists():
        return EditStale()
    return None


def _kept(instance_id: str, names: set[str]) -> dict[str, str | None]:
    """Give the files of some names that came with a record."""
    current = Attachment.objects.filter(submission__instance_id=instance_id, name__in=names, replaced_at__isnull=True)
    return dict(current.values_list("name", "sha256"))


def _refused(instance_id: str, refusal: Refused, outcome: Outcome | None = None) -> Verdict:
    kind = outcome or (Outcome.CONFLICT if isinstance(refusal, EditStale | RecordDeleted) else Outcome.REFUSED)
    return Verdict(instance_id, kind, code=refusal.code, message=refusal.text(), status=refusal.status)
