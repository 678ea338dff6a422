"""Compiles one workbook with pyxform in a process of its own, with little memory; a program, run by xlsforms.py.

python -m raquan.forms.gateways.pyxform_child .xlsx FALLBACK_ID < workbook > answer.json
"""

import json
import logging
import re
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

MEMORY = 1024 * 1024 * 1024
MAX_CELLS = 500_000

Rows = Sequence[Sequence[str]]
Sheets = Mapping[str, Rows]

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(\w+)' sheet|sheet: '(\w+)'|(?:on|in) the (\w+) (?:sheet|worksheet)", re.IGNORECASE)
_COLUMN = re.compile(r"the '([^']+)' value")
_QUOTED = re.compile(r"\$\{([^}]+)\}|'([^'\n]+)'|\"([^\"\n]+)\"|`([^`\n]+)`|\[([^\]\n]+)\]|: (\S+)$", re.MULTILINE)

_MEANT = {"section has not been included": "include", "should be a choices sheet": "select_one"}
"""What is to be looked for where a message quotes nothing, or other things than what is wrong."""


def main() -> None:
    """Read the workbook from the standard input and write what came of it as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    kind, fallback = sys.argv[1:]
    answer = compile_workbook(sys.stdin.buffer.read(), kind, fallback)
    sys.stdout.write(json.dumps(answer))


def compile_workbook(data: bytes, kind: str, fallback: str) -> dict[str, Any]:
    """Compile a workbook; say where its questions stand, or what failed, why and in which cell."""
    logging.getLogger("pyxform").setLevel(logging.ERROR)  # it logs every warning on its own
    with catch_warnings():
        simplefilter("ignore")  # openpyxl warns of decoration that it does not keep
        return _compiled(data, kind, fallback)


def _compiled(data: bytes, kind: str, fallback: str) -> dict[str, Any]:
    from pyxform.errors import PyXFormError

    sheets: Sheets = {}
    try:
        sheets, formula = (_read_xlsx if kind == ".xlsx" else _read_xls)(data)
        if formula:
            return {"failed": "formula", "cell": formula}
        return _compile(data, kind, fallback) | {"places": dict(_places(sheets))}
    except PyXFormError as error:
        return {"failed": "uncompilable" if sheets else "unreadable", "reason": str(error)} | _cell(str(error), sheets)
    except Exception as error:
        # Whatever a workbook makes pyxform or its readers raise is the workbook's fault as far as its sender can tell.
        reason = f"{type(error).__name__}: {error}"
        return {"failed": "uncompilable" if sheets else "unreadable", "reason": reason} | _cell(str(error), sheets)


def _compile(data: bytes, kind: str, fallback: str) -> dict[str, Any]:
    from dataclasses import asdict

    from pyxform.xls2json_backends import get_xlsform
    from pyxform.xls2xform import convert

    workbook = asdict(get_xlsform(xlsform=data, file_type=kind))
    workbook["fallback_form_name"] = fallback or None
    result = convert(workbook, validate=False, pretty_print=False)
    return {"xml": result.xform, "warnings": list(result.warnings), "itemsets": result.itemsets}


def _read_xlsx(data: bytes) -> tuple[Sheets, str]:
    """Give what the sheets say, and the first cell with a formula whose result the program did not save."""
    from openpyxl import load_workbook

    said = load_workbook(BytesIO(data), read_only=True, data_only=True)
    written = load_workbook(BytesIO(data), read_only=True, data_only=False)
    sheets: dict[str, Rows] = {}
    left = MAX_CELLS
    for sheet in said.worksheets:
        rows = [[_text(value) for value in row] for row in _bounded(sheet.iter_rows(values_only=True), left)]
        left -= sum(map(len, rows))
        sheets[sheet.title] = rows
        formulas = _bounded(written[sheet.title].iter_rows(values_only=True), MAX_CELLS)
        for number, (values, texts) in enumerate(zip(formulas, rows, strict=False), start=1):
            for place, (value, text) in enumerate(zip(values, texts, strict=False)):
                if isinstance(value, str) and value.startswith("=") and not text:
                    return sheets, _name(sheet.title, number, place)
    return sheets, ""


def _read_xls(data: bytes) -> tuple[Sheets, str]:
    import xlrd

    book = xlrd.open_workbook(file_contents=data)
    return {
        sheet.name: [[_text(value) for value in sheet.row_values(row)] for row in range(sheet.nrows)]
        for sheet in book.sheets()
    }, ""


def _bounded(rows: Iterator[Sequence[Any]], cells: int) -> Iterator[Sequence[Any]]:
    for row in rows:
        cells -= len(row)
        if cells < 0:
            raise MemoryError("more cells than any form has")
        yield row


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _places(sheets: Sheets) -> Iterator[tuple[str, str]]:
    """Say in which cell of the survey each question's name stands."""
    for title, rows in sheets.items():
        headers = [text.lower() for text in rows[0]] if rows else []
        if title.lower() == "survey" and "name" in headers:
            place = headers.index("name")
            for number, row in reversed(list(enumerate(rows[1:], start=2))):
                if len(row) > place and row[place]:
                    yield row[place], _name(title, number, place)


def _cell(text: str, sheets: Sheets) -> dict[str, str]:
    """Find the cell that a message of pyxform means: by the row and column that it names, else by what it quotes."""
    row, column = _ROW.search(text), _COLUMN.search(text)
    named = _SHEET.search(text)
    said = next(one for one in named.groups() if one).lower() if named else ""
    title = next((one for one in sheets if one.lower() == said), "")
    if row and not title:
        title = next((one for one in sheets if one.lower() == "survey"), "")
    if row and title:
        headers = [one.lower() for one in sheets[title][0]]
        wanted = column[1].lower() if column else ""
        place = next((n for n, one in enumerate(headers) if one == wanted or one.startswith(f"{wanted}::")), None)
        return {"cell": f"{title}!{row[1]}" if place is None or not wanted else _name(title, int(row[1]), place)}
    words = [next(one for one in quoted.groups() if one) for quoted in _QUOTED.finditer(text)]
    for word in [*(word for told, word in _MEANT.items() if told in text), *words]:
        if found := _find(word.strip(" .,"), sheets, title):
            return {"cell": found}
    return {"cell": title}


def _find(word: str, sheets: Sheets, title: str) -> str:
    """Find a cell that says a word, or holds it; headers come last, since messages name columns in passing."""
    order = sorted(sheets, key=lambda one: (one != title, one.lower() not in ("survey", "choices", "settings")))
    cells = [
        (text, row, _name(name, row, place))
        for name in order
        for row, texts in enumerate(sheets[name], start=1)
        for place, text in enumerate(texts)
        if text
    ]
    same = [cell for cell in cells if cell[0] == word]
    near = [cell for cell in cells if f"{{{word}}}" in cell[0] or word in cell[0].split()]
    found = sorted([*same, *near], key=lambda cell: cell[1] == 1)
    return found[0][2] if found else ""


def _name(sheet: str, row: int, place: int) -> str:
    """Name a cell as spreadsheets do: survey!C5."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}"


if __name__ == "__main__":
    main()
