"""Photos of a booth: its enterprise or the organizer adds them with consent; they are taken off and sent no more."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.exhibitions.commands.applying import SUBJECT
from raquan.exhibitions.commands.arranging import tell_enterprise
from raquan.exhibitions.commands.refusals import (
    CaptionMissing,
    PhotoConsentMissing,
    PhotosClosed,
    PhotosFull,
    ReasonMissing,
)
from raquan.exhibitions.models import BoothApplication, BoothPhoto
from raquan.exhibitions.queries.exhibitions import applies, manages
from raquan.exhibitions.rules import MOST_PHOTOS, PHOTO_WIDTHS, ApplicationState, ExhibitionState, takes_photos
from raquan.files import commands as files
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger


@dataclass(frozen=True, slots=True)
class PhotoSaid:
    """What is said of a photo: its caption, and that the people in it agreed (rules.PHOTO_CONSENT)."""

    caption: str
    agrees: bool


def add_booth_photo(*, by: Actor, now: datetime, application_id: UUID, data: bytes, said: PhotoSaid) -> UUID:
    """Add a photo to a booth and give its id; the same photo again is the same one.

    It is drawn anew in PHOTO_WIDTHS without anything that the camera wrote beside the picture. Raises NotFound,
    NotAllowed, PhotosClosed, CaptionMissing, PhotoConsentMissing, PhotosFull, PhotoUnreadable, PhotoTooLarge.
    """
    booth = _load(by, application_id)
    if booth.state != ApplicationState.ALLOCATED.value or not _is_on(booth, now):
        raise PhotosClosed()
    caption = normalize(said.caption)[:200]
    if not caption:
        raise CaptionMissing()
    if not said.agrees:
        raise PhotoConsentMissing()
    sizes = files.store_photo(by=by, data=data, widths=PHOTO_WIDTHS)
    standing = booth.photos.filter(taken_off_at__isnull=True)
    try:
        with transaction.atomic():
            BoothApplication.objects.select_for_update().get(id=booth.id)  # of two at once one is the seventh
            if standing.exclude(sha256=sizes[-1].sha256).count() >= MOST_PHOTOS:
                raise PhotosFull(most=MOST_PHOTOS)
            made = booth.photos.create(
                sha256=sizes[-1].sha256,
                sizes=[asdict(one) for one in sizes],
                caption=caption,
                added_at=now,
                added_by_name=by.name,
            )
            detail = {"photo": str(made.id), "caption": caption}
            ledger.record(by=by, verb="add_booth_photo", subject=SUBJECT, subject_id=booth.id, detail=detail)
    except IntegrityError:  # it stands here already
        return standing.get(sha256=sizes[-1].sha256).id
    return made.id


def take_off_booth_photo(*, by: Actor, now: datetime, photo_id: UUID, reason: str = "") -> UUID:
    """Take a photo off a booth and give the application's id; its files are sent to nobody any more.

    The enterprise need not say why and may until the exhibition is over, the organizer says why and may always. The
    same again does nothing. Raises NotFound, NotAllowed, ReasonMissing, PhotosClosed.
    """
    photo = BoothPhoto.objects.filter(id=photo_id).first()
    if photo is None:
        raise NotFound()
    booth, why = _load(by, photo.application_id), normalize(reason)[:300]
    is_organizer = manages(by, booth.exhibition.organization_id)
    if is_organizer and not why:
        raise ReasonMissing()
    if not is_organizer and not _is_on(booth, now):
        raise PhotosClosed()
    with transaction.atomic():
        standing = booth.photos.filter(id=photo_id, taken_off_at__isnull=True)
        if standing.update(taken_off_at=now, taken_off_reason=why):
            detail = {"photo": str(photo_id), "reason": why}
            ledger.record(by=by, verb="take_off_booth_photo", subject=SUBJECT, subject_id=booth.id, detail=detail)
            if is_organizer:
                text = N_("Đơn vị tổ chức đã gỡ ảnh “{caption}” khỏi gian hàng. Lý do: {why}")
                tell_enterprise(booth, now, text, {"caption": photo.caption, "why": why}, what=f"photo.{photo_id}")
    return booth.id


def _load(by: Actor, application_id: UUID) -> BoothApplication:
    """Give a booth to its enterprise or to the organizer of its exhibition."""
    found = BoothApplication.objects.filter(id=application_id).select_related("exhibition").first()
    if found is None:
        raise NotFound()
    if not (applies(by, found.organization_id) or manages(by, found.exhibition.organization_id)):
        raise NotAllowed()
    return found


def _is_on(booth: BoothApplication, now: datetime) -> bool:
    held = booth.exhibition
    return takes_photos(ExhibitionState(held.state), held.ends_on, local_date(now))
