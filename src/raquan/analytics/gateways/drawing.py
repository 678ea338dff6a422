"""Writes figures as pictures and workbooks: the libraries for these are used nowhere else in the room."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from raquan.analytics.rules import Figure, FigureRow, Number
from raquan.kernel.localized import in_language
from raquan.kernel.numbers import format_number
from raquan.ui.fonts import font, wrapped

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, MARGIN, ROW = 1080, 56, 76
MOST_BARS = 15
INK, SOFT, TRACK, BRAND = "#1c2522", "#535d59", "#e3eae6", "#0b5f4b"


def figure_png(figure: Figure, lines: Sequence[str], *, language: str = "vi") -> bytes:
    """Draw a figure's greatest rows as bars, 1,080 pixels wide; the same figure gives the same bytes."""
    from PIL import Image, ImageDraw

    rows = [row for row in figure.rows if row.value is not None][:MOST_BARS]
    title = f"{in_language(figure.measure.name, language)} ({in_language(figure.measure.unit, language)})"
    heading = wrapped(title, font(40, bold=True), WIDTH - 2 * MARGIN)
    beneath = [piece for line in lines for piece in wrapped(line, font(24), WIDTH - 2 * MARGIN)]
    height = MARGIN + len(heading) * 54 + 16 + len(rows) * ROW + 16 + len(beneath) * 34 + MARGIN
    picture = Image.new("RGB", (WIDTH, height), "#ffffff")
    draw = ImageDraw.Draw(picture)
    y = _write(draw, heading, MARGIN, font(40, bold=True), 54, INK) + 16
    y = _bars(draw, rows, y) + 16
    _write(draw, beneath, y, font(24), 34, SOFT)
    drawn = io.BytesIO()
    picture.quantize(32).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def figure_xlsx(figure: Figure, facts: Sequence[tuple[str, str]], *, language: str = "vi") -> bytes:
    """Write a figure as a workbook: its rows with a total that is a formula where they add up, and what stands beside.

    `facts` are names and texts: definition, formula, time, denominators, address.
    """
    heading = [in_language(figure.by.name, language), in_language(figure.measure.name, language), "key"]
    rows = [[row.label, row.value, row.key] for row in figure.rows]
    return _book(in_language(figure.measure.name, language), heading, rows, facts, total=figure.total)


def cross_xlsx(
    figure: Figure,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Number | None]]],
    facts: Sequence[tuple[str, str]],
    *,
    language: str = "vi",
) -> bytes:
    """Write a figure by two dimensions as a workbook: a row a key, a column a key."""
    heading = [in_language(figure.by.name, language), *columns]
    body = [[label, *values] for label, values in rows]
    return _book(in_language(figure.measure.name, language), heading, body, facts, total=None)


def _book(
    name: str, heading: Sequence[str], rows: Sequence[Sequence[Any]], facts: Sequence[tuple[str, str]], total: Any
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("figure")
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, max(len(heading) - 1, 1), 16)
    sheet.freeze_panes(1, 1)
    for column, text in enumerate(heading):
        sheet.write_string(0, column, text, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value)
    if total is not None:
        sheet.write_string(len(rows) + 1, 0, "Tổng số / Total", bold)
        _cell(sheet, len(rows) + 1, 1, total)
    about = book.add_worksheet("about")
    about.set_column(0, 0, 28)
    about.set_column(1, 1, 100)
    about.write_string(0, 0, name, bold)
    for number, (label, text) in enumerate(facts, start=1):
        about.write_string(number, 0, label, wrapped)
        about.write_string(number, 1, text, wrapped)
    book.close()
    return out.getvalue()


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, (int, Decimal)):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value))


def _bars(draw: ImageDraw, rows: Sequence[FigureRow], y: int) -> int:
    top = max((Decimal(row.value or 0) for row in rows), default=Decimal(0))
    room = WIDTH - 2 * MARGIN
    for row in rows:
        value = format_number(row.value or 0)
        length = round(float(Decimal(row.value or 0) / top) * room) if top > 0 else 0
        draw.text((MARGIN, y), _cut(draw, row.label, room - 220), font=font(28), fill=INK)
        draw.text((WIDTH - MARGIN, y), value, font=font(28, bold=True), fill=INK, anchor="ra")
        draw.rectangle((MARGIN, y + 44, WIDTH - MARGIN, y + 56), fill=TRACK)
        if length > 0:
            draw.rectangle((MARGIN, y + 44, MARGIN + length, y + 56), fill=BRAND)
        y += ROW
    return y


def _write(draw: ImageDraw, lines: Sequence[str], y: int, font: FreeTypeFont, step: int, color: str) -> int:
    for line in lines:
        draw.text((MARGIN, y), line, font=font, fill=color)
        y += step
    return y


def _cut(draw: ImageDraw, text: str, width: int) -> str:
    while draw.textlength(text, font=font(28)) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text
