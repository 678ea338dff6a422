"""The photos of a record, each with what the people in it agreed to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from raquan.capture.models import Attachment, Photo
from raquan.capture.queries.histories import answers_of
from raquan.capture.queries.opened import Opened, open_record
from raquan.capture.rules import AGREED_BY_NAMES, PHOTO_CONSENT_NAMES, AgreedBy, PhotoConsent
from raquan.files import queries as files
from raquan.kernel.actor import Actor

CONSENT = "_consent"
ILLUSTRATION = "_illustration"
"""A form that asks for a photo asks for consent, and for the flag, in questions of its name with these ends."""


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of a record; `consent_name` is "" where nobody was asked, `agreed_by` names who agreed."""

    name: str
    address: str
    caption: str
    consent: str
    consent_name: str
    agreed_by: tuple[str, ...]
    is_illustration: bool


@dataclass(frozen=True, slots=True)
class RecordPhotos:
    """The photos of a record through all its corrections, and how many are still on their way."""

    photos: tuple[PhotoView, ...]
    awaited: int

    @property
    def names(self) -> frozenset[str]:
        """Give the names of the attachments that are shown as photos."""
        return frozenset(one.name for one in self.photos)


def photos_of(actor: Actor, submission_id: UUID) -> RecordPhotos:
    """Give a record's photos; raises NotFound, or NotAllowed where the record is not the actor's."""
    return photos_of_opened(open_record(actor, submission_id))


def photos_of_opened(opened: Opened) -> RecordPhotos:
    """Give an opened record's photos, in three queries."""
    record = opened.record
    # Sent along after a record was corrected, or before: a photo belongs to all its versions.
    family = [one.id for one in opened.versions]
    found = Attachment.objects.filter(
        Q(submission_id=record.id) | Q(submission_id__in=family, photo__isnull=False),
        sha256__isnull=False,
        replaced_at__isnull=True,
    )
    rows = list(found.select_related("photo").order_by("id"))
    kinds = files.media_types({row.sha256 for row in rows if row.sha256})
    said = dict(_beside(answers_of(record)))
    return RecordPhotos(
        photos=tuple(_view(row, said) for row in rows if kinds.get(row.sha256 or "", "").startswith("image/")),
        awaited=Photo.objects.filter(submission_id__in=family, kept_at__isnull=True).count(),
    )


def _view(row: Attachment, said: Mapping[str, tuple[str, bool]]) -> PhotoView:
    photo: Photo | None = getattr(row, "photo", None)
    consent, is_illustration = said.get(row.name, ("", False))
    if photo is not None and photo.consent != PhotoConsent.IN_ANSWERS:
        consent, is_illustration = photo.consent, photo.is_illustration
    known = consent in set(PhotoConsent)
    return PhotoView(
        name=row.name,
        address=files.download_address(row.sha256 or "", name=row.name),
        caption=photo.caption if photo else "",
        consent=consent if known else "",
        consent_name=gettext(PHOTO_CONSENT_NAMES[PhotoConsent(consent)]) if known else "",
        agreed_by=tuple(gettext(AGREED_BY_NAMES[AgreedBy(one)]) for one in photo.agreed_by) if photo else (),
        is_illustration=is_illustration,
    )


def _beside(answers: Any) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Give what stands beside each file's name in the answers: the consent, and whether it only illustrates."""
    if isinstance(answers, list):
        for one in answers:
            yield from _beside(one)
    elif isinstance(answers, dict):
        for name, value in answers.items():
            consent = answers.get(name + CONSENT)
            if isinstance(value, str) and value and isinstance(consent, str):
                yield value, (consent, answers.get(name + ILLUSTRATION) == "yes")
            else:
                yield from _beside(value)
