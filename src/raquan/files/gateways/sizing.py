"""Makes a photo small: several widths, upright, without anything that the camera wrote beside the picture."""

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from raquan.files.rules import MAX_PHOTO, PhotoTooLarge, PhotoUnreadable, widths_of

QUALITY = 74
MOST_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class Sized:
    """A photo in one width, as JPEG."""

    width: int
    height: int
    data: bytes


def sized(data: bytes, widths: Sequence[int]) -> tuple[Sized, ...]:
    """Give a photo in widths (pixels, rising), never wider than it is; EXIF and place are gone, its side is up.

    Raises PhotoUnreadable, PhotoTooLarge.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MAX_PHOTO:
        raise PhotoTooLarge()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PhotoTooLarge()
                picture = ImageOps.exif_transpose(opened)
                if picture.has_transparency_data:  # what lies behind it is paper
                    paper = Image.new("RGBA", picture.size, "white")
                    picture = Image.alpha_composite(paper, picture.convert("RGBA"))
                picture = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PhotoUnreadable() from error
    return tuple(_drawn(picture, widths))


def _drawn(picture: "object", widths: Sequence[int]) -> Iterator[Sized]:
    from PIL import Image

    assert isinstance(picture, Image.Image)  # noqa: S101 - tells the type checker
    for width in widths_of(picture.width, widths):
        height = max(1, round(picture.height * width / picture.width))
        small = Image.new("RGB", (width, height))
        small.paste(picture.resize((width, height), Image.Resampling.LANCZOS))
        written = io.BytesIO()
        small.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        yield Sized(width, height, written.getvalue())
