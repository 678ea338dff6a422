"""Photos of a publication: taken in with what the people in them agreed to, taken off with a reason."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.files import commands as files
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.press.commands.refusals import (
    AlternativeMissing,
    ChangedMeanwhile,
    ConsentMissing,
    PicturesFull,
    ReasonMissing,
)
from raquan.press.commands.writing import SUBJECT, load
from raquan.press.models import Picture
from raquan.press.rules import LICENCES, WIDTHS, PhotoConsent, State

MOST_PICTURES = 8


@dataclass(frozen=True, slots=True)
class PictureSaid:
    """What is said of a photo: what it shows, whose it is, what the people in it agreed to."""

    alternative: str
    caption: str
    credit: str
    licence: str
    consent: PhotoConsent
    consent_note: str = ""
    is_illustration: bool = False


def add_picture(*, by: Actor, now: datetime, publication_id: UUID, data: bytes, said: PictureSaid) -> UUID:
    """Add a photo, drawn anew in several widths without EXIF and place; the same photo again is the same one.

    Raises NotAllowed, NotFound, ChangedMeanwhile for what is withdrawn or dropped, AlternativeMissing,
    ConsentMissing, PicturesFull, PhotoUnreadable, PhotoTooLarge.
    """
    row = load(by, publication_id)
    if row.state in (State.WITHDRAWN.value, State.DROPPED.value):
        raise ChangedMeanwhile()
    alternative, caption = normalize(said.alternative)[:300], normalize(said.caption)[:300]
    credit, note = normalize(said.credit)[:200], normalize(said.consent_note)[:300]
    if not (alternative and caption and credit and said.licence in LICENCES):
        raise AlternativeMissing()
    if said.consent is PhotoConsent.AGREED and not note:
        raise ConsentMissing()
    kept = files.store_photo(by=by, data=data, widths=WIDTHS)
    standing = Picture.objects.filter(publication=row, taken_off_at__isnull=True)
    sha256 = kept[-1].sha256
    try:
        with transaction.atomic():
            if standing.exclude(sha256=sha256).count() >= MOST_PICTURES:
                raise PicturesFull(most=MOST_PICTURES)
            picture = Picture.objects.create(
                publication=row,
                sha256=sha256,
                sizes=[asdict(one) for one in kept],
                alternative=alternative,
                caption=caption,
                credit=credit,
                licence=said.licence,
                consent=said.consent.value,
                consent_note=note,
                is_illustration=said.is_illustration,
                added_at=now,
                added_by_name=by.name,
            )
            detail = {"picture": str(picture.id), "consent": said.consent.value}
            ledger.record(by=by, verb="add_picture", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:  # it stands here already
        return standing.get(sha256=sha256).id
    return picture.id


def take_off_picture(*, by: Actor, now: datetime, picture_id: UUID, reason: str) -> UUID:
    """Take a photo off, such as when a consent is taken back; its files are sent to nobody any more.

    The same again does nothing; gives the publication's id. Raises NotAllowed, NotFound, ReasonMissing.
    """
    people.check(by, Action.PRESS_WRITE)
    found = Picture.objects.filter(id=picture_id).first()
    if found is None:
        raise NotFound()
    said = normalize(reason)[:300]
    if not said:
        raise ReasonMissing()
    with transaction.atomic():
        standing = Picture.objects.filter(id=picture_id, taken_off_at__isnull=True)
        if standing.update(taken_off_at=now, taken_off_reason=said):
            detail = {"picture": str(picture_id), "reason": said}
            ledger.record(
                by=by, verb="take_off_picture", subject=SUBJECT, subject_id=found.publication_id, detail=detail
            )
    return found.publication_id
