"""Draws the quick report as a picture that can be read on a phone and sent in a message."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from raquan.rounds.rules import QuickFacts
from raquan.ui.fonts import BOLD, REGULAR

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, MARGIN, GAP = 1080, 64, 20
MOST_NAMED = 8
INK, SOFT, PAPER, CARD, BRAND, WARN = "#1c2522", "#535d59", "#ffffff", "#eff4f1", "#0b5f4b", "#9a3412"


@dataclass(slots=True)
class _Pen:
    """Writes downward on a picture; without one it only measures."""

    draw: ImageDraw
    y: int = MARGIN

    def font(self, size: int, *, bold: bool = False) -> FreeTypeFont:
        from PIL import ImageFont

        return ImageFont.truetype(str(BOLD if bold else REGULAR), size)

    def write(self, text: str, size: int, *, bold: bool = False, color: str = INK, gap: int = GAP) -> None:
        font = self.font(size, bold=bold)
        for line in wrapped(self.draw, text, font, WIDTH - 2 * MARGIN):
            self.draw.text((MARGIN, self.y), line, font=font, fill=color)
            self.y += round(size * 1.35)
        self.y += gap

    def row(self, name: str, value: str) -> None:
        """Write a figure: its name, and its value large beneath, on a card."""
        height = 168
        self.draw.rounded_rectangle((MARGIN, self.y, WIDTH - MARGIN, self.y + height), 16, fill=CARD)
        self.draw.text((MARGIN + 32, self.y + 20), name, font=self.font(34), fill=SOFT)
        self.draw.text((MARGIN + 32, self.y + 68), value, font=self.font(64, bold=True), fill=BRAND)
        self.y += height + GAP


def draw_quick(facts: QuickFacts) -> bytes:
    """Give the quick report as PNG, 1,080 pixels wide and as high as it needs; the same facts give the same bytes."""
    from PIL import Image, ImageDraw

    measure = _Pen(ImageDraw.Draw(Image.new("RGB", (WIDTH, 1))))
    _compose(measure, facts)
    picture = Image.new("RGB", (WIDTH, measure.y + MARGIN - GAP), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 14), fill=BRAND)
    _compose(_Pen(draw), facts)
    drawn = io.BytesIO()
    picture.quantize(64).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def wrapped(draw: ImageDraw, text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Break a text into lines of a width between words; a word that is longer stands alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and draw.textlength(longer, font=font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _compose(pen: _Pen, facts: QuickFacts) -> None:
    if facts.synthetic:
        pen.write("SỐ LIỆU MÔ PHỎNG, KHÔNG CÓ THẬT", 38, bold=True, color=WARN)
    pen.write("BÁO CÁO NHANH", 58, bold=True, color=BRAND, gap=0)
    pen.write(facts.title[:150], 42, bold=True, gap=4)
    pen.write(facts.period, 36, color=SOFT)
    for name, value in facts.figures:
        pen.row(name, value)
    pen.write(f"Đã duyệt {facts.approved}/{facts.units} đơn vị, chờ duyệt {facts.submitted}.", 38)
    if facts.behind:
        rest = len(facts.behind) - MOST_NAMED
        names = "; ".join(facts.behind[:MOST_NAMED]) + (f" và {rest} đơn vị khác" if rest > 0 else "")
        pen.write(f"Chưa nộp ({len(facts.behind)}): {names}.", 36, color=WARN)
    pen.write(facts.as_of[:150], 32, color=SOFT)
