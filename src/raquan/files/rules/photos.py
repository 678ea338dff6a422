"""Takes out of a photo what the camera wrote beside the picture: place, time, owner."""

import struct
from collections.abc import Iterator, Sequence

from raquan.kernel.refused import N_, Refused

MAX_PHOTO = 12 * 1024 * 1024
JPEG, PNG = "image/jpeg", "image/png"

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_DRAWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"})
_ORIENTATION = 0x0112


class PhotoUnreadable(Refused):
    """Not a JPEG or PNG, or one that breaks off."""

    code = "photo.unreadable"
    message = N_("Không đọc được ảnh này. Hãy gửi ảnh JPEG hoặc PNG.")


class PhotoTooLarge(Refused):
    """Over MAX_PHOTO."""

    code = "photo.too_large"
    message = N_("Ảnh quá lớn (hơn 12 MB).")
    status = 413


def widths_of(width: int, widths: Sequence[int]) -> tuple[int, ...]:
    """Give the widths of `widths` (pixels, rising) that a photo of a width is kept in: never wider than it is."""
    most = min(width, widths[-1])
    return (*(one for one in widths if one < most), most)


def strip_photo(data: bytes, most: int = MAX_PHOTO) -> tuple[bytes, str]:
    """Give a photo without its metadata, and its media type; which side is up is kept."""
    if len(data) > most:
        raise PhotoTooLarge()
    try:
        if data.startswith(b"\xff\xd8"):
            return b"".join(_jpeg(data)), JPEG
        if data.startswith(_PNG_START):
            return b"".join(_png(data)), PNG
    except (struct.error, IndexError) as error:
        raise PhotoUnreadable() from error
    raise PhotoUnreadable()


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Keep what draws the picture (JPEG standard ITU T.81, B.1), up to its end and no further."""
    yield b"\xff\xd8"
    at = 2
    while True:
        if data[at] != 0xFF:
            raise PhotoUnreadable()
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        (size,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + size]
        if len(segment) != 2 + size or size < 2:
            raise PhotoUnreadable()
        at += 2 + size
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0" and (turned := _orientation(segment[10:])):
            yield _exif(turned)
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):  # what applications add, and comments
            yield segment
        if marker == 0xDA:
            end = _scan_end(data, at)
            yield data[at:end]
            at = end


def _scan_end(data: bytes, at: int) -> int:
    """Find the marker that ends the coded picture: not a stuffed zero, not a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise PhotoUnreadable()
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 2 if data[at + 1] != 0xFF else 1


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    (entries,) = struct.unpack_from(f"{order}H", tiff, at)
    for number in range(entries):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * number)
        if tag == _ORIENTATION:
            return int(value) if 2 <= value <= 8 else 0
    return 0


def _exif(orientation: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_START
    at = len(_PNG_START)
    while True:
        size, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + size]
        if len(chunk) != 12 + size:
            raise PhotoUnreadable()
        at += 12 + size
        if kind in _PNG_DRAWN:
            yield chunk
        if kind == b"IEND":
            return
