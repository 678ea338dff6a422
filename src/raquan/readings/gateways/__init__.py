"""Turns files that offices send into what the rules can read."""

from pathlib import PurePath

from raquan.kernel.refused import N_, Refused
from raquan.readings.rules import DocumentText, Sheet

__all__ = ["OldFormat", "media_type", "read_document", "read_table"]

_BOOKS = (".xlsx", ".xlsm")
_OLD_BOOKS = (".xls", ".ods", ".csv")


class OldFormat(Refused):
    """The file is a table in a format that we do not read."""

    code = "plan.old_format"
    message = N_("Chưa đọc được tệp {suffix}. Hãy mở bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi nạp lại.")


def read_document(data: bytes, file_name: str) -> DocumentText:
    """Read a file by what its name says it is.

    Raises NotDocx, NotXlsx, OldFormat, TooLarge, TooManyCells or OldFont. What reads is imported when the first file
    comes: it would be a third of the time in which a process starts.
    """
    suffix = PurePath(file_name).suffix.lower()
    if suffix in _OLD_BOOKS:
        raise OldFormat(suffix=suffix)
    if suffix in _BOOKS:
        from raquan.readings.gateways.excel import read_xlsx

        return read_xlsx(data)
    from raquan.readings.gateways.word import read_docx

    return read_docx(data)


def read_table(data: bytes, file_name: str) -> tuple[Sheet, ...]:
    """Read the rows of a .csv, or of a workbook whatever else its name says.

    Raises NotXlsx, NotUtf8, OldFormat, TooLarge, TooManyCells or OldFont.
    """
    suffix = PurePath(file_name).suffix.lower()
    if suffix == ".csv":
        from raquan.readings.gateways.text_tables import read_csv

        return read_csv(data, PurePath(file_name).stem)
    if suffix in _OLD_BOOKS:
        raise OldFormat(suffix=suffix)
    from raquan.readings.gateways.excel import read_sheets

    return read_sheets(data)


def media_type(file_name: str) -> str:
    """Give the media type that a file of such a name is served with."""
    book = PurePath(file_name).suffix.lower() in _BOOKS
    kind = "spreadsheetml.sheet" if book else "wordprocessingml.document"
    return f"application/vnd.openxmlformats-officedocument.{kind}"
