"""Holds a document against the layout of Decree 30/2020/NĐ-CP, appendix I: every departure is a finding."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from raquan.kernel.layout import FONT, POINT_LETTERS
from raquan.reports.rules.components import BASIS, DATED, MOTTO, NATION, NUMBER, Components, Placed
from raquan.reports.rules.paper import Align, LayoutFinding, Paper, PaperParagraph, PaperSection

_OLD_FONT = re.compile(r"\.Vn|VNI[- ]", re.IGNORECASE)
_GOOD_NUMBER = re.compile(r"Số: ?[\d….]*\d*[A-Za-z]?/[^\s/]+")
_PART = re.compile(r"([IVXL]+)\. +(.+)")
_POINT = re.compile(r"([a-zđ])\) ")
_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
)  # fmt: skip
_LONG, _SLACK = 90, 0.6
Found = Iterator[LayoutFinding]


def check_layout(paper: Paper) -> tuple[LayoutFinding, ...]:
    """List what departs from the layout, in the order of the page; the same thing at the same place once."""
    parts = Components(paper)
    checks: Sequence[Callable[[], Found]] = (
        lambda: _paper(paper.sections),
        lambda: _letters(paper.paragraphs),
        lambda: _nation(parts),
        lambda: _issuer(parts),
        lambda: _number(parts),
        lambda: _dated(parts),
        lambda: _title(parts),
        lambda: _bases(parts),
        lambda: _body(parts),
        lambda: _headings(parts),
        lambda: _end(parts),
        lambda: _signer(parts),
        lambda: _numbering(paper.sections),
        lambda: _appendices(parts),
        lambda: _order(parts),
    )
    return tuple(dict.fromkeys(one for check in checks for one in check()))


def _finding(code: str, one: PaperParagraph, found: str = "") -> LayoutFinding:
    return LayoutFinding(code, _excerpt(one.text), found)


def _excerpt(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= 60 else f"{short[:59].rstrip()}…"


def _is(one: PaperParagraph, low: float, high: float, *, bold: bool, italic: bool, align: Align | None = None) -> bool:
    fits = low - 0.05 <= one.size <= high + 0.05
    return fits and one.bold is bold and one.italic is italic and (align is None or one.align is align)


def _said_form(one: PaperParagraph) -> str:
    style = " ".join(name for name, on in (("đậm", one.bold), ("nghiêng", one.italic)) if on) or "đứng, không đậm"
    return f"cỡ {one.size:g}, {style}"


def _paper(sections: Sequence[PaperSection]) -> Found:
    for place, one in enumerate(sections):
        sides = sorted((one.width, one.height))
        is_a4 = abs(sides[0] - 210) <= 1 and abs(sides[1] - 297) <= 1
        if not is_a4 or (place == 0 and one.width > one.height):
            yield LayoutFinding("paper", found=f"{one.width:.0f} × {one.height:.0f} mm")
        for code, value, low, high in (
            ("margin_top", one.top, 20, 25),
            ("margin_bottom", one.bottom, 20, 25),
            ("margin_left", one.left, 30, 35),
            ("margin_right", one.right, 15, 20),
        ):
            if one.width <= one.height and not low - _SLACK <= value <= high + _SLACK:
                yield LayoutFinding(code, found=f"{value:.0f} mm")


def _letters(paragraphs: Sequence[PaperParagraph]) -> Found:
    for one in paragraphs:
        for font in one.fonts:
            if _OLD_FONT.match(font):
                yield _finding("old_font", one, font)
            elif font and font != FONT:
                yield _finding("font", one, font)
        for color in one.colors:
            if color not in ("000000", "auto", ""):
                yield _finding("color", one, f"#{color}")
        if unicodedata.normalize("NFC", one.text) != one.text:
            yield _finding("nfc", one)


def _nation(parts: Components) -> Found:
    if parts.nation is None:
        yield LayoutFinding("nation_missing")
    elif parts.nation.one.text.strip() != NATION or not _is(parts.nation.one, 12, 13, bold=True, italic=False):
        yield _finding("nation_form", parts.nation.one, _said_form(parts.nation.one))
    if parts.motto is None:
        yield LayoutFinding("motto_missing")
        return
    if parts.motto.one.text.strip() != MOTTO or not _is(parts.motto.one, 13, 14, bold=True, italic=False):
        yield _finding("motto_form", parts.motto.one, _said_form(parts.motto.one))
    if not parts.has_line(parts.motto):
        yield _finding("motto_line", parts.motto.one)


def _issuer(parts: Components) -> Found:
    lines = parts.issuer()
    if not lines:
        if parts.number is not None or parts.nation is not None:
            yield LayoutFinding("issuer_missing")
        return
    last = next((one for one in reversed(lines) if not NUMBER.match(one.one.text.strip())), lines[-1])
    one = last.one
    if one.text != one.text.upper() or not _is(one, 12, 13, bold=True, italic=False, align=Align.CENTER):
        yield _finding("issuer_form", one, _said_form(one))
    if not parts.has_line(last):
        yield _finding("issuer_line", one)


def _number(parts: Components) -> Found:
    if parts.number is None:
        yield LayoutFinding("number_missing")
        return
    one, text = parts.number.one, parts.number.one.text.strip()
    if not _GOOD_NUMBER.fullmatch(text) or not _is(one, 13, 13, bold=False, italic=False):
        yield _finding("number_form", one, _said_form(one))
    elif re.match(r"Số: ?[1-9]/", text):
        yield _finding("number_padded", one, text)


def _dated(parts: Components) -> Found:
    if parts.dated is None:
        yield LayoutFinding("date_missing")
        return
    one = parts.dated.one
    if not _is(one, 13, 14, bold=False, italic=True):
        yield _finding("date_form", one, _said_form(one))
    said = DATED.fullmatch(one.text.strip())
    if said and (re.fullmatch("[1-9]", said[1]) or said[2] in ("1", "2")):
        yield _finding("date_padded", one)


def _title(parts: Components) -> Found:
    if parts.title is None:
        if not parts.is_letter:
            yield LayoutFinding("title_missing")
        return
    one = parts.title.one
    if one.text != one.text.upper() or not _is(one, 13, 14, bold=True, italic=False, align=Align.CENTER):
        yield _finding("title_form", one, _said_form(one))
    subject = parts.subject()
    if subject is None or subject.one.cell is not None:
        return
    text = subject.one.text.strip()
    if text.isupper() or not _is(subject.one, 13, 14, bold=True, italic=False, align=Align.CENTER):
        yield _finding("subject_form", subject.one, _said_form(subject.one))
        return
    lines = [subject]
    for at, more in parts.said:  # a subject of several lines has its line beneath the last
        if at == lines[-1].at + 1 and more.cell is None and more.bold and more.align is Align.CENTER:
            lines.append(Placed(at, more))
    if not parts.has_line(lines[-1]):
        yield _finding("title_line", subject.one)


def _bases(parts: Components) -> Found:
    for place, basis in enumerate(parts.bases, start=1):
        one, end = basis.one, basis.one.text.strip()[-1]
        if not _is(one, 13, 14, bold=False, italic=True):
            yield _finding("basis_form", one, _said_form(one))
        if end != (";" if place < len(parts.bases) else "."):
            yield _finding("basis_end", one, end)


def _body(parts: Components) -> Found:
    for one in parts.body:
        text = one.text.strip()
        if len(text) < _LONG or one.align is Align.CENTER or BASIS.match(text) or one.bold:
            continue
        if not 13 - 0.05 <= one.size <= 14.05:
            yield _finding("body_size", one, f"cỡ {one.size:g}")
        if one.align is not Align.JUSTIFY:
            yield _finding("body_align", one)
        if not any(abs(one.first_line - wanted) <= _SLACK for wanted in (10, 12.7)):
            yield _finding("first_line", one, f"{one.first_line / 10:.2f} cm".replace(".", ","))
        if max(one.before, one.after) < 6 - 0.05:
            yield _finding("paragraph_gap", one, f"{max(one.before, one.after):g} pt")
        if one.spacing is not None and not 0.95 <= one.spacing <= 1.55:
            yield _finding("line_spacing", one, f"{one.spacing:g}".replace(".", ","))


def _headings(parts: Components) -> Found:
    expected, letter = 0, 0
    for one in parts.body:
        text = f"{one.label} {one.text.strip()}".strip()
        if (part := _PART.fullmatch(text)) and (part[1] in _ROMAN):
            if part[2] != part[2].upper() or not _is(one, 13, 14, bold=True, italic=False):
                yield _finding("heading_form", one, _said_form(one))
            if part[1] != _ROMAN[min(expected, len(_ROMAN) - 1)]:
                yield _finding("heading_order", one, part[1])
            expected = _ROMAN.index(part[1]) + 1
        point = _POINT.match(text)
        if point is None:
            if re.match(r"\d+\.\s|[IVXL]+\.\s", text):
                letter = 0
            continue
        if point[1] == "a":
            letter = 0
        if letter < len(POINT_LETTERS) and point[1] != POINT_LETTERS[letter]:
            yield _finding("point_order", one, f"{point[1]})")
        letter = POINT_LETTERS.index(point[1]) + 1 if point[1] in POINT_LETTERS else letter + 1


def _end(parts: Components) -> Found:
    if parts.body and not parts.body[-1].text.strip().endswith("./."):
        yield _finding("closing_end", parts.body[-1], parts.body[-1].text.strip()[-3:])
    if parts.recipients is None:
        yield LayoutFinding("recipients_missing")
        return
    if not _is(parts.recipients.one, 12, 12, bold=True, italic=True):
        yield _finding("recipients_form", parts.recipients.one, _said_form(parts.recipients.one))
    lines = parts.recipient_lines()
    for place, one in enumerate(lines, start=1):
        text = one.text.strip()
        if not _is(one, 11, 11, bold=False, italic=False):
            yield _finding("recipients_form", one, _said_form(one))
        if not text.startswith("-") or text[-1] != (";" if place < len(lines) else "."):
            yield _finding("recipients_end", one, text[-1])
    if lines and not re.match(r"- ?Lưu: ?VT", lines[-1].text.strip()):
        yield _finding("recipients_archive", lines[-1])


def _signer(parts: Components) -> Found:
    signer = parts.signer()
    if signer is None:
        yield LayoutFinding("signer_missing")
        return
    one = signer.one
    if one.text != one.text.upper() or not _is(one, 13, 14, bold=True, italic=False):
        yield _finding("signer_form", one, _said_form(one))


def _numbering(sections: Sequence[PaperSection]) -> Found:
    if not sections:
        return
    first = sections[0]
    if first.number_at is not Align.CENTER or not 13 - 0.05 <= first.number_size <= 14.05:
        yield LayoutFinding("page_number", found=f"cỡ {first.number_size:g}" if first.number_at else "")
    elif first.on_first:
        yield LayoutFinding("page_number_first")


def _appendices(parts: Components) -> Found:
    for placed in parts.appendices:
        one = placed.one
        if not _is(one, 14, 14, bold=True, italic=False, align=Align.CENTER):
            yield _finding("appendix_form", one, _said_form(one))
        name = next((other for at, other in parts.said if at > placed.at), None)
        if name is not None and (name.text != name.text.upper() or not name.bold):
            yield _finding("appendix_form", name, _said_form(name))


def _order(parts: Components) -> Found:
    appendix = parts.appendices[0] if parts.appendices else None
    basis = parts.bases[0] if parts.bases else None
    for chain in (
        (parts.nation, parts.motto, parts.dated, parts.title, basis, parts.recipients, appendix),
        (parts.number, parts.title),
    ):
        there = [one for one in chain if one is not None]
        for before, after in pairwise(there):
            if before.at > after.at:
                yield _finding("order", after.one, f"trước “{_excerpt(before.one.text)}”")
