"""Draws a figure as SVG that stands alone: bars or a line, with its title, unit, time and address."""

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from raquan.analytics.rules.figures import Figure, FigureRow
from raquan.kernel.localized import in_language
from raquan.kernel.numbers import format_number

WIDTH, MARGIN, ROW = 900, 32, 46
MOST_BARS = 20
INK, SOFT, TRACK, BRAND = "#1c2522", "#535d59", "#e3eae6", "#0b5f4b"
BY_TIME = ("day", "hour")
_FONT = 'font-family="Be Vietnam Pro, Arial, sans-serif"'


def figure_svg(figure: Figure, lines: Sequence[str], *, language: str = "vi") -> str:
    """Draw a figure, 900 wide; `lines` are written beneath it: what it means, of when it is, its address."""
    rows = [row for row in figure.rows if row.value is not None]
    drawn = _line(rows) if figure.by.key in BY_TIME and len(rows) > 1 else _bars(rows[:MOST_BARS])
    body, height = drawn
    title = f"{in_language(figure.measure.name, language)} ({in_language(figure.measure.unit, language)})"
    parts = [_text(MARGIN, 48, title, 26, bold=True), *body]
    y = height
    for line in lines:
        y += 24
        parts.append(_text(MARGIN, y, _cut(line, 110), 15, color=SOFT))
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + MARGIN}" '
        f'viewBox="0 0 {WIDTH} {y + MARGIN}" role="img" {_FONT}>\n<title>{escape(title)}</title>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{inside}\n</svg>\n'
    )


def _bars(rows: Sequence[FigureRow]) -> tuple[list[str], int]:
    top = max((Decimal(row.value or 0) for row in rows), default=Decimal(0))
    room = WIDTH - 2 * MARGIN
    parts, y = [], 72
    for row in rows:
        length = float(Decimal(row.value or 0) / top) * room if top > 0 else 0
        parts.append(_text(MARGIN, y + 16, _cut(row.label, 70), 16))
        parts.append(_text(WIDTH - MARGIN, y + 16, format_number(row.value or 0), 16, bold=True, at_end=True))
        parts.append(f'<rect x="{MARGIN}" y="{y + 24}" width="{room}" height="9" fill="{TRACK}"/>')
        parts.append(f'<rect x="{MARGIN}" y="{y + 24}" width="{max(length, 0):.1f}" height="9" fill="{BRAND}"/>')
        y += ROW
    return parts, y


def _line(rows: Sequence[FigureRow]) -> tuple[list[str], int]:
    top = max((Decimal(row.value or 0) for row in rows), default=Decimal(0)) or Decimal(1)
    room, base, height = WIDTH - 2 * MARGIN, 340, 240
    step = room / (len(rows) - 1)
    points = [
        (MARGIN + index * step, base - float(Decimal(row.value or 0) / top) * height) for index, row in enumerate(rows)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [
        f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{base - height}" y2="{base - height}" stroke="{TRACK}"/>',
        _text(MARGIN, base - height - 6, format_number(top), 14, color=SOFT),
        f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{base}" y2="{base}" stroke="{INK}"/>',
        f'<polyline points="{path}" fill="none" stroke="{BRAND}" stroke-width="3"/>',
        _text(MARGIN, base + 22, rows[0].label, 14, color=SOFT),
        _text(WIDTH - MARGIN, base + 22, rows[-1].label, 14, color=SOFT, at_end=True),
    ]
    return parts, base + 34


def _text(
    x: float, y: float, text: str, size: int, *, bold: bool = False, color: str = INK, at_end: bool = False
) -> str:
    anchor = ' text-anchor="end"' if at_end else ""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}"{weight}{anchor}>{escape(text)}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
