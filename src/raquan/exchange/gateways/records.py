"""Reads the rows of an opened export as records of a form, each with its repeats, or says why one is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from raquan.exchange.gateways.tables import OpenedExport, RawRow, Table
from raquan.exchange.rules import (
    ChildRow,
    ImportSource,
    Labels,
    Meta,
    ReadRow,
    TableMap,
    answers_of,
    label_key,
    map_columns,
    read_instance_id,
    read_moment,
    review_of,
)
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import nfc

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHEET_NAME = 31

Fields = Sequence[tuple[str, str]]


class RowCells(Refused):
    """The row has more or fewer cells than the header."""

    code = "import.cells"
    message = N_("Dòng có {cells} ô mà tiêu đề có {heads} cột.")


class RowEncoding(Refused):
    """The row holds bytes that are no UTF-8, or characters that no text has."""

    code = "import.encoding"
    message = N_("Dòng có ký tự hỏng. Hãy xuất lại tệp với bảng mã UTF-8.")


class RowWithoutId(Refused):
    """The row does not say which record it is."""

    code = "import.no_id"
    message = N_("Dòng không có mã bản ghi (cột KEY hoặc _uuid).")


class RowTime(Refused):
    """The row's time of sending cannot be read."""

    code = "import.time_unreadable"
    message = N_("Không đọc được giờ gửi “{text}”.")


class RowRejected(Refused):
    """The other system's people have rejected the record: it counts there no more than here."""

    code = "import.rejected_there"
    message = N_("Bản ghi đã bị loại ở hệ thống kia.")


class RowWithoutAnswers(Refused):
    """The other system has no answers for the record: it is encrypted, or they are lost."""

    code = "import.no_answers"
    message = N_("Hệ thống kia không có câu trả lời của bản ghi này ({status}).")


class LabelUnknown(Refused):
    """No choice of the question has this value or label."""

    code = "import.label_unknown"
    message = N_("Câu hỏi {question} không có lựa chọn “{text}”.")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no record, and why."""

    line: int
    instance_id: str
    refusal: Refused


@dataclass(frozen=True, slots=True)
class _Child:
    """A row of a repeat, with the key by which its own repeats name it."""

    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """An export matched with a form: what its columns mean, and its records."""

    export: OpenedExport
    main: TableMap
    repeats: Mapping[str, TableMap]
    children: Mapping[str, Mapping[str, Sequence[_Child]]]
    unmatched: tuple[str, ...]
    labels: Labels

    def rows(self, after: int = 0) -> Iterator[ReadRow | BadRow]:
        """Read the rows after a line, in their order."""
        for row in self.export.main.rows():
            if row.line > after:
                yield self._read(row)

    def _read(self, row: RawRow) -> ReadRow | BadRow:
        heads = self.export.main.header
        said = self._said(row)
        instance_id = nfc(read_instance_id(said.get(Meta.ID, "")))
        try:
            check_cells(row, heads)
            if not instance_id:
                raise RowWithoutId()
            sent_at = _moment(said.get(Meta.SENT_AT, ""))
            review = review_of(said.get(Meta.REVIEW, ""))
            if review == "rejected":
                raise RowRejected()
            if status := said.get(Meta.STATUS, "").strip():
                raise RowWithoutAnswers(status=status[:60])
            answers = self._answers(row)
        except Refused as refusal:
            shown = _SURROGATE.sub("?", _CONTROL.sub("?", instance_id))
            return BadRow(row.line, shown[:200], refusal)
        is_central = self.export.source is ImportSource.CENTRAL
        return ReadRow(
            line=row.line,
            instance_id=instance_id,
            sent_at=sent_at,
            version=said.get(Meta.VERSION, "").strip(),
            sender=nfc(said.get(Meta.SENDER, "")).strip(),
            device=nfc(said.get(Meta.DEVICE, "")).strip(),
            review=review,
            answers=answers,
            repeats=self._below("", instance_id if is_central else said.get(Meta.INDEX, "")),
        )

    def _answers(self, row: RawRow) -> dict[str, str]:
        """Read a row's answers; where the export says labels, they are turned back into values."""
        answers = {path: nfc(text) for path, text in answers_of(row.cells, self.main).items()}
        for path, text in answers.items():
            values, labels = self.labels.values.get(path, frozenset()), self.labels.choices.get(path, {})
            if not text or not values or set(text.split()) <= values:
                continue
            known = labels.get(label_key(text))
            if known is None and self.export.source is ImportSource.KOBO:
                raise LabelUnknown(question=path, text=text[:100])
            answers[path] = known or text
        return answers

    def _said(self, row: RawRow) -> dict[Meta, str]:
        return {meta: row.cells[place] for meta, place in self.main.meta.items() if place < len(row.cells)}

    def _below(self, above: str, key: str) -> dict[str, tuple[ChildRow, ...]]:
        """Give the rows of the repeats directly below a repeat ("" is the record) for one parent."""
        found: dict[str, tuple[ChildRow, ...]] = {}
        for path, by_parent in self.children.items():
            if _parent_of(path, self.repeats) != above:
                continue
            found[path] = tuple(
                ChildRow(
                    answers={p: nfc(text) for p, text in answers_of(one.cells, self.repeats[path]).items()},
                    repeats=self._below(path, one.key),
                )
                for one in by_parent.get(key, ())
            )
        return found


def read_export(export: OpenedExport, *, form_id: str, fields: Fields, labels: Labels | None = None) -> Reading:
    """Match an export's tables with a form's questions; the rows of repeats are read, the records are not yet."""
    repeats: dict[str, TableMap] = {}
    children: dict[str, dict[str, list[_Child]]] = {}
    unmatched: list[str] = []
    for table in export.others:
        path = _repeat_of(table.name, form_id, fields)
        mapped = map_columns(table.header, fields, export.source, path) if path else None
        if path is None or mapped is None or Meta.PARENT not in mapped.meta:
            unmatched.append(table.name)
            continue
        repeats[path] = mapped
        children[path] = _by_parent(table, mapped, export.source)
    words = labels or Labels()
    main = map_columns(export.main.header, fields, export.source, labels=words.questions)
    return Reading(export, main, repeats, children, tuple(unmatched), words)


def _by_parent(table: Table, mapped: TableMap, source: ImportSource) -> dict[str, list[_Child]]:
    own = Meta.ID if source is ImportSource.CENTRAL else Meta.INDEX
    found: dict[str, list[_Child]] = {}
    for row in table.rows():
        if len(row.cells) != len(table.header) or _broken(row):
            continue
        key = row.cells[mapped.meta[own]].strip() if own in mapped.meta else ""
        found.setdefault(row.cells[mapped.meta[Meta.PARENT]].strip(), []).append(_Child(key, row.cells))
    return found


def _repeat_of(name: str, form_id: str, fields: Fields) -> str | None:
    """Tell which repeat a table lists by the table's name; Excel cuts such names."""
    inner = name.removeprefix(f"{form_id}-")
    paths = [path for path, kind in fields if kind == "repeat"]
    for path in paths:
        if inner in {path, path.replace("/", "-"), path.replace("/", "_"), path.replace("/", ".")}:
            return path
    last = [path for path in paths if inner[:_SHEET_NAME] == path.rsplit("/", 1)[-1][:_SHEET_NAME]]
    return last[0] if len(last) == 1 else None


def _parent_of(path: str, repeats: Mapping[str, TableMap]) -> str:
    above = [one for one in repeats if path.startswith(f"{one}/")]
    return max(above, key=len, default="")


def check_cells(row: RawRow, heads: Sequence[str]) -> None:
    """Raise RowCells or RowEncoding where a row cannot be read."""
    if len(row.cells) != len(heads):
        raise RowCells(cells=len(row.cells), heads=len(heads))
    if _broken(row):
        raise RowEncoding()


def _broken(row: RawRow) -> bool:
    return any(_CONTROL.search(cell) or _SURROGATE.search(cell) for cell in row.cells)


def _moment(text: str) -> datetime | None:
    try:
        return read_moment(text)
    except ValueError:
        raise RowTime(text=text[:60]) from None
