"""Photos come after their records, in parts: never half, never twice, never without consent."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import pytest

from raquan.capture import commands
from raquan.capture.commands import PhotoProgress
from raquan.capture.models import Attachment, Photo, PhotoPart, Submission
from raquan.capture.rules import MAX_FIELD_PHOTO, MOST_A_DAY, MOST_PHOTOS, UNFINISHED_STAYS, PhotoSaid
from raquan.capture.tests.world import KEY, Field, envelope, instance, new_id
from raquan.files.queries import read_file
from raquan.files.rules import PhotoUnreadable
from raquan.files.tests.test_photos import exif, jpeg
from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, Refused
from raquan.ledger.queries import history
from raquan.people import commands as people
from raquan.people.queries import actor_by_device_key

PICTURE = jpeg(exif(1))
"""With a place in it, as a camera writes one."""


@pytest.fixture
def record(field: Field, now: datetime) -> str:
    """A record of the phone's."""
    instance_id = new_id()
    payload = instance(field.outing_code, instance_id=instance_id)
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    return instance_id


def photo(record: str, picture: bytes = PICTURE) -> PhotoSaid:
    """Say that a photo of hands will come."""
    return PhotoSaid(uuid4(), record, sha256(picture).hexdigest(), len(picture), "nobody")


def send(field: Field, now: datetime, said: PhotoSaid, picture: bytes = PICTURE, part: int = 50) -> PhotoProgress:
    """Send a photo to its end in small parts."""
    progress = commands.begin_photo(by=field.device, now=now, said=said)
    while progress.offset < said.size:
        data = picture[progress.offset : progress.offset + part]
        progress = commands.append_photo(by=field.device, now=now, photo_id=said.id, start=progress.offset, data=data)
    return progress


def refusal(field: Field, now: datetime, said: PhotoSaid) -> str:
    """Give the code with which a photo is refused at its beginning."""
    with pytest.raises(Refused) as refused:
        commands.begin_photo(by=field.device, now=now, said=said)
    return refused.value.code


def test_a_photo_is_kept_with_its_record_and_without_its_place(field: Field, now: datetime, record: str) -> None:
    said = replace(photo(record), consent="agreed", agreed_by=("guardian", "team"), caption="  Tổ  ở buôn Tơ ")
    progress = send(field, now, said)
    assert (progress.kept_at, progress.sha256) == (now, said.sha256)
    kept = Photo.objects.get()
    assert kept.attachment is not None
    assert (kept.attachment.name, kept.attachment.expected) == (f"{said.id}.jpg", False)
    assert kept.caption == "Tổ ở buôn Tơ"
    assert kept.attachment.sha256
    assert read_file(kept.attachment.sha256) == jpeg()
    assert not PhotoPart.objects.exists()
    acts = [one.verb for one in history(SYSTEM, "capture.Submission", kept.submission_id).items]
    assert acts[:2] == ["append_photo", "begin_photo"]


def test_the_record_itself_stays_as_it_came(field: Field, now: datetime, record: str) -> None:
    before = Submission.objects.values().get()
    send(field, now, photo(record))
    assert Submission.objects.values().get() == before


def test_the_same_photo_again_is_kept_once(field: Field, now: datetime, record: str) -> None:
    said = photo(record)
    first = send(field, now, said)
    later = now + timedelta(hours=1)
    assert commands.begin_photo(by=field.device, now=later, said=said) == first
    again = commands.append_photo(by=field.device, now=later, photo_id=said.id, start=0, data=PICTURE)
    assert again == first
    assert Attachment.objects.count() == 1


def test_after_a_break_it_goes_on_where_it_stopped(field: Field, now: datetime, record: str) -> None:
    said = photo(record)
    commands.begin_photo(by=field.device, now=now, said=said)

    def part(start: int, data: bytes) -> int:
        return commands.append_photo(by=field.device, now=now, photo_id=said.id, start=start, data=data).offset

    assert part(0, PICTURE[:40]) == 40
    assert part(0, PICTURE[:40]) == 40  # its answer was lost
    assert part(90, PICTURE[90:100]) == 40  # a part too early
    assert commands.begin_photo(by=field.device, now=now, said=said).offset == 40
    assert part(40, PICTURE[40:]) == len(PICTURE)
    assert Photo.objects.get().kept_at == now


def test_bytes_that_are_others_are_dropped_and_asked_for_again(field: Field, now: datetime, record: str) -> None:
    said = photo(record)
    with pytest.raises(commands.PhotoDamaged):
        send(field, now, said, b"x" * len(PICTURE))
    assert not PhotoPart.objects.exists()
    assert commands.begin_photo(by=field.device, now=now, said=said).offset == 0
    assert send(field, now, said).kept_at == now


def test_what_is_no_photo_is_refused_and_not_kept(field: Field, now: datetime, record: str) -> None:
    with pytest.raises(PhotoUnreadable):
        send(field, now, photo(record, b"MZ\x90 a program"), b"MZ\x90 a program")
    assert not PhotoPart.objects.exists()
    assert not Attachment.objects.exists()


def test_a_photo_waits_for_its_record(field: Field, now: datetime) -> None:
    record = new_id()
    said = photo(record)
    assert refusal(field, now, said) == "photo.record_missing"
    payload = instance(field.outing_code, instance_id=record)
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    assert send(field, now, said).kept_at == now


@pytest.mark.parametrize(
    ("consent", "agreed_by"),
    [("", ()), ("yes", ()), ("agreed", ()), ("agreed", ("mayor",)), ("nobody", ("team",))],
)
def test_without_a_whole_consent_no_photo_is_taken(
    field: Field, now: datetime, record: str, consent: str, agreed_by: tuple[str, ...]
) -> None:
    said = replace(photo(record), consent=consent, agreed_by=agreed_by)
    assert refusal(field, now, said) == "photo.consent_missing"
    assert not Photo.objects.exists()


def phone_of(owner: Actor, field: Field, now: datetime, key: str) -> Actor:
    """Give a person one more phone."""
    assert owner.id is not None
    people.register_device(
        by=SYSTEM, now=now, label="Máy khác", owner_id=owner.id, organization_id=field.cumgar_id, key=key
    )
    other = actor_by_device_key(key, now.date())
    assert other is not None
    return other


def test_only_the_person_of_the_record_adds_to_it(field: Field, now: datetime, record: str) -> None:
    other = phone_of(field.officer, field, now, KEY.replace("k", "o"))
    said = photo(record)
    with pytest.raises(commands.PhotoOfOtherDevice):
        commands.begin_photo(by=other, now=now, said=said)
    commands.begin_photo(by=field.device, now=now, said=said)
    with pytest.raises(commands.PhotoUnknown):
        commands.append_photo(by=other, now=now, photo_id=said.id, start=0, data=PICTURE)
    with pytest.raises(NotAllowed):
        commands.begin_photo(by=ANONYMOUS, now=now, said=said)


def test_a_phone_that_a_new_code_made_another_device_goes_on_with_its_photos(
    field: Field, now: datetime, record: str
) -> None:
    said = photo(record)
    commands.begin_photo(by=field.device, now=now, said=said)
    commands.append_photo(by=field.device, now=now, photo_id=said.id, start=0, data=PICTURE[:50])
    anew = phone_of(field.helper, field, now, KEY.replace("k", "o"))
    assert commands.begin_photo(by=anew, now=now, said=said).offset == 50
    progress = commands.append_photo(by=anew, now=now, photo_id=said.id, start=50, data=PICTURE[50:])
    assert progress.kept_at == now


def test_a_record_that_was_deleted_takes_no_photos(field: Field, now: datetime, record: str) -> None:
    deleted = Submission.objects.get(instance_id=record)
    commands.delete_record(by=field.officer, now=now, submission_id=deleted.id, reason="Ghi thử")
    assert refusal(field, now, photo(record)) == "record.deleted"


def test_what_is_too_large_too_many_or_another_photo_is_refused(field: Field, now: datetime, record: str) -> None:
    assert refusal(field, now, replace(photo(record), size=MAX_FIELD_PHOTO + 1)) == "photo.size_wrong"
    assert refusal(field, now, replace(photo(record), size=0)) == "photo.size_wrong"
    said = photo(record)
    commands.begin_photo(by=field.device, now=now, said=said)
    assert refusal(field, now, replace(said, sha256="0" * 64)) == "photo.conflict"
    with pytest.raises(commands.PhotoPartWrong):
        commands.append_photo(by=field.device, now=now, photo_id=said.id, start=0, data=PICTURE + b"1")
    with pytest.raises(commands.PhotoPartWrong):
        commands.append_photo(by=field.device, now=now, photo_id=said.id, start=0, data=b"")
    for _ in range(MOST_PHOTOS - 1):
        commands.begin_photo(by=field.device, now=now, said=photo(record))
    assert refusal(field, now, photo(record)) == "photo.record_full"
    assert commands.begin_photo(by=field.device, now=now, said=said).offset == 0  # those begun go on


def test_a_phone_that_sends_without_end_must_wait(field: Field, now: datetime, record: str) -> None:
    payload = instance(field.outing_code)
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    row = {"submission_id": verdict.submission_id, "device_id": field.device.id, "is_illustration": False}
    many = (
        Photo(id=uuid4(), sha256="0" * 64, size=1, consent="nobody", began_at=now, **row) for _ in range(MOST_A_DAY)
    )
    Photo.objects.bulk_create(many)
    assert refusal(field, now, photo(record)) == "photo.too_many"
    assert commands.begin_photo(by=field.device, now=now + timedelta(days=2), said=photo(record)).offset == 0


def test_a_photo_whose_rest_never_comes_is_forgotten_and_can_begin_again(
    field: Field, now: datetime, record: str
) -> None:
    said, whole = photo(record), photo(record)
    commands.begin_photo(by=field.device, now=now, said=said)
    commands.append_photo(by=field.device, now=now, photo_id=said.id, start=0, data=PICTURE[:9])
    send(field, now, whole)
    assert commands.forget_unfinished_photos(now=now + UNFINISHED_STAYS) == 0
    late = now + UNFINISHED_STAYS + timedelta(seconds=1)
    assert commands.forget_unfinished_photos(now=late) == 1
    assert list(Photo.objects.values_list("id", flat=True)) == [whole.id]
    assert send(field, late, said).kept_at == late


def test_the_end_that_a_crash_cut_off_is_caught_up(field: Field, now: datetime, record: str) -> None:
    said = photo(record)
    commands.begin_photo(by=field.device, now=now, said=said)
    PhotoPart.objects.create(photo_id=said.id, start=0, data=PICTURE)
    Photo.objects.filter(id=said.id).update(received=len(PICTURE))
    assert commands.begin_photo(by=field.device, now=now, said=said).kept_at == now


def test_photos_from_other_apps_lose_their_place_too(field: Field, now: datetime, record: str) -> None:
    row = Submission.objects.get(instance_id=record)
    Attachment.objects.create(submission=row, name="1696.jpg", expected=True)
    for _ in range(2):
        file = commands.SentFile("1696.jpg", "image/jpeg", len(PICTURE), BytesIO(PICTURE))
        commands.attach_files(by=field.device, now=now, submission_id=row.id, sent=[file])
    kept = list(Attachment.objects.values_list("sha256", "submission_id"))
    assert kept == [(sha256(jpeg()).hexdigest(), row.id)]


def test_a_photo_that_the_answers_name_fills_its_place(field: Field, now: datetime, record: str) -> None:
    row = Submission.objects.get(instance_id=record)
    said = replace(photo(record), consent="in_answers", name="1.jpg")
    assert refusal(field, now, said) == "photo.not_named"
    assert refusal(field, now, replace(said, name="")) == "photo.consent_missing"
    Attachment.objects.create(submission=row, name="1.jpg", expected=True)
    send(field, now, said)
    filled = Attachment.objects.get()
    assert (filled.name, filled.expected, filled.sha256) == ("1.jpg", True, sha256(jpeg()).hexdigest())
    other = jpeg(exif(6))
    send(field, now, replace(photo(record, other), consent="in_answers", name="1.jpg"), other)
    assert [one.replaced_at is None for one in Attachment.objects.order_by("id")] == [False, True]
    assert all(one.expected for one in Attachment.objects.all())
