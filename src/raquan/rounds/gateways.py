"""Draws the quick report as a picture that can be read on a phone and sent in a message."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from raquan.rounds.rules import QuickFacts
from raquan.ui.fonts import font, wrapped

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDTH, MARGIN, GAP = 1080, 64, 20
STEPS = 16
MOST_NAMED = 8
INK, SOFT, PAPER, CARD, BRAND, WARN = "#1c2522", "#535d59", "#ffffff", "#eff4f1", "#0b5f4b", "#9a3412"


@dataclass(slots=True)
class _Pen:
    """Writes downward on a picture; without one it only measures."""

    draw: ImageDraw | None = None
    y: int = MARGIN

    def write(self, text: str, size: int, *, bold: bool = False, color: str = INK, gap: int = GAP) -> None:
        face = font(size, bold=bold)
        for line in wrapped(text, face, WIDTH - 2 * MARGIN):
            if self.draw:
                self.draw.text((MARGIN, self.y), line, font=face, fill=color)
            self.y += round(size * 1.35)
        self.y += gap

    def row(self, name: str, value: str) -> None:
        """Write a figure: its name, and its value large beneath, on a card."""
        height = 168
        if self.draw:
            self.draw.rounded_rectangle((MARGIN, self.y, WIDTH - MARGIN, self.y + height), 16, fill=CARD)
            self.draw.text((MARGIN + 32, self.y + 20), name, font=font(34), fill=SOFT)
            self.draw.text((MARGIN + 32, self.y + 68), value, font=font(64, bold=True), fill=BRAND)
        self.y += height + GAP


def draw_quick(facts: QuickFacts) -> bytes:
    """Give the quick report as PNG, 1,080 pixels wide and as high as it needs; the same facts give the same bytes."""
    return _drawn(replace(facts, figures=tuple(facts.figures), behind=tuple(facts.behind)))


@lru_cache(maxsize=32)  # some 40 KB each; a link that was shared is opened by many
def _drawn(facts: QuickFacts) -> bytes:
    from PIL import Image, ImageDraw

    measure = _Pen()
    _compose(measure, facts)
    picture = Image.new("RGB", (WIDTH, measure.y + MARGIN - GAP), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 14), fill=BRAND)
    _compose(_Pen(draw), facts)
    drawn = io.BytesIO()
    picture.quantize(palette=_palette(), dither=Image.Dither.NONE).save(drawn, "PNG")
    return drawn.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image:
    """Give the colors and the steps between a letter and its ground: to look for the best ones takes long."""
    from PIL import Image, ImageColor

    def steps(ground: str, ink: str) -> Iterator[int]:
        ends = list(zip(ImageColor.getrgb(ground), ImageColor.getrgb(ink), strict=True))
        return (a + (b - a) * step // (STEPS - 1) for step in range(STEPS) for a, b in ends)

    found = Image.new("P", (1, 1))
    pairs = [(ground, ink) for ground in (PAPER, CARD) for ink in (INK, SOFT, BRAND, WARN)]
    found.putpalette([part for pair in pairs for part in steps(*pair)])
    return found


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
