"""Photos of booths: on their pages, and which file an address means."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from raquan.exhibitions.models import BoothPhoto
from raquan.exhibitions.queries.applications import application
from raquan.exhibitions.queries.shapes import ApplicationView, PhotoFile, PhotoView
from raquan.exhibitions.rules import SHOWN, ApplicationState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound


def booth_photos(view: ApplicationView) -> tuple[PhotoView, ...]:
    """List the photos that everybody may see of a booth, in the order in which they came; none unless it is shown."""
    if not view.is_shown:
        return ()
    rows = BoothPhoto.objects.filter(application_id=view.id, taken_off_at__isnull=True)
    return _views(rows.order_by("added_at", "id"), f"/{view.year}/booths/photos")


def every_booth_photo(view: ApplicationView) -> tuple[PhotoView, ...]:
    """List all photos of a booth for its enterprise and its organizer, those that were taken off too."""
    rows = BoothPhoto.objects.filter(application_id=view.id).order_by("added_at", "id")
    return _views(rows, "/desk/exhibitions/photos")


def public_photo_file(year: int, photo_id: UUID, width: int) -> str:
    """Give the SHA-256 of a photo's file while its booth is shown. Raises NotFound."""
    shown = BoothPhoto.objects.filter(
        taken_off_at__isnull=True,
        application__state=ApplicationState.ALLOCATED.value,
        application__exhibition__state__in=[one.value for one in SHOWN],
        application__exhibition__campaign__year=year,
    )
    return _file(shown.filter(id=photo_id).first(), width)


def photo_file(actor: Actor, photo_id: UUID, width: int, *, now: datetime) -> str:
    """Give the SHA-256 of a photo's file to its enterprise or its organizer. Raises NotFound, NotAllowed."""
    found = BoothPhoto.objects.filter(id=photo_id).first()
    if found is None:
        raise NotFound()
    application(actor, found.application_id, now=now)
    return _file(found, width)


def _file(found: BoothPhoto | None, width: int) -> str:
    sizes = found.sizes if found else []
    sha256 = next((str(one["sha256"]) for one in sizes if one["width"] == width), "")
    if not sha256:
        raise NotFound()
    return sha256


def _views(rows: QuerySet[BoothPhoto], start: str) -> tuple[PhotoView, ...]:
    return tuple(
        PhotoView(
            id=row.id,
            files=tuple(
                PhotoFile(one["width"], one["height"], f"{start}/{row.id}-{one['width']}.jpg") for one in row.sizes
            ),
            caption=row.caption,
            added_at=row.added_at,
            added_by_name=row.added_by_name,
            taken_off_at=row.taken_off_at,
            taken_off_reason=row.taken_off_reason,
        )
        for row in rows
    )
