"""Reads what stands above a plan's body: issuer, number, day, title; and knows the block that closes it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from raquan.kernel.text import fold, normalize
from raquan.readings.rules.dates import read_day
from raquan.readings.rules.document import Block, DocumentText, Paragraph, Table, has_text
from raquan.readings.rules.reading import Notes, PlanHead, Use
from raquan.readings.rules.text import Kind, is_rule, marked, without_stop
from raquan.readings.rules.units import begins_unit

_SYMBOL = r"[A-ZĐ][A-ZĐ0-9&]*"
_NUMBER = re.compile(rf"[Ss][Ốố]\s*:?[\s.…_]*(\d*)[\s.…_]*/\s*({_SYMBOL}(?:\s*[-–]\s*{_SYMBOL})*)")
_PARTY_NUMBER = re.compile(rf"[Ss][Ốố]\s*:?[\s.…_]*(\d*)\s*-\s*({_SYMBOL}/{_SYMBOL})")
_YEAR = re.compile(r"nam (\d{4})(?! ?[-–]|\d)")
_PLAN = re.compile(r"(?:(?:DỰ THẢO|Dự thảo)\s+)?(?:KẾ HOẠCH|Kế hoạch)(?=\s|$)")
_MOTTO = re.compile(r"cong hoa xa hoi|doc lap ?[-–] ?tu do|dang cong san viet nam|chu nghia viet nam")
_BASIS = re.compile(r"can cu|thuc hien|de (?:trien khai|thuc hien)|nham|theo de nghi|xet de nghi|tren co so")
_CLOSING = re.compile(r"noi nhan\b|^(?:tm|kt|tl|tuq|q)\. ?(?!\w+\.\w)", re.MULTILINE)
_KEPT_WITH = re.compile(r"kem theo ke hoach")
_APPENDIX = re.compile(r"(?:phu luc|bieu)\b")
_CELLS = re.compile(r"\t+|\s{3,}")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool


def read_head(document: DocumentText, notes: Notes) -> tuple[PlanHead, int, int | None]:
    """Read the head and the title; give them, the first block after them, and the year that the head says."""
    blocks = document.blocks
    at = _title_at(blocks)
    above = blocks[:at] if at is not None else [block for block in blocks[:6] if _is_head(block)]
    left, right = _columns(above)
    for block in above:
        _take(block, Use.HEAD, notes)
    title, after = _read_title(blocks, at, notes) if at is not None else _first_line(document, notes)
    whole = normalize("\n".join(line.text for line in [*left, *right]))
    head = PlanHead(_number(whole), _issuer(left), _issued_on(right) or _issued_on(left), title)
    year = _YEAR.search(fold(whole))
    return _completed(head, blocks), after, int(year[1]) if year else None


def is_closing(table: Table) -> bool:
    """Tell whether a table holds the recipients or the signer's office."""
    return _CLOSING.search(fold_lines(table.text)) is not None and len(table.rows) <= 6


def is_closing_line(text: str) -> bool:
    """Tell whether a paragraph begins the recipients or the signer's office."""
    return _CLOSING.match(fold(text)) is not None


def is_basis(text: str) -> bool:
    """Tell whether a paragraph says what the plan rests on."""
    return _BASIS.match(fold(text)) is not None


def is_head_table(table: Table) -> bool:
    """Tell whether a table holds the issuer and the country's motto."""
    return is_motto(table.text)


def is_motto(text: str) -> bool:
    """Tell whether a text holds the country's or the Party's motto."""
    return _MOTTO.search(fold(text)) is not None


def fold_lines(text: str) -> str:
    """Fold each line by itself."""
    return "\n".join(fold(line) for line in text.split("\n"))


def _take(block: Block, use: Use, notes: Notes) -> None:
    for placed in block.rows if isinstance(block, Table) else [block]:
        notes.take(placed.source, use)


def _title_at(blocks: Sequence[Block]) -> int | None:
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (found := _PLAN.match(normalize(block.text))):
            if found[0].isupper() or fold(block.text) == "ke hoach":
                return at
            return at if marked(block.text) is None and at <= 12 else None
    return None


def _is_head(block: Block) -> bool:
    if isinstance(block, Table):
        return is_head_table(block)
    text = normalize(block.text)
    return bool(_MOTTO.search(fold(text)) or _NUMBER.match(text) or _PARTY_NUMBER.match(text))


def _columns(blocks: Iterable[Block]) -> tuple[list[_Line], list[_Line]]:
    """Give the lines of the left and of the right side of the head, set in a table or by tabs."""
    left: list[_Line] = []
    right: list[_Line] = []
    for block in blocks:
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells if not cell.continued):
                lines = cell.text.split("\n")
                bold = cell.bold or (False,) * len(lines)
                side = left if cell.start == 0 else right
                side += [_Line(normalize(line), strong) for line, strong in zip(lines, bold, strict=False)]
        else:
            parts = [part for line in block.text.split("\n") for part in _CELLS.split(line.strip())]
            for part in filter(has_text, parts):
                (right if _is_of_the_right(part) else left).append(_Line(normalize(part), False))
    return left, right


def _is_of_the_right(text: str) -> bool:
    folded = fold(text)
    return _MOTTO.search(folded) is not None or re.search(r"ngay .*thang .*nam \d{4}", folded) is not None


def _number(text: str) -> str | None:
    if found := _NUMBER.search(text):
        return found[1] + "/" + re.sub(r"\s*[-–]\s*", "-", found[2])
    found = _PARTY_NUMBER.search(text)
    return f"{found[1]}-{found[2]}" if found else None


def _issuer(left: Sequence[_Line]) -> str | None:
    """Join the bold lines above the number; where weight tells nothing, the last name that begins as a unit's."""
    lines: list[_Line] = []
    for line in left:
        if re.match(r"so ?:|so ?[\d.…]* ?[/-]", fold(line.text)):
            break
        if not is_rule(line.text):
            lines.append(line)
    strong = [line for line in lines if line.bold]
    if strong and len(strong) < len(lines):
        lines = strong
    begin = max((at for at, line in enumerate(lines) if begins_unit(line.text)), default=0)
    return normalize(" ".join(line.text for line in lines[begin:])) or None


def _issued_on(lines: Sequence[_Line]) -> date | None:
    text = " ".join(line.text for line in lines)
    found = re.search(r"ngay +(\d{1,2}) +thang +(\d{1,2}) +nam +(\d{4})", fold(text))
    if found is None:
        return read_day(text, None)
    return read_day(f"{found[1]}/{found[2]}/{found[3]}", None)


def _read_title(blocks: Sequence[Block], at: int, notes: Notes) -> tuple[str | None, int]:
    lines: list[str] = []
    for first in (block for block in blocks[at : at + 1] if isinstance(block, Paragraph)):
        notes.take(first.source, Use.TITLE)
        lines.append(normalize(_PLAN.sub("", normalize(first.text), count=1)))
    after = at + 1
    for block in blocks[at + 1 :]:
        if isinstance(block, Table):
            break
        written = any(lines)
        if is_rule(block.text):
            if written:
                break
        elif _ends_title(block.full, written=written):
            break
        else:
            lines.append(normalize(block.text))
        notes.take(block.source, Use.TITLE)
        after += 1
    return without_stop(" ".join(filter(None, lines))) or None, after


def _first_line(document: DocumentText, notes: Notes) -> tuple[str | None, int]:
    """Take what stands above the first table of a workbook for its title, where no line says that it is a plan."""
    lines: list[Paragraph] = []
    for at, block in enumerate(document.blocks if document.is_sheets else ()):
        if isinstance(block, Table):
            return _title_of_lines(lines, at, notes)
        if has_text(block.text) and not _is_head(block):
            lines.append(block)
    return None, 0


def _title_of_lines(lines: Sequence[Paragraph], after: int, notes: Notes) -> tuple[str | None, int]:
    lines = [line for line in lines if not _APPENDIX.match(fold(line.text))]
    if (
        not lines
        or len(lines) > 3
        or not any(re.search(r"ke hoach|nhiem vu|chuyen doi so|phan cong", fold(line.text)) for line in lines)
    ):
        return None, 0
    kept_with = [line for line in lines if line.text.lstrip().startswith("(")]
    words = [line for line in lines if line not in kept_with]
    for line in words:
        notes.take(line.source, Use.TITLE)
    return without_stop(" ".join(normalize(line.text) for line in words)) or None, 0


def _ends_title(text: str, *, written: bool) -> bool:
    found = marked(text)
    begins_section = found is not None and found.kind in (Kind.ROMAN, Kind.CAPITAL)
    return begins_section or fold(text).startswith("can cu") or (written and is_basis(text))


def _completed(head: PlanHead, blocks: Sequence[Block]) -> PlanHead:
    """Take number and day from "(Kèm theo Kế hoạch số … ngày …)" of the appendix where the head says none."""
    if head.number is not None:
        return head
    for text in _texts(blocks):
        if _KEPT_WITH.search(fold(text)) and (number := _number(normalize(text))):
            return replace(head, number=number, issued_on=head.issued_on or read_day(text, None))
    return head


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Paragraph))
