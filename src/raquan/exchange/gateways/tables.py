"""Opens the exports of ODK Central (CSV, ZIP) and KoboToolbox (CSV, XLSX) as tables of text."""

import codecs
import csv
import io
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from pathlib import PurePosixPath
from typing import IO, Any

import python_calamine

from raquan.exchange.rules import ImportSource, source_of_table
from raquan.kernel.refused import N_, Refused

MAX_UNPACKED = 2 * 1024**3
MAX_CELL = 5 * 1024**2
_DELIMITERS = (",", ";", "\t")


class FormatUnknown(Refused):
    """The file is of neither system, or not of a kind that we read."""

    code = "import.format_unknown"
    message = N_(
        "Tệp này không phải là tệp xuất từ ODK Central (CSV, ZIP) hay KoboToolbox (CSV, XLSX; khi xuất hãy chọn "
        "“XML values and headers”)."
    )


class FileTooLarge(Refused):
    """Unpacked, the file is larger than we read."""

    code = "import.too_large"
    message = N_("Tệp quá lớn sau khi giải nén (hơn 2 GB). Hãy xuất thành nhiều tệp nhỏ hơn.")
    status = 413


class FileDamaged(Refused):
    """The file cannot be opened."""

    code = "import.damaged"
    message = N_("Không mở được tệp này; có thể tệp bị hỏng hoặc tải về chưa xong.")


class NotUtf8(Refused):
    """The file is in another encoding, such as Windows-1258: its letters would be others."""

    code = "import.not_utf8"
    message = N_("Tệp không dùng bảng mã UTF-8. Hãy xuất lại, hoặc lưu lại thành CSV UTF-8.")


class ColumnTwice(Refused):
    """Two columns have one name, so that nobody can tell which answer is which."""

    code = "import.column_twice"
    message = N_("Tệp có hai cột cùng tên “{name}”. Hãy xuất lại và giữ tên nhóm trong tên cột.")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as a spreadsheet numbers it (the header is 1, however many lines a cell has), and its cells."""

    line: int
    cells: tuple[str, ...]


class Table(ABC):
    """One table: its name, its header, and its rows, which can be read again."""

    def __init__(self, name: str, header: tuple[str, ...]) -> None:
        self.name = name
        self.header = header

    @abstractmethod
    def rows(self) -> Iterator[RawRow]:
        """Read the rows below the header; blank ones are left out."""


class CsvTable(Table):
    """A table in a CSV file or member of a ZIP, read line by line."""

    def __init__(self, name: str, source: "_Source") -> None:
        self._source = source
        self._delimiter, header = _sniff(source)
        super().__init__(name, header)

    def rows(self) -> Iterator[RawRow]:
        """Read the rows; bytes that are no UTF-8 stay visible as lone surrogates."""
        with self._source.open() as text:
            reader = csv.reader(_without_nul(text), delimiter=self._delimiter)
            next(reader, None)
            for line in count(2):
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:  # a cell beyond all bounds: said of this row, and the rest is read on
                    yield RawRow(line, ())
                    continue
                if any(cell.strip() for cell in cells):
                    yield RawRow(line, tuple(cells))


class SheetTable(Table):
    """A table on a worksheet."""

    def __init__(self, name: str, values: Sequence[Sequence[Any]]) -> None:
        self._values = values
        super().__init__(name, tuple(_text(cell).strip() for cell in values[0]) if values else ())

    def rows(self) -> Iterator[RawRow]:
        """Read the rows."""
        for line, values in enumerate(self._values[1:], 2):
            cells = tuple(_text(cell) for cell in values)
            if any(cells):
                yield RawRow(line, cells)


@dataclass(frozen=True)
class OpenedExport:
    """An export: where it comes from, its main table, the tables of its repeats, and its files by name."""

    source: ImportSource
    main: Table
    others: tuple[Table, ...]
    media: Mapping[str, str]
    package: zipfile.ZipFile | None

    def open_media(self, name: str) -> tuple[IO[bytes], int]:
        """Open a file that came along, with its size."""
        assert self.package is not None  # noqa: S101 - names come from it
        return self.package.open(self.media[name]), self.package.getinfo(self.media[name]).file_size


def open_export(file: IO[bytes]) -> OpenedExport:
    """Open an export by what it holds, not by its name. Raises the refusals above."""
    csv.field_size_limit(MAX_CELL)
    start = file.read(4)
    file.seek(0)
    if start != b"PK\x03\x04":
        return _opened([CsvTable("", _Source(file))], {}, None)
    try:
        package = zipfile.ZipFile(file)
        members = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise FileDamaged() from error
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileTooLarge()
    if "xl/workbook.xml" in package.namelist():
        return _opened(_sheets(file), {}, None)
    plain = [m.filename for m in members if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    tables = [CsvTable(PurePosixPath(n).stem, _Source(package, n)) for n in plain if _is_table(n)]
    media = {PurePosixPath(name).name: name for name in plain if not _is_table(name)}
    return _opened(tables, media, package)


def _is_table(name: str) -> bool:
    return name.casefold().endswith(".csv") and "media" not in PurePosixPath(name).parts[:-1]


def _opened(tables: Sequence[Table], media: Mapping[str, str], package: zipfile.ZipFile | None) -> OpenedExport:
    for table in tables:
        if any("\ud800" <= sign <= "\udfff" for name in table.header for sign in name):
            raise NotUtf8()
        source = source_of_table(table.header)
        if source is not None and not {"PARENT_KEY", "_parent_index"} & set(table.header):
            names = [name for name in table.header if name]
            if twice := next((name for name in names if names.count(name) > 1), ""):
                raise ColumnTwice(name=twice)
            others = tuple(one for one in tables if one is not table)
            return OpenedExport(source, table, others, media, package)
    raise FormatUnknown()


def _sheets(file: IO[bytes]) -> list[Table]:
    file.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        return [
            SheetTable(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
    except (zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise FileDamaged() from error


class _Source:
    """Where a CSV's bytes are: a file, or a member of a ZIP."""

    def __init__(self, holder: IO[bytes] | zipfile.ZipFile, name: str = "") -> None:
        self._holder = holder
        self._name = name

    def open(self) -> io.TextIOWrapper:
        """Open it from its beginning, as text; UTF-16 is what Excel calls Unicode text."""
        start = self._bytes().read(4)
        encoding = "utf-16" if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        return _Kept(self._bytes(), encoding=encoding, errors="surrogateescape", newline="")

    def _bytes(self) -> IO[bytes]:
        if isinstance(self._holder, zipfile.ZipFile):
            try:
                return self._holder.open(self._name)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:  # damaged or encrypted
                raise FileDamaged() from error
        self._holder.seek(0)
        return self._holder


class _Kept(io.TextIOWrapper):
    """Leaves the bytes open when the text is closed: they are read more than once."""

    def close(self) -> None:
        """Let go of the bytes."""
        with suppress(ValueError):  # it has let go before
            self.detach()


def _sniff(source: _Source) -> tuple[str, tuple[str, ...]]:
    """Find the separator: the one with which the header names what we know, or else gives most columns."""
    found: list[tuple[bool, int, str, tuple[str, ...]]] = []
    for delimiter in _DELIMITERS:
        with source.open() as text:
            try:
                header = next(csv.reader(_without_nul(text), delimiter=delimiter), [])
            except (csv.Error, UnicodeError):
                continue
        names = tuple(name.strip() for name in header)
        found.append((source_of_table(names) is not None, len(names), delimiter, names))
    if not found:
        raise FormatUnknown()
    _, _, delimiter, names = max(found, key=lambda one: one[:2])
    return delimiter, names


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    # Python's reader stops at a NUL; as another control character it is refused with its row alone.
    return (line.replace("\0", "\x01") for line in lines)


def _text(cell: Any) -> str:
    """Write a worksheet's cell as the two systems would: whole numbers without a point, times as ISO."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
