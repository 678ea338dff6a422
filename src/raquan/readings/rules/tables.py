"""Reads the rows of a task table: tasks, the section rows above them, and what fits neither."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from raquan.kernel.text import fold, normalize
from raquan.readings.rules.columns import Column, Columns
from raquan.readings.rules.dates import Period, is_always, read_period
from raquan.readings.rules.document import Cell, Row, Table, has_text
from raquan.readings.rules.reading import Notes, SectionRead, TaskRead, Use
from raquan.readings.rules.text import Kind, is_roman, joined_numbers, marked, without_stop
from raquan.readings.rules.units import split_parts, split_units

_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2}|[A-Z])\)?")
_NUMBER = re.compile(r"[\w.\-/]{1,12}")
_TIMES = (Column.TIME, Column.START, Column.DEADLINE)


@dataclass(slots=True)
class _Section:
    kind: Kind | None
    number: str
    row: Row
    tasks: int = 0
    used: bool = False


@dataclass(slots=True)
class TableReader:
    """Goes down one or several task tables; sections and counts go on from one to its continuation."""

    notes: Notes
    year: int | None
    prefix: str = ""
    _open: list[_Section] = field(default_factory=list)
    _count: int = 0

    def read(self, table: Table, columns: Columns) -> None:
        """Read a table's rows below its headings."""
        for row in table.rows[: columns.first_row]:
            self.notes.take(row.source, Use.TABLE_HEADING)
        for row in table.rows[columns.first_row :]:
            if has_text(row.own_text):
                self._read_row(row, columns)

    def close(self) -> None:
        """End the open sections: one that no task followed is a leftover."""
        self._close_from(0)

    def _read_row(self, row: Row, columns: Columns) -> None:
        own = [cell for cell in row.cells if not cell.continued and has_text(cell.text)]
        values = _values(row, columns)
        if _repeats_headings(own, columns) or _numbers_columns(own):
            self.notes.take(row.source, Use.TABLE_HEADING)
        elif section := _section_of(row, own, values, columns):
            self._enter(section)
        elif _says_task(row, values, columns):
            self._add_task(row, own, values, columns)
        else:
            self.notes.take(row.source, Use.LEFTOVER)
            self.notes.leave(row.source, row_text(row))

    def _enter(self, section: _Section) -> None:
        kinds = [one.kind for one in self._open]
        if section.kind in kinds:
            self._close_from(kinds.index(section.kind))
        elif section.kind is None or None in kinds:
            self._close_from(0)
        self._open.append(section)

    def _close_from(self, at: int) -> None:
        for section in self._open[at:]:
            if not section.used:
                self.notes.uses[section.row.source] = Use.LEFTOVER
                self.notes.leave(section.row.source, row_text(section.row))
        del self._open[at:]

    def _add_task(self, row: Row, own: list[Cell], values: Mapping[Column, str], columns: Columns) -> None:
        self.notes.take(row.source, Use.TASK)
        for section in self._open:
            self._use(section)
        period, unread = self._period(own, values, columns)
        leads, cooperating = _units(values)
        path = self._path(values.get(Column.ORDER, ""))
        self.notes.tasks.append(
            TaskRead(
                path=path,
                title=without_stop(values[Column.TITLE]),
                lead_units=leads,
                cooperating_units=cooperating,
                starts_on=period.starts_on,
                due_on=period.due_on,
                deliverable=_said(values.get(Column.DELIVERABLE, "")),
                source=row.source,
                time_as_written=" – ".join(normalize(values[one]) for one in _TIMES if has_text(values.get(one, ""))),
                section=self._open[-1].row.source if self._open else "",
            )
        )
        for cell in own:
            column = columns.of(cell)
            strange = column is Column.ORDER and _number(cell.text) is None and any(c.isalnum() for c in cell.text)
            if column is None or strange or cell in unread:
                heading = columns.heading_of(cell)
                self.notes.leave(row.source, f"{heading}: {normalize(cell.text)}" if heading else normalize(cell.text))

    def _use(self, section: _Section) -> None:
        if not section.used:
            section.used = True
            number, title = _section_words(section)
            self.notes.take(section.row.source, Use.SECTION)
            path = joined_numbers(self.prefix, *(one.number for one in self._open[: self._open.index(section) + 1]))
            self.notes.sections.append(SectionRead(path if number else "", title, section.row.source))

    def _path(self, order: str) -> str:
        if self._open:
            self._open[-1].tasks += 1
            count = self._open[-1].tasks
        else:
            self._count += 1
            count = self._count
        number = _number(order) or str(count)
        return joined_numbers(self.prefix, *(one.number for one in self._open), number)

    def _period(self, own: list[Cell], values: Mapping[Column, str], columns: Columns) -> tuple[Period, list[Cell]]:
        """Read the time columns; give the period and the cells that say a time nobody can date."""
        said = {one: values[one] for one in _TIMES if any(c.isalnum() for c in values.get(one, ""))}
        found = {one: read_period(text, self.year, deadline=one is Column.DEADLINE) for one, text in said.items()}
        unread = {one for one, text in said.items() if not found[one] and not is_always(text)}
        whole, start, end = (found.get(one, Period()) for one in _TIMES)
        starts_on = start.starts_on or whole.starts_on or end.starts_on
        return Period(starts_on, end.due_on or whole.due_on), [cell for cell in own if columns.of(cell) in unread]


def row_text(row: Row) -> str:
    """Give a row's texts, each once, joined by bars."""
    own = (normalize(cell.text) for cell in row.cells if not cell.continued and has_text(cell.text))
    return " | ".join(dict.fromkeys(own))


def _values(row: Row, columns: Columns) -> dict[Column, str]:
    values: dict[Column, str] = {}
    for cell in row.cells:
        column = columns.of(cell)
        if column is not None and has_text(cell.text):
            values[column] = f"{values[column]}\n{cell.text}" if column in values else cell.text
    return values


def _repeats_headings(own: list[Cell], columns: Columns) -> bool:
    headings = {fold(heading) for heading in columns.headings.values()}
    return len(own) > 1 and all(fold(cell.text) in headings for cell in own)


def _numbers_columns(own: list[Cell]) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3), or A B 1 2 3."""
    found = [_COLUMN_NUMBER.fullmatch(normalize(cell.text)) for cell in own]
    if len(own) < 2 or not all(found):
        return False
    signs = [match[1] for match in found if match]
    numbers = [int(sign) for sign in signs if sign.isdigit()]
    return len(set(signs)) == len(signs) and numbers == sorted(numbers) and len(numbers) >= 2


def _section_of(row: Row, own: list[Cell], values: Mapping[Column, str], columns: Columns) -> _Section | None:
    order = normalize(values.get(Column.ORDER, "")).strip("(). ")
    words = [cell for cell in own if columns.of(cell) is not Column.ORDER]
    others = [one for one in values if one not in (Column.ORDER, Column.TITLE)]
    if len(words) != 1 or others or columns.of(words[0]) is not Column.TITLE:
        return None
    roman_or_capital = is_roman(order) or re.fullmatch(r"[A-ZĐ]", order) is not None
    if not columns.is_wide(words[0]) and not roman_or_capital:
        return None
    if not order and (found := marked(words[0].text)):
        return _Section(found.kind, found.number, row)
    return _Section(_kind(order) if order else None, order, row)


def _kind(number: str) -> Kind:
    if is_roman(number):
        return Kind.ROMAN
    if re.fullmatch(r"[A-ZĐ]", number):
        return Kind.CAPITAL
    if re.fullmatch(r"[a-zđ]", number):
        return Kind.LETTER
    return Kind.SUBDECIMAL if re.fullmatch(r"\d+(?:\.\d+)+", number) else Kind.DECIMAL


def _section_words(section: _Section) -> tuple[str, str]:
    text = max((cell.text for cell in section.row.cells if not cell.continued), key=len)
    found = marked(text)
    title = found.text if found and found.number == section.number else normalize(text)
    return section.number, without_stop(title)


def _says_task(row: Row, values: Mapping[Column, str], columns: Columns) -> bool:
    if not any(c.isalnum() for c in values.get(Column.TITLE, "")):
        return False
    numbered = any(cell.numbered and columns.of(cell) is Column.ORDER for cell in row.cells)
    return numbered or len(values) > 1


def _units(values: Mapping[Column, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    leads: list[str] = []
    cooperating: list[str] = []
    for column in (Column.LEAD, Column.UNITS):
        some_leads, some_cooperating = split_parts(values.get(column, ""))
        leads += some_leads
        cooperating += some_cooperating
    written = values.get(Column.COOPERATING, "")
    both = split_parts(written) if ":" in written else (split_units(written), ())
    return tuple(leads), (*cooperating, *both[0], *both[1])


def _number(order: str) -> str | None:
    bare = normalize(order).strip("(). ")
    return bare if _NUMBER.fullmatch(bare) and any(c.isalnum() for c in bare) else None


def _said(text: str) -> str | None:
    return (without_stop(text) or None) if any(c.isalnum() for c in text) else None
