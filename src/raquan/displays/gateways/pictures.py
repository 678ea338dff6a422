"""Tells whether a picture is one that was approved: by its bytes, by PDQ's hash, then patch by patch."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Any

from raquan.displays.rules import Likeness, Match, Way

MOST_PIXELS = 40_000_000
FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]
_LONGEST, _CELL = 640, 6
_SMALL = 480
LEAST_SIDE = 80
"""Smaller pictures are icons: nothing can be read on them."""


@dataclass(frozen=True, slots=True)
class Known:
    """A picture that was approved, as others are compared with it: its SHA-256 and hash, and itself in gray."""

    sha256: str
    bits: Any
    gray: Any


def know(data: bytes) -> Known | None:
    """Read an approved picture; None for one that cannot be decoded."""
    picture = _opened(data)
    if picture is None:
        return None
    return Known(hashlib.sha256(data).hexdigest(), _bits(picture), picture.convert("L"))


def compare(data: bytes, known: Known, url: str = "") -> Match | None:
    """Compare a picture of a page with an approved one; None for another picture, or none at all."""
    if hashlib.sha256(data).hexdigest() == known.sha256:
        return Match(Way.SAME_FILE, url, 0, 0.0, small_copy(data))
    picture = _opened(data)
    if picture is None or min(picture.size) < LEAST_SIDE:
        return None
    wide, high = known.gray.size
    if not 0.97 < (picture.width / picture.height) / (wide / high) < 1.03:
        return None
    distance = int((_bits(picture) != known.bits).sum())
    likeness = Likeness(distance, _difference(known.gray, picture), max(picture.size) / max(wide, high))
    way = likeness.way
    return Match(way, url, distance, round(likeness.difference, 1), small_copy(data)) if way else None


def small_copy(data: bytes) -> bytes:
    """Give a small JPEG of a picture, drawn anew; empty for one that cannot be decoded."""
    picture = _opened(data)
    if picture is None:
        return b""
    picture.thumbnail((_SMALL, _SMALL))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=70, optimize=True)
    return written.getvalue()


def _opened(data: bytes) -> Any:
    """Decode a picture under limits, on white where it is transparent; None where that cannot be."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return None
                opened.draft("RGB", (_LONGEST * 4, _LONGEST * 4))
                with_alpha = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    white = Image.new("RGBA", with_alpha.size, "white")
    return Image.alpha_composite(white, with_alpha).convert("RGB")


def _bits(picture: Any) -> Any:
    """Give PDQ's 256 bits."""
    import numpy
    import pdqhash

    bits, _quality = pdqhash.compute(numpy.asarray(picture))
    return bits


def _difference(known: Any, picture: Any) -> float:
    """Give how much the patch that differs most differs, 0 to 255, at the smaller of both sizes."""
    import numpy
    from PIL import Image, ImageChops, ImageFilter

    scale = min(1.0, _LONGEST / max(picture.size))
    size = tuple(max(_CELL, round(side * scale)) for side in picture.size)
    both = [
        one.convert("L").resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.BoxBlur(1))
        for one in (known, picture)
    ]
    values = numpy.asarray(ImageChops.difference(*both), dtype=float)
    rows, columns = values.shape[0] // _CELL, values.shape[1] // _CELL
    patches = values[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL).mean((1, 3))
    return float(patches.max())
