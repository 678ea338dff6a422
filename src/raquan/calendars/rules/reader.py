"""Reads a calendar's sheets row by row: which rows are outings, and what each says of when, where, who and what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from raquan.calendars.rules.columns import Column, Heading, address, heading_at, own_cells
from raquan.calendars.rules.days import Days, Window, read_days
from raquan.calendars.rules.doubts import Doubt
from raquan.calendars.rules.hours import Hours, judged, read_hours
from raquan.calendars.rules.names import names_in, split_place, topics_in
from raquan.kernel.text import normalize
from raquan.readings.rules import Cell, Sheet, SheetRow, has_text

TEMPLATE_LISTS = "Danh mục của mẫu"
"""The sheet of our own template that holds what its drop-downs offer: no rows of a calendar."""


@dataclass(frozen=True, slots=True)
class CellRead:
    """A cell by its address, with the heading above it and what its column says; `column` None has no field.

    `goes_on` says that the text stands in a row above, in a cell that spans this one too.
    """

    address: str
    text: str
    heading: str = ""
    column: Column | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class OutingRead:
    """What a row says of an outing; `place` and `unit` are as written, () or "" where it says nothing."""

    day: date | None
    hours: Hours
    place: str
    site: str
    unit: str
    leader: str
    members: tuple[str, ...]
    topics: tuple[str, ...]
    topic_cells: tuple[str, ...]
    expected: int | None
    notes: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row of a sheet with all its cells; `outings` is () for one that says none: a title, a heading, a signature."""

    sheet: str
    number: int
    cells: tuple[CellRead, ...]
    outings: tuple[OutingRead, ...] = ()

    @property
    def address(self) -> str:
        """Give the address of its first cell with a text of its own."""
        return next(cell.address for cell in self.cells if not cell.goes_on)


def read_calendar(sheets: Sequence[Sheet], window: Window) -> tuple[RowRead, ...]:
    """Read every row that says something, in the order of the sheets; hidden ones too, but the template's own lists."""
    read = (sheet for sheet in sheets if sheet.name != TEMPLATE_LISTS)
    return tuple(row for sheet in read for row in _SheetReader(sheet, window).rows())


class _SheetReader:
    """Goes down one sheet; knows the heading above and the day that was named last."""

    def __init__(self, sheet: Sheet, window: Window) -> None:
        self._sheet, self._window = sheet, window
        self._heading: Heading | None = None
        self._above = Days()
        self._is_titled = False

    def rows(self) -> Iterator[RowRead]:
        """Read the rows."""
        rows, at = self._sheet.rows, 0
        while at < len(rows):
            heading = heading_at(rows, at)
            if heading is not None:
                self._heading = heading
                yield from (self._said(row) for row in rows[at : heading.first_row] if own_cells(row))
                at = heading.first_row
                continue
            if own_cells(rows[at]):
                yield self._row(rows[at])
            at += 1

    def _said(self, row: SheetRow) -> RowRead:
        return RowRead(self._sheet.name, row.number, tuple(self._cells(row, own_cells(row))))

    def _row(self, row: SheetRow) -> RowRead:
        said = self._said(row)
        if self._heading is None:
            return said
        own = own_cells(row)
        if len(own) == 1 and (days := self._day_alone(own[0])):
            self._above, self._is_titled = days, True
            return said
        cells = tuple(self._cells(row, [cell for cell in row.cells if has_text(cell.text)]))
        if not self._is_outing(said.cells):
            return said
        return replace(said, cells=cells, outings=tuple(self._outings(cells)))

    def _day_alone(self, cell: Cell) -> Days | None:
        """Read a row that is one cell with a day: the outings of that day stand below it."""
        found = read_days(cell.text, self._window)
        return found if len(found.days) == 1 else None

    def _cells(self, row: SheetRow, cells: Sequence[Cell]) -> Iterator[CellRead]:
        meanings = self._heading.meanings if self._heading else {}
        words = self._heading.words if self._heading else {}
        for cell in cells:
            covered = next((at for at in range(cell.start, cell.end) if at in meanings), cell.start)
            text = cell.text.strip()
            yield CellRead(
                address(cell, row.number), text, words.get(covered, ""), meanings.get(covered), cell.continued
            )

    def _is_outing(self, cells: Sequence[CellRead]) -> bool:
        said = {cell.column for cell in cells} - {None, Column.ORDER}
        if said & {Column.SITE, Column.PLACE} and (len(said) > 1 or len(cells) > 1):
            return True
        days, hours = self._days(cells), _hours(cells)
        return len(said) > 1 and (bool(days.days) or hours.starts_at is not None)

    def _outings(self, cells: Sequence[CellRead]) -> Iterator[OutingRead]:
        days, hours = self._days(cells), _hours(cells)
        doubts = [*days.doubts]
        if Doubt.DAY_MISSING in doubts and self._above.days:
            days = self._above
            doubts = [*days.doubts, *([] if self._is_titled else [Doubt.DAY_CARRIED])]
        elif days.days:
            self._above, self._is_titled = replace(days, doubts=_lasting(days)), False
        written = _text(cells, Column.SITE)
        place, site = normalize(_text(cells, Column.PLACE)), normalize(written)
        if not place:
            place, site = split_place(written)
        if district := _text(cells, Column.DISTRICT):
            place = f"{place}, {normalize(district)}" if place else ""
        topics = tuple(cell.text for cell in cells if cell.column is Column.SERVICES)
        leaders = names_in(_text(cells, Column.LEADER))
        doubts += hours.doubts
        doubts += [] if site else [Doubt.SITE_MISSING]
        doubts += [] if topics else [Doubt.SERVICES_MISSING]
        members = tuple(dict.fromkeys([*leaders[1:], *names_in(_text(cells, Column.TEAM))]))
        for day in days.days or (None,):
            yield OutingRead(
                day=day,
                hours=hours,
                place=place,
                site=site,
                unit=normalize(_text(cells, Column.UNIT)),
                leader=leaders[0] if leaders else "",
                members=members,
                topics=tuple(topic for cell in topics for topic in topics_in(cell)),
                topic_cells=topics,
                expected=_number(_text(cells, Column.EXPECTED)),
                notes=normalize(_text(cells, Column.NOTES)),
                doubts=tuple(dict.fromkeys(doubts)),
            )

    def _days(self, cells: Sequence[CellRead]) -> Days:
        weekday, until = _text(cells, Column.WEEKDAY), _text(cells, Column.UNTIL)
        for column in (Column.DAY, Column.TIME, Column.HOURS):
            text = _text(cells, column)
            found = read_days(text, self._window, until=until, weekday=weekday) if text else Days()
            if found.days or (found.doubts and column is Column.DAY):
                return found
        # Under a heading that may mean either, a text that is no day is hours; it must then name an hour.
        time = _text(cells, Column.TIME)
        if time and read_hours(time, dotted=False).starts_at is None:
            return Days(doubts=(Doubt.DAY_UNREAD,))
        return Days(doubts=(Doubt.DAY_MISSING,))


def _lasting(days: Days) -> tuple[Doubt, ...]:
    """Keep the doubts of a day that hold for the rows below it as well."""
    return tuple(one for one in days.doubts if one is not Doubt.WEEKDAY_DIFFERS)


def _hours(cells: Sequence[CellRead]) -> Hours:
    start, end = _text(cells, Column.START), _text(cells, Column.END)
    if start or end:
        first, last = read_hours(start), read_hours(end)
        if end and first.starts_at and last.starts_at:
            return judged(first.starts_at, last.starts_at)
        return first if not end else Hours(doubts=(Doubt.HOURS_UNREAD,))
    missing = Hours(doubts=(Doubt.HOURS_MISSING,))
    for column in (Column.HOURS, Column.TIME, Column.DAY):
        text = _text(cells, column)
        found = read_hours(text, dotted=column is Column.HOURS) if text else missing
        if found.starts_at or (column is Column.HOURS and text):
            return found
    return missing


def _text(cells: Sequence[CellRead], column: Column) -> str:
    return "\n".join(cell.text for cell in cells if cell.column is column)


def _number(text: str) -> int | None:
    match = re.search(r"\d+", text.replace(".", ""))
    return int(match[0]) if match and int(match[0]) <= 100_000 else None
