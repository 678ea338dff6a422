"""Reads a .csv into the rows of a sheet, whichever sign parts its cells."""

import codecs
import csv
import io

from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import nfc
from raquan.readings.gateways.excel import TooManyCells
from raquan.readings.rules import Cell, Sheet, SheetRow

_MOST_ROWS, _MOST_COLUMNS = 20_000, 200
_SIGNS = (";", ",", "\t")


class NotUtf8(Refused):
    """The file is in another encoding: its letters would be others."""

    code = "plan.not_utf8"
    message = N_("Tệp CSV không dùng bảng mã UTF-8. Hãy lưu lại thành “CSV UTF-8” hoặc .xlsx rồi nạp lại.")


def read_csv(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Read a table of text; bytes of UTF-16 with their mark are taken too. Raises NotUtf8, TooManyCells."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = nfc(data.decode("utf-16" if is_wide else "utf-8-sig")).replace("\0", "")
    except UnicodeDecodeError as error:
        raise NotUtf8() from error
    sample = text[:20_000]
    sign = max(_SIGNS, key=sample.count)
    rows: list[SheetRow] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
            if number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise TooManyCells(sheet=name, rows=_MOST_ROWS, columns=_MOST_COLUMNS)
            rows.append(SheetRow(number, tuple(Cell(cell, at) for at, cell in enumerate(row))))
    except csv.Error as error:
        raise TooManyCells(sheet=name, rows=_MOST_ROWS, columns=_MOST_COLUMNS) from error
    return (Sheet(name, tuple(rows)),)
