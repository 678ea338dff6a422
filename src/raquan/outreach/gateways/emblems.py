"""Reads an emblem that an office sends, and draws it anew."""

import base64
import io
import warnings

from raquan.kernel.refused import N_, Refused

MAX_EMBLEM = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
WIDEST = 1000


class EmblemUnreadable(Refused):
    """It is no PNG of a sensible size."""

    code = "outreach.emblem"
    message = N_("Biểu trưng phải là ảnh PNG, tối đa 2 MB; nền trong thì đẹp hơn.")


def clean_emblem(data: bytes) -> bytes:
    """Give an emblem as a PNG of at most 1,000 pixels a side, without anything that stood beside the picture.

    Raises EmblemUnreadable.
    """
    from PIL import Image, UnidentifiedImageError

    if len(data) > MAX_EMBLEM:
        raise EmblemUnreadable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise EmblemUnreadable()
                picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise EmblemUnreadable() from error
    picture.thumbnail((WIDEST, WIDEST))
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def as_svg(png: bytes) -> str:
    """Wrap a PNG in SVG: what draws artwork takes texts."""
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))  # IHDR (PNG, 11.2.2)
    data = base64.b64encode(png).decode()
    picture = f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{picture}</svg>'
