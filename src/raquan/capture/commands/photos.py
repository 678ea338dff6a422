"""Photos that phones send after their records: in parts, taken up where the line broke, kept once they are whole."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from raquan.capture.commands.receiving import RecordDeleted
from raquan.capture.models import Attachment, Photo, PhotoPart, Submission, Tombstone
from raquan.capture.rules import (
    MAX_CAPTION,
    MAX_FIELD_PHOTO,
    MAX_PART,
    MOST_A_DAY,
    MOST_PHOTOS,
    UNFINISHED_STAYS,
    PhotoSaid,
    consent_holds,
)
from raquan.files import commands as files
from raquan.files.rules import PhotoUnreadable, strip_photo
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png"}


class PhotoRecordMissing(Conflict):
    """The record that the photo belongs to has not come; the photo waits on the phone."""

    code = "photo.record_missing"
    message = N_("Máy chủ chưa nhận lượt mà ảnh này thuộc về. Ảnh vẫn ở trên máy và sẽ gửi sau.")


class PhotoOfOtherDevice(Refused):
    """Only the person who sent a record adds photos to it; a new code may have made the same phone another device."""

    code = "photo.other_device"
    message = N_("Ảnh chỉ được gửi từ máy của người đã gửi lượt này.")
    status = 403


class PhotoConsentMissing(Refused):
    """Nothing was said about the people in the photo, or not who agreed."""

    code = "photo.consent_missing"
    message = N_("Chưa rõ người trong ảnh đã đồng ý hay chưa, nên ảnh không được nhận.")


class PhotoNotNamed(Refused):
    """The record's answers know no photo by this name."""

    code = "photo.not_named"
    message = N_("Câu trả lời của lượt này không nhắc đến ảnh {name}.")


class PhotoSizeWrong(Refused):
    """The photo says to have no bytes, or more than MAX_FIELD_PHOTO."""

    code = "photo.size_wrong"
    message = N_("Ảnh gửi từ máy phải nhỏ hơn 3 MB.")
    status = 413


class PhotoConflict(Conflict):
    """A photo with this id was begun with other content, or for another record."""

    code = "photo.conflict"
    message = N_("Mã ảnh này đã dùng cho một ảnh khác.")


class PhotosFull(Refused):
    """The record has MOST_PHOTOS already."""

    code = "photo.record_full"
    message = N_("Lượt này đã có {most} ảnh, không nhận thêm.")


class PhotosTooMany(Refused):
    """The device has begun MOST_A_DAY photos within a day."""

    code = "photo.too_many"
    message = N_("Máy này đã gửi quá nhiều ảnh trong một ngày. Ảnh vẫn ở trên máy, hãy đợi {minutes} phút.")
    status = 429


class PhotoUnknown(Refused):
    """Bytes came for a photo that was not begun, or that waited too long for the rest."""

    code = "photo.unknown"
    message = N_("Máy chủ chưa biết ảnh này. Hãy gửi lại từ đầu.")
    status = 409


class PhotoPartWrong(Refused):
    """The part is empty, over MAX_PART, or goes beyond the photo's end."""

    code = "photo.part_wrong"
    message = N_("Phần ảnh gửi lên không đúng cỡ.")
    status = 413


class PhotoDamaged(Refused):
    """All bytes are here, and they are not those that were announced; what came is dropped."""

    code = "photo.damaged"
    message = N_("Ảnh bị hỏng trên đường truyền. Hãy gửi lại từ đầu.")
    status = 400


@dataclass(frozen=True, slots=True)
class PhotoProgress:
    """How much of a photo is here; `kept_at` once it is whole and safe with us."""

    id: UUID
    offset: int
    sha256: str
    device_id: UUID
    kept_at: datetime | None


def begin_photo(*, by: Actor, now: datetime, said: PhotoSaid) -> PhotoProgress:
    """Announce a photo, or ask how much of it has come: the same again answers where to go on.

    Raises PhotoRecordMissing while its record has not come, RecordDeleted, PhotoOfOtherDevice, PhotoConsentMissing,
    PhotoNotNamed, PhotoSizeWrong, PhotoConflict, PhotosFull and PhotosTooMany.
    """
    people.check(by, Action.SUBMISSION_SEND)
    if not 0 < said.size <= MAX_FIELD_PHOTO:
        raise PhotoSizeWrong()
    if not consent_holds(said):
        raise PhotoConsentMissing()
    record = Submission.objects.filter(instance_id=said.instance_id).only("id", "root_instance_id").first()
    if record is None:
        raise PhotoRecordMissing()
    if Tombstone.objects.filter(root_instance_id=record.root_instance_id).exists():
        raise RecordDeleted()
    if not Submission.objects.filter(id=record.id, device__owner__devices=by.id).exists():
        raise PhotoOfOtherDevice()
    if said.name and not Attachment.objects.filter(submission=record, name=said.name, expected=True).exists():
        raise PhotoNotNamed(name=said.name)
    photo = Photo.objects.filter(id=said.id).first() or _announce(by, now, record, said)
    if (photo.submission_id, photo.sha256, photo.size) != (record.id, said.sha256, said.size):
        raise PhotoConflict()
    # All bytes may be here without being kept: the process died between the last part and the end.
    return _finish(by, now, photo) if photo.received == photo.size else _progress(photo)


def _announce(by: Actor, now: datetime, record: Submission, said: PhotoSaid) -> Photo:
    assert by.id is not None  # noqa: S101 - a device, as the record's is
    if Photo.objects.filter(submission=record).count() >= MOST_PHOTOS:
        raise PhotosFull(most=MOST_PHOTOS)
    if Photo.objects.filter(device_id=by.id, began_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise PhotosTooMany(minutes=60)
    try:
        with transaction.atomic():
            photo = Photo.objects.create(
                id=said.id,
                submission=record,
                device_id=by.id,
                sha256=said.sha256,
                size=said.size,
                consent=said.consent,
                agreed_by=list(said.agreed_by),
                is_illustration=said.is_illustration,
                caption=normalize(said.caption)[:MAX_CAPTION],
                name=said.name,
                began_at=now,
            )
            detail = {"photo": str(said.id), "consent": said.consent, "agreed_by": list(said.agreed_by)}
            _record(by, "begin_photo", record.id, detail)
    except IntegrityError:  # the same photo was announced in this moment
        photo = Photo.objects.get(id=said.id)
    return photo


def append_photo(*, by: Actor, now: datetime, photo_id: UUID, start: int, data: bytes) -> PhotoProgress:
    """Take the part of a photo that begins at `start`; a part that does not follow changes nothing.

    The answer says where to go on. With the last part the photo is checked by its SHA-256, stripped of what the
    camera wrote beside the picture, and attached to its record. Raises PhotoUnknown, PhotoPartWrong, PhotoDamaged
    and PhotoUnreadable.
    """
    people.check(by, Action.SUBMISSION_SEND)
    photo = Photo.objects.filter(id=photo_id, device__owner__devices=by.id).first()
    if photo is None:
        raise PhotoUnknown()
    if photo.kept_at is None and start == photo.received:
        if not data or len(data) > MAX_PART or start + len(data) > photo.size:
            raise PhotoPartWrong()
        _append(photo, start, data)
        photo = Photo.objects.get(id=photo_id)
    return _finish(by, now, photo) if photo.received == photo.size else _progress(photo)


def _append(photo: Photo, start: int, data: bytes) -> None:
    """Add a part; of two that come at the same moment the database lets one in."""
    with transaction.atomic():
        if Photo.objects.filter(id=photo.id, received=start).update(received=start + len(data)):
            PhotoPart.objects.create(photo=photo, start=start, data=data)


def _finish(by: Actor, now: datetime, photo: Photo) -> PhotoProgress:
    """Keep a photo whose bytes are all here; twice is once."""
    if photo.kept_at is not None:
        return _progress(photo)
    whole = b"".join(bytes(part.data) for part in PhotoPart.objects.filter(photo=photo).order_by("start"))
    if not whole:  # somebody else kept it in this moment
        return _progress(Photo.objects.get(id=photo.id))
    try:
        if hashlib.sha256(whole).hexdigest() != photo.sha256:
            raise PhotoDamaged()
        picture, media_type = strip_photo(whole)
    except (PhotoDamaged, PhotoUnreadable):
        _start_over(photo)
        raise
    # Stored before the transaction begins, which must be short: bytes are found by their content, not by it.
    stored = files.store_file(by=by, data=picture, media_type=media_type).sha256
    with transaction.atomic():
        # The row is held from here to the commit: of two that finish at once the second finds it kept.
        if Photo.objects.filter(id=photo.id, kept_at__isnull=True).update(received=photo.size):
            name = photo.name or f"{photo.id}.{_EXTENSIONS[media_type]}"
            attachment = _attachment(photo, name, stored, now)
            Photo.objects.filter(id=photo.id).update(kept_at=now, attachment=attachment)
            PhotoPart.objects.filter(photo=photo).delete()
            _record(by, "append_photo", photo.submission_id, {"photo": str(photo.id), "name": name})
    return _progress(Photo.objects.get(id=photo.id))


def _attachment(photo: Photo, name: str, sha256: str, now: datetime) -> Attachment:
    """Fill the place that the answers name, or add what they do not: the record's own bytes stay as they are."""
    current = Attachment.objects.filter(submission_id=photo.submission_id, name=name, replaced_at__isnull=True)
    if photo.name and current.filter(sha256__isnull=True).update(sha256=sha256):
        return current.get()
    current.update(replaced_at=now)
    return Attachment.objects.create(
        submission_id=photo.submission_id, name=name, expected=bool(photo.name), sha256=sha256
    )


def _start_over(photo: Photo) -> None:
    with transaction.atomic():
        PhotoPart.objects.filter(photo=photo).delete()
        Photo.objects.filter(id=photo.id, kept_at__isnull=True, received=F("size")).update(received=0)


def forget_unfinished_photos(*, now: datetime) -> int:
    """Drop what came of photos that have waited too long for the rest; the phone still has them. Give how many."""
    old = Photo.objects.filter(kept_at__isnull=True, began_at__lt=now - UNFINISHED_STAYS)
    with transaction.atomic():
        forgotten = list(old.values_list("id", "submission_id")[:500])
        Photo.objects.filter(id__in=[photo_id for photo_id, _ in forgotten], kept_at__isnull=True).delete()
        for photo_id, record_id in forgotten:
            _record(SYSTEM, "forget_unfinished_photos", record_id, {"photo": str(photo_id)})
    return len(forgotten)


def _progress(photo: Photo) -> PhotoProgress:
    return PhotoProgress(photo.id, photo.received, photo.sha256, photo.device_id, photo.kept_at)


def _record(by: Actor, verb: str, record_id: UUID, detail: Mapping[str, object]) -> None:
    ledger.record(by=by, verb=verb, subject="capture.Submission", subject_id=record_id, detail=detail)
