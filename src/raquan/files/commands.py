"""Stores files by what they hold."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.db import IntegrityError, transaction

from raquan.files import gateways
from raquan.files.models import Blob
from raquan.files.rules import DEFAULT_MEDIA_TYPE, MEDIA_TYPE, storage_name
from raquan.kernel.actor import Actor
from raquan.ledger.commands import record


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file: its SHA-256 (hexadecimal), its size in bytes and its media type."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """A stored photo in one width: pixels, its SHA-256 (hexadecimal), its size in bytes."""

    width: int
    height: int
    sha256: str
    size: int


def store_photo(*, by: Actor, data: bytes, widths: Sequence[int]) -> tuple[PhotoSize, ...]:
    """Store a photo in widths (pixels, rising), the narrowest first, never wider than it is.

    Drawn anew as JPEG: what the camera wrote beside the picture is gone, its side is up; the photo as it was sent is
    not kept. Raises PhotoUnreadable, PhotoTooLarge.
    """
    kept = ((one, store_file(by=by, data=one.data, media_type="image/jpeg")) for one in gateways.sized(data, widths))
    return tuple(PhotoSize(one.width, one.height, ref.sha256, ref.size) for one, ref in kept)


def store_file(*, by: Actor, data: bytes | BinaryIO, media_type: str = DEFAULT_MEDIA_TYPE) -> FileRef:
    """Store a file and give its reference; the same bytes again are the same file.

    A media type that is none becomes "some bytes"; the first one that a content came with stays.
    The bytes are durable before the row is written: a row never names bytes that are not there.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(1024 * 1024):
        digest.update(chunk)
        size += len(chunk)
    source.seek(0)
    sha256 = digest.hexdigest()
    gateways.keep(storage_name(sha256), source)  # also where a row is known: its bytes may have been lost
    media_type = media_type if MEDIA_TYPE.fullmatch(media_type) else DEFAULT_MEDIA_TYPE
    known = Blob.objects.filter(sha256=sha256).first()
    if known is None:
        try:
            with transaction.atomic():
                Blob.objects.create(sha256=sha256, size=size, media_type=media_type)
                record(by=by, verb="store_file", subject="files.Blob", subject_id=sha256)
        except IntegrityError:  # another request stored the same bytes in this moment
            known = Blob.objects.get(sha256=sha256)
    return FileRef(sha256, size, known.media_type if known else media_type)
