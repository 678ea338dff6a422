"""Our own font for pictures that are drawn on the server: its files, its sizes, lines that fit a width."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FOLDER = Path(__file__).resolve().parent / "front" / "src" / "fonts"
"""Both weights as WOFF2 for pages, and as TrueType for what sets type."""

REGULAR, BOLD = FOLDER / "be-vietnam-pro-400.woff2", FOLDER / "be-vietnam-pro-600.woff2"


@lru_cache(maxsize=32)
def font(size: int, *, bold: bool = False) -> FreeTypeFont:
    """Load our font in a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(str(BOLD if bold else REGULAR), size)


def wrapped(text: str, face: FreeTypeFont, width: int) -> list[str]:
    """Break a text into lines of at most `width` pixels between words, or within an address that is wider."""
    lines = [""]
    for word in (piece for whole in text.split() for piece in _pieces(whole, face, width)):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and face.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _pieces(word: str, face: FreeTypeFont, width: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and face.getlength(piece + letter) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
