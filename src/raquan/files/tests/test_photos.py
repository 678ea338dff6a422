"""Photos lose what the camera wrote beside the picture, and nothing of the picture."""

import io
import struct

import pytest
from PIL import Image

from raquan.files.gateways import sized
from raquan.files.rules.photos import MAX_PHOTO, PhotoTooLarge, PhotoUnreadable, strip_photo


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int) -> bytes:
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack("<HHII", 0x8825, 4, 1, 999)
    return segment(0xE1, b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + b"\0\0\0\0 12.67N 108.03E")


QUANTA, FRAME = segment(0xDB, b"q" * 65), segment(0xC2, b"f" * 9)
SCANS = segment(0xDA, b"s" * 6) + b"ab\xff\x00cd\xff\xd1ef" + segment(0xC4, b"h" * 9) + segment(0xDA, b"t") + b"gh"


def jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(segments) + QUANTA + FRAME + SCANS + b"\xff\xd9" + after


def test_place_and_owner_go_and_the_picture_stays() -> None:
    photo = jpeg(exif(1), segment(0xED, b"owner"), segment(0xFE, b"comment"), after=b"\xff\xe1 a second picture")
    assert strip_photo(photo) == (jpeg(), "image/jpeg")


def test_which_side_is_up_is_kept() -> None:
    data, _ = strip_photo(jpeg(exif(6)))
    assert b"108.03E" not in data
    assert b"Exif" in data
    assert strip_photo(data)[0] == data


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8", jpeg()[:-9], b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_whole_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        strip_photo(data)


def test_a_huge_one_is_refused() -> None:
    with pytest.raises(PhotoTooLarge):
        strip_photo(b"\xff\xd8" + bytes(MAX_PHOTO))


def test_what_is_transparent_becomes_paper() -> None:
    drawing = io.BytesIO()
    Image.new("RGBA", (300, 150), (0, 0, 0, 0)).save(drawing, "PNG")
    (small, whole) = sized(drawing.getvalue(), (100, 1000))
    assert [(one.width, one.height) for one in (small, whole)] == [(100, 50), (300, 150)]
    assert Image.open(io.BytesIO(small.data)).getpixel((50, 25)) == (255, 255, 255)
