"""The routes by which a phone sends photos, in parts, after their records."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from raquan.capture import commands as capture
from raquan.capture.commands import PhotoProgress
from raquan.capture.rules import MAX_PART
from raquan.field import shapes
from raquan.field.entry import field_route, read_bytes, read_json
from raquan.ledger.commands import sign_receipt
from raquan.ui.http import Request


@field_route("POST")
def begin(request: Request, photo_id: UUID) -> HttpResponse:
    """Announce a photo, or ask where to go on with it."""
    said = shapes.read_photo(photo_id, read_json(request))
    return _answer(capture.begin_photo(by=request.actor, now=request.now, said=said), request.now)


@field_route("POST")
def append(request: Request, photo_id: UUID, start: int) -> HttpResponse:
    """Take a part of a photo; a receipt comes with the last."""
    data = read_bytes(request, MAX_PART)
    done = capture.append_photo(by=request.actor, now=request.now, photo_id=photo_id, start=start, data=data)
    return _answer(done, request.now)


def _answer(progress: PhotoProgress, now: datetime) -> HttpResponse:
    receipt = None
    if progress.kept_at is not None:
        receipt = sign_receipt(
            record_id=str(progress.id),
            sha256=progress.sha256,
            received_at=progress.kept_at,
            device_id=progress.device_id,
        )
    said = {
        "id": str(progress.id),
        "offset": progress.offset,
        "receipt": receipt,
        "server_time": now.isoformat(timespec="milliseconds"),
    }
    return JsonResponse(said)
