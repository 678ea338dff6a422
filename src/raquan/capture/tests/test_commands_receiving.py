"""Records come in by one way: taken, known already, in conflict, or refused with a reason."""

from datetime import datetime
from io import BytesIO

import pytest

from raquan.capture import commands
from raquan.capture.models import Attachment, Submission
from raquan.capture.rules import MAX_PAYLOAD, Envelope, Outcome
from raquan.capture.tests.world import Field, envelope, instance, new_id
from raquan.forms.commands import assign_form, set_form_state, unassign_form
from raquan.forms.rules import FormState
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.queries import history


def receive(field: Field, now: datetime, *payloads: bytes) -> list[tuple[Outcome, str, int]]:
    """Send payloads in one batch; give what became of each."""
    verdicts = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    return [(one.outcome, one.code, one.status) for one in verdicts]


TAKEN = (Outcome.ACCEPTED, "", 201)
KNOWN = (Outcome.DUPLICATE, "", 201)


def test_a_record_is_kept_byte_for_byte(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code)
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    row = Submission.objects.get()
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.submission_id == row.id
    assert bytes(row.payload) == payload
    assert (row.sent_by_kind, row.device_id, row.organization_id) == ("device", field.device.id, field.cumgar_id)
    assert history(SYSTEM, "capture.Submission", row.id).items[0].verb == "receive_submissions"


def test_a_record_sent_again_is_known(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code)
    assert receive(field, now, payload) == [TAKEN]
    assert receive(field, now, payload) == [KNOWN]
    assert receive(field, now, payload, payload) == [KNOWN, KNOWN]
    assert Submission.objects.count() == 1


def test_other_bytes_under_the_same_id_conflict(field: Field, now: datetime) -> None:
    same = new_id()
    first, other = (
        instance(field.outing_code, instance_id=same),
        instance(field.outing_code, instance_id=same, how="self"),
    )
    conflict = (Outcome.CONFLICT, "submission.conflict", 409)
    assert receive(field, now, first, other) == [TAKEN, conflict]
    assert receive(field, now, other) == [conflict]
    assert bytes(Submission.objects.get().payload) == first


def test_one_bad_envelope_does_not_hold_up_the_others(field: Field, now: datetime) -> None:
    good = [instance(field.outing_code) for _ in range(3)]
    found = receive(field, now, good[0], b"<data", good[1], b"", good[2])
    assert [outcome for outcome, _, _ in found] == ["accepted", "refused", "accepted", "refused", "accepted"]
    assert Submission.objects.count() == 3


@pytest.mark.parametrize(
    ("payload", "code", "status"),
    [
        (b"", "envelope.malformed", 400),
        (b"not xml", "envelope.malformed", 400),
        (b"<data id='assist'><open></data>", "envelope.malformed", 400),
        (b"<data version='1'/>", "envelope.form_id_missing", 400),
        (b"<!DOCTYPE data [<!ENTITY a 'b'>]><data id='assist' version='1'>&a;</data>", "envelope.doctype", 400),
        ("<!DOCTYPE data><data id='assist' version='1'/>".encode("utf-16"), "envelope.doctype", 400),
        (b"<data id='other' version='1'/>", "form.unknown", 404),
        (b"<data id='assist' version='1'/>", "form.version_unknown", 404),
        (b"<data id='assist'/>", "form.version_unknown", 404),
        (b"<data id='assist' version='2023091503'>" + b" " * MAX_PAYLOAD + b"</data>", "envelope.too_large", 413),
    ],
)
def test_what_is_no_record_of_ours_is_refused(
    field: Field, now: datetime, payload: bytes, code: str, status: int
) -> None:
    assert receive(field, now, payload) == [(Outcome.REFUSED, code, status)]
    assert not Submission.objects.exists()


def test_every_refusal_speaks_vietnamese(field: Field, now: datetime) -> None:
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[Envelope(payload=b"<data")])
    assert verdict.message == "Bản ghi không phải là XML đúng (dòng 1, cột 6)."


def test_deeply_nested_xml_is_refused_or_kept_but_never_breaks_us(field: Field, now: datetime) -> None:
    deep = b"<data id='assist' version='2023091503'>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</data>"
    assert receive(field, now, deep)[0][1] == "envelope.malformed"
    wide = instance(field.outing_code, note="<a>" * 200 + "</a>" * 200)
    assert receive(field, now, wide) == [TAKEN]
    assert commands.project_pending(now=now) == 1


def test_a_record_without_an_id_is_given_one_that_it_gets_again(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code, instance_id="")
    assert receive(field, now, payload) == [TAKEN]
    assert receive(field, now, payload) == [KNOWN]
    assert Submission.objects.get().instance_id.startswith("uuid:")


def test_ids_beside_the_payload_must_be_its_own(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code, instance_id="uuid:1")
    wrong = [
        Envelope(payload=payload, instance_id="uuid:2"),
        Envelope(payload=payload, form_id="other"),
        Envelope(payload=payload, version=""),
    ]
    verdicts = commands.receive_submissions(by=field.device, now=now, envelopes=wrong)
    assert [one.code for one in verdicts] == ["envelope.differs"] * 3
    right = Envelope(payload=payload, instance_id="uuid:1", form_id="assist", version="2023091503")
    assert commands.receive_submissions(by=field.device, now=now, envelopes=[right])[0].is_taken


def test_a_long_id_is_refused(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code, instance_id="x" * 201)
    assert receive(field, now, payload)[0][1] == "envelope.id_too_long"


def test_a_closed_form_takes_nothing_a_closing_one_does(field: Field, now: datetime) -> None:
    set_form_state(by=SYSTEM, now=now, form_id="assist", state=FormState.CLOSING)
    assert receive(field, now, instance(field.outing_code)) == [TAKEN]
    set_form_state(by=SYSTEM, now=now, form_id="assist", state=FormState.CLOSED)
    assert receive(field, now, instance(field.outing_code)) == [(Outcome.REFUSED, "form.closed", 409)]


def test_visitors_and_officers_of_nothing_may_not_send(field: Field, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.receive_submissions(by=ANONYMOUS, now=now, envelopes=[envelope(instance(field.outing_code))])


def test_a_correction_replaces_its_record_once(field: Field, now: datetime) -> None:
    original, edited = new_id(), new_id()
    first = instance(field.outing_code, instance_id=original)
    edit = instance(field.outing_code, instance_id=edited, deprecated_id=original, how="self")
    assert receive(field, now, first) == [TAKEN]
    assert receive(field, now, edit) == [TAKEN]
    assert receive(field, now, edit) == [KNOWN]
    assert receive(field, now, first) == [KNOWN]  # the telephone that never heard of the edit is not stuck
    late = instance(field.outing_code, deprecated_id=original, how="done_for")
    assert receive(field, now, late) == [(Outcome.CONFLICT, "edit.stale", 409)]
    row = Submission.objects.get(instance_id=edited)
    assert (row.root_instance_id, row.review_state) == (original, "edited")
    third = instance(field.outing_code, deprecated_id=edited)
    assert receive(field, now, third) == [TAKEN]
    assert Submission.objects.filter(root_instance_id=original).count() == 3


def test_a_correction_of_nothing_is_refused(field: Field, now: datetime) -> None:
    edit = instance(field.outing_code, deprecated_id=new_id())
    assert receive(field, now, edit) == [(Outcome.REFUSED, "edit.unknown", 404)]


def test_two_corrections_in_one_batch_leave_one(field: Field, now: datetime) -> None:
    original = new_id()
    receive(field, now, instance(field.outing_code, instance_id=original))
    edits = [instance(field.outing_code, deprecated_id=original, how=how) for how in ("self", "done_for")]
    assert sorted(code for _, code, _ in receive(field, now, *edits)) == ["", "edit.stale"]


def _photo(name: str, data: bytes) -> commands.SentFile:
    return commands.SentFile(name=name, media_type="image/jpeg", size=len(data), data=BytesIO(data))


def test_files_fill_their_places_and_unnamed_ones_are_flagged(field: Field, now: datetime) -> None:
    receive(field, now, instance(field.outing_code))
    row = Submission.objects.get()
    Attachment.objects.create(submission=row, name="a.jpg", expected=True)
    sent = [_photo("C:\\photos\\a.jpg", b"1"), _photo("b.jpg", b"2")]
    assert commands.attach_files(by=field.device, now=now, submission_id=row.id, sent=sent) == ["b.jpg"]
    again = [_photo("a.jpg", b"1")]
    assert commands.attach_files(by=field.device, now=now, submission_id=row.id, sent=again) == ["b.jpg"]
    assert Attachment.objects.count() == 2
    other = [_photo("a.jpg", b"3")]
    commands.attach_files(by=field.device, now=now, submission_id=row.id, sent=other)
    versions = Attachment.objects.filter(name="a.jpg").order_by("id")
    assert [one.replaced_at is None for one in versions] == [False, True]
    assert all(one.expected for one in versions)


def test_files_of_nothing_and_files_too_large_are_refused(field: Field, now: datetime) -> None:
    huge = commands.SentFile(name="a", media_type="", size=21 * 1024 * 1024, data=BytesIO())
    with pytest.raises(commands.AttachmentTooLarge):
        commands.attach_files(by=field.device, now=now, submission_id=field.outing_id, sent=[huge])
    with pytest.raises(NotFound):
        commands.attach_files(by=field.device, now=now, submission_id=field.outing_id, sent=[_photo("a", b"1")])


def test_a_form_given_to_other_units_takes_no_record_of_ours(field: Field, now: datetime) -> None:
    assign_form(by=SYSTEM, form_id="assist", organization_id=field.city_id)
    sent = [envelope(instance(field.outing_code))]
    (refused,) = commands.receive_submissions(by=field.device, now=now, envelopes=sent)
    assert (refused.is_taken, refused.code, refused.status) == (False, "form.not_offered", 403)
    unassign_form(by=SYSTEM, form_id="assist")
    (taken,) = commands.receive_submissions(by=field.device, now=now, envelopes=sent)
    assert taken.is_taken
