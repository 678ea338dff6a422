"""Draws the picture of a public page that is sent on in messages: words, a QR code, what protects people."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from raquan.ui.fonts import font, wrapped

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""In pixels: the form that Zalo, Facebook and others show large (1.91 to 1)."""

MARGIN, BAND, STRIP, SIGN = 56, 104, 92, 296
COLUMN = WIDTH - 3 * MARGIN - SIGN
PAPER, INK, QUIET, BRAND, WARN, MIST = "#fbfaf7", "#1b1f23", "#4a5158", "#0b5d4e", "#a4262c", "#fdf1d3"
TITLE_SIZES = (58, 52, 46, 40, 36)
MOST_TITLE_LINES = 3
COLORS = 48


@dataclass(frozen=True, slots=True)
class Handbill:
    """What the picture says, in the reader's language; `address` is what its QR code leads to.

    `warning` stands in the place of `when`, where nobody should come any more; `code` is "" where the page has none.
    """

    kind: str
    owner: str
    title: str
    when: str
    where: str
    what: str
    code: str
    scan: str
    address: str
    promise: str
    synthetic: str = ""
    warning: str = ""


@lru_cache(maxsize=128)  # kept pages are built again each minute, and the words have seldom changed
def draw_handbill(bill: Handbill) -> bytes:
    """Give the picture as PNG, WIDTH x HEIGHT; the same words give the same bytes."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    _band(draw, bill)
    _words(draw, bill)
    _sign(draw, bill)
    _strip(draw, bill)
    drawn = io.BytesIO()
    picture.quantize(COLORS).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _band(draw: ImageDraw, bill: Handbill) -> None:
    draw.rectangle((0, 0, WIDTH, BAND), fill=BRAND)
    draw.text((MARGIN, BAND // 2), bill.kind, font=font(42, bold=True), fill="#ffffff", anchor="lm")
    draw.text((WIDTH - MARGIN, BAND // 2), bill.owner, font=font(30), fill="#ffffff", anchor="rm")


def _words(draw: ImageDraw, bill: Handbill) -> None:
    size = _title_size(bill.title)
    parts = [(bill.title, size, True, INK, MOST_TITLE_LINES)]
    if bill.warning:
        parts.append((bill.warning, 42, True, WARN, 2))
    elif bill.when:
        parts.append((bill.when, 42 if len(bill.when) < 40 else 32, True, BRAND, 2))
    parts += [(bill.where, 32, False, INK, 2), (bill.what, 32, False, QUIET, 3)]
    y, last = BAND + 28, HEIGHT - STRIP - 12
    for text, high, bold, color, most in parts:
        step, face = round(high * 1.4), font(high, bold=bold)
        for line in _fitted(text, face, min(most, (last - y) // step)):
            draw.text((MARGIN, y), line, font=face, fill=color)
            y += step
        y += 6


def _title_size(text: str) -> int:
    """Choose the largest size in which a title takes two lines, or three of the smaller ones."""
    for size in TITLE_SIZES:
        if len(wrapped(text, font(size, bold=True), COLUMN)) <= (2 if size > TITLE_SIZES[2] else MOST_TITLE_LINES):
            return size
    return TITLE_SIZES[-1]


def _fitted(text: str, face: FreeTypeFont, most: int) -> list[str]:
    """Break a text into lines of the column, at most so many; the last says that there is more."""
    lines = wrapped(text, face, COLUMN) if text and most > 0 else []
    if len(lines) <= most:
        return lines
    words = lines[most - 1].split()
    while len(words) > 1 and face.getlength(" ".join(words) + "…") > COLUMN:
        words.pop()
    return [*lines[: most - 1], " ".join(words).rstrip(",;:") + "…"]


def _sign(draw: ImageDraw, bill: Handbill) -> None:
    import segno

    left, top = WIDTH - MARGIN - SIGN, BAND + 36
    draw.rectangle((left, top, left + SIGN, top + SIGN), fill="#ffffff")
    rows = list(segno.make_qr(bill.address, error="m").matrix_iter(border=2))
    dot = SIGN // len(rows)
    start = (SIGN - dot * len(rows)) // 2
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                at = left + start + x * dot, top + start + y * dot
                draw.rectangle((*at, at[0] + dot - 1, at[1] + dot - 1), fill=INK)
    middle = left + SIGN // 2
    beneath = [(bill.scan, 26, False), *([(bill.code, 34, True)] if bill.code else ())]
    for number, (text, size, bold) in enumerate(beneath):
        draw.text((middle, top + SIGN + 28 + number * 40), text, font=font(size, bold=bold), fill=INK, anchor="mm")


def _strip(draw: ImageDraw, bill: Handbill) -> None:
    draw.rectangle((0, HEIGHT - STRIP, WIDTH, HEIGHT), fill=MIST)
    lines = [bill.promise, *([bill.synthetic] if bill.synthetic else ())]
    for number, text in enumerate(lines):
        y = HEIGHT - STRIP // 2 + round((number - (len(lines) - 1) / 2) * 38)
        draw.text((MARGIN, y), text, font=font(28, bold=number > 0), fill=WARN if number else INK, anchor="lm")
