"""Reads a whole plan: head, body, tables, and accounts for every paragraph and row."""

import re
from dataclasses import dataclass, field

from raquan.kernel.text import fold, normalize
from raquan.readings.rules.amending import amended_number, replaces_list
from raquan.readings.rules.columns import Columns, task_columns
from raquan.readings.rules.dates import Period
from raquan.readings.rules.document import DocumentText, Paragraph, Table, has_text
from raquan.readings.rules.head import is_closing, is_closing_line, is_head_table, read_head
from raquan.readings.rules.prose import ProseReader, is_caption, is_dash_or_short, is_note
from raquan.readings.rules.reading import LeftoverRead, Notes, Piece, PlanHead, PlanReading, Use
from raquan.readings.rules.tables import TableReader, row_text
from raquan.readings.rules.text import is_dashed

_APPENDIX = re.compile(r"(?:phu luc|bieu|danh muc)\b(?: so)? ?(?P<number>[ivx]{1,5}|\d{1,2}|[a-h])?(?=[\s.:(–-]|$)")
_NOTES = ("ghi chu", "luu y", "chu thich")
_YEAR_OF_TITLE = re.compile(r"\bnam (\d{4})(?! ?[-–]|\d)")


def read_plan(document: DocumentText) -> PlanReading:
    """Read a plan; what has no place in it comes back as leftovers, in the document's order."""
    notes = Notes()
    head, after, head_year = read_head(document, notes)
    tables = _task_tables(document)
    prose = ProseReader(notes, has_task_table=bool(tables))
    body = _Body(document, notes, prose, tables, after)
    body.read_paragraphs()
    title_year = _YEAR_OF_TITLE.search(fold(head.title or ""))
    said = int(title_year[1]) if title_year else head.issued_on.year if head.issued_on else head_year
    window = prose.window(said)
    year = window.starts_on.year if window.starts_on else said
    body.read_tables(year)
    prose.finish(year)
    return _reading(document, notes, prose, head, window, year)


def _task_tables(document: DocumentText) -> dict[int, Columns]:
    """Give the columns of each task table; a table that goes on from one without headings has the same."""
    found: dict[int, Columns] = {}
    last: tuple[Table, Columns] | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            last = None if has_text(block.text) else last
            continue
        columns = None if is_head_table(block) else task_columns(block)
        if columns is None and last is not None and _goes_on(block, last[1]):
            columns = Columns(last[1].meanings, last[1].headings, last[1].owners, 0, last[1].width)
        if columns is not None:
            found[block.number] = columns
        last = (block, columns) if columns is not None else None
    return found


def _goes_on(table: Table, columns: Columns) -> bool:
    width = max((cell.end for row in table.rows for cell in row.cells), default=0)
    return width == columns.width and not is_closing(table)


@dataclass(slots=True)
class _Body:
    """The blocks after the title, and where in the document one is."""

    document: DocumentText
    notes: Notes
    prose: ProseReader
    tables: dict[int, Columns]
    after: int
    appendices: dict[int, str] = field(default_factory=dict)

    def read_paragraphs(self) -> None:
        """Read the paragraphs; remember under which appendix each table stands."""
        zone, number = Use.PROSE, ""
        for block in self.document.blocks[self.after :]:
            if isinstance(block, Table):
                self.appendices[block.number] = number
                zone = Use.CLOSING if self._closes(block) else zone
                continue
            if not has_text(block.text):
                continue
            appendix = _APPENDIX.match(fold(block.full))
            if appendix and is_caption(block.text) and not self._is_before_closing(zone, block):
                zone, number = Use.APPENDIX, (appendix["number"] or "").upper()
                self.notes.take(block.source, Use.APPENDIX)
            elif zone in (Use.PROSE, Use.APPENDIX) and is_closing_line(block.text):
                zone = Use.CLOSING
                self.notes.take(block.source, Use.CLOSING)
            elif zone is not Use.PROSE and fold(block.text).strip(" :*()") in _NOTES:
                zone = Use.NOTE
                self.notes.take(block.source, Use.NOTE)
            else:
                self._read_paragraph(block, zone)

    def _is_before_closing(self, zone: Use, block: Paragraph) -> bool:
        """Tell whether a line that begins as an appendix still stands in the body, and only mentions one."""
        return zone is Use.PROSE and not (normalize(block.text).isupper() or len(normalize(block.text)) <= 20)

    def _closes(self, table: Table) -> bool:
        return table.number not in self.tables and is_closing(table)

    def _read_paragraph(self, paragraph: Paragraph, zone: Use) -> None:
        if zone is Use.PROSE:
            self.prose.read(paragraph)
        elif is_note(paragraph.text) or (zone is Use.NOTE and is_dashed(paragraph.text)):
            self.notes.take(paragraph.source, Use.NOTE)
        elif zone is Use.CLOSING and is_dash_or_short(paragraph.text):
            self.notes.take(paragraph.source, Use.CLOSING)
        elif zone is Use.APPENDIX and is_caption(paragraph.text):
            self.notes.take(paragraph.source, Use.APPENDIX)

    def read_tables(self, year: int | None) -> None:
        """Read the tables of the body: tasks, or rows without a place."""
        several = sum(1 for columns in self.tables.values() if columns.first_row) > 1 and not self.document.is_sheets
        reader: TableReader | None = None
        for table in self.document.tables:
            columns = self.tables.get(table.number)
            if columns is None:
                self._read_other(table)
                continue
            if reader is None or columns.first_row:
                if reader is not None:
                    reader.close()
                prefix = self.appendices.get(table.number, "") if several else ""
                reader = TableReader(self.notes, year, prefix)
            reader.read(table, columns)
        if reader is not None:
            reader.close()

    def _read_other(self, table: Table) -> None:
        said = [row for row in table.rows if has_text(row.own_text)]
        use = Use.HEAD if is_head_table(table) else Use.CLOSING if self._closes(table) else None
        for at, row in enumerate(said):
            if use is not None:
                self.notes.take(row.source, use)
            elif at == 0 and len(said) > 1:
                self.notes.take(row.source, Use.TABLE_HEADING)
            elif row.source not in self.notes.uses:
                self.notes.take(row.source, Use.LEFTOVER)
                self.notes.leave(row.source, row_text(row))


def _reading(
    document: DocumentText, notes: Notes, prose: ProseReader, head: PlanHead, window: Period, year: int | None
) -> PlanReading:
    """Put the notes together; whatever nobody has claimed is a leftover."""
    for aside in document.asides:
        if aside.is_note:
            notes.take(aside.source, Use.NOTE)
    pieces: list[Piece] = []
    for source, text in document.pieces():
        if source not in notes.uses:
            notes.take(source, Use.LEFTOVER)
            notes.leave(source, normalize(text))
        pieces.append(Piece(source, text, notes.uses[source]))
    lines = [paragraph.text for paragraph in document.paragraphs]
    order = {piece.source: at for at, piece in enumerate(pieces)}
    return PlanReading(
        head=head,
        theme=prose.theme or prose.theme_province,
        theme_province=prose.theme_province,
        starts_on=window.starts_on,
        ends_on=window.due_on,
        year=year,
        observances=tuple(prose.observances.values()),
        objectives=tuple(prose.objectives),
        sections=tuple(notes.sections),
        tasks=tuple(sorted(notes.tasks, key=lambda task: order[task.source])),
        leftovers=tuple(
            sorted((LeftoverRead(one.source, one.text) for one in notes.leftovers), key=lambda one: order[one.source])
        ),
        pieces=tuple(pieces),
        amends=amended_number(head.title, lines),
        replaces_list=replaces_list(lines),
    )
