"""Reads the catalogue's CSV files and says where they are wrong."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import nfc

Row = Mapping[str, str]
PACKAGED = Path(__file__).parent / "data"


class CatalogueUnreadable(Refused):
    """A file is missing, or a row of it does not say what it must."""

    code = "catalogue.unreadable"
    message = N_("Không đọc được danh mục: {file}, dòng {line}: {reason}.")


@dataclass(frozen=True, slots=True)
class CatalogueFiles:
    """The tables as rows that are ready to be stored; references are still codes."""

    groups: tuple[dict[str, Any], ...]
    rungs: tuple[dict[str, Any], ...]
    services: tuple[dict[str, Any], ...]
    performers: tuple[dict[str, Any], ...]
    bottlenecks: tuple[dict[str, Any], ...]
    guides: tuple[dict[str, Any], ...]
    answers: tuple[dict[str, Any], ...]


def read_catalogue(directory: Path | None = None) -> CatalogueFiles:
    """Read the CSV files of a directory (the packaged ones without it); raises CatalogueUnreadable.

    An office's own directory may do without guides.csv and answers.csv.
    """
    folder = directory or PACKAGED
    return CatalogueFiles(
        groups=_read(folder / "groups.csv", _group),
        rungs=_read(folder / "rungs.csv", _rung),
        services=_read(folder / "services.csv", _service),
        performers=_read(folder / "performers.csv", _performer),
        bottlenecks=_read(folder / "bottlenecks.csv", _bottleneck),
        guides=read_guides(folder / "guides.csv") if (folder / "guides.csv").exists() else (),
        answers=read_answers(folder / "answers.csv") if (folder / "answers.csv").exists() else (),
    )


def read_guides(path: Path) -> tuple[dict[str, Any], ...]:
    """Read guides from a CSV file, in which each line says one thing of a guide; raises CatalogueUnreadable."""
    return _gather(path, _Shape("service_code", "service", _EMPTY_GUIDE, {"bring": "bring", "step": "steps"}))


def read_answers(path: Path) -> tuple[dict[str, Any], ...]:
    """Read answers to bottlenecks from a CSV file of the same make; raises CatalogueUnreadable."""
    lists = {"for": "services", "step": "steps"}
    answers = _gather(path, _Shape("bottleneck_code", "bottleneck", _EMPTY_ANSWER, lists))
    for answer in answers:
        if not answer["question"]:
            raise CatalogueUnreadable(file=path.name, line=0, reason=f"{answer['bottleneck_code']}: question?")
    return answers


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a file says things line by line: whose they are (field and column), what is said once, what often."""

    field: str
    column: str
    once: Mapping[str, Any]
    often: Mapping[str, str]

    def line(self, row: Row, number: int) -> dict[str, Any]:
        """Read a line."""
        part, text = row["part"].strip(), row["text_vi"].strip()
        field = self.often.get(part, part)
        if part not in self.once and part not in self.often:
            raise KeyError(part)
        value: Any = localized(text, **_others(row))
        if field in ("valid_to", "checked_on"):
            value = date.fromisoformat(text)
        elif field in ("address", "source", "services"):
            value = text
        start = date.fromisoformat(row["valid_from"])
        return {"code": row[self.column], "from": start, "field": field, "value": value, "part": part, "line": number}


def _gather(path: Path, shape: _Shape) -> tuple[dict[str, Any], ...]:
    found: dict[tuple[str, date], dict[str, Any]] = {}
    for line in _read(path, shape.line):
        empty = {"line": line["line"], **shape.once, **{field: [] for field in shape.often.values()}}
        thing = found.setdefault((line["code"], line["from"]), empty)
        field = line["field"]
        if field in shape.often.values():
            thing[field].append(line["value"])
        elif thing[field]:
            raise CatalogueUnreadable(file=path.name, line=line["line"], reason=f"{line['part']}?")
        else:
            thing[field] = line["value"]
    for (code, valid_from), thing in found.items():
        first = thing.pop("line")
        if not thing["steps"]:
            raise CatalogueUnreadable(file=path.name, line=first, reason=f"{code}: step?")
        thing |= {shape.field: code, "valid_from": valid_from}
    return tuple(found.values())


def _others(row: Row) -> dict[str, str]:
    """Give the translations that a line has: English, and what a community has written in further columns."""
    return {
        name.removeprefix("text_"): (text or "").strip()
        for name, text in row.items()
        if name and name.startswith("text_") and name != "text_vi"
    }


def _read(path: Path, shape: Callable[[Row, int], dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    rows = []
    try:
        text = nfc(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnreadable(file=path.name, line=0, reason=str(error)) from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            if None in row:  # a comma without quotation marks
                raise ValueError("…,?")
            rows.append(shape(row, number))
        except (KeyError, ValueError, TypeError) as error:
            raise CatalogueUnreadable(file=path.name, line=number, reason=str(error)) from error
    return tuple(rows)


def _name(row: Row, field: str = "name") -> dict[str, str]:
    return localized(row[f"{field}_vi"], en=row[f"{field}_en"])


def _dates(row: Row) -> dict[str, date | None]:
    until = row["valid_to"]
    return {
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(until) if until else None,
    }


def _group(row: Row, number: int) -> dict[str, Any]:
    return {"code": row["code"], "position": int(row["position"]), "name": _name(row)}


def _rung(row: Row, number: int) -> dict[str, Any]:
    return {
        "group": row["group"],
        "code": row["code"],
        "position": int(row["position"]),
        "stage": row["stage"],
        "name": _name(row),
    }


def _service(row: Row, number: int) -> dict[str, Any]:
    return {
        "code": row["code"],
        "group": row["group"],
        "name": _name(row),
        "provider": _name(row, "provider"),
        "source": row["source"],
        "position": number,
        **_dates(row),
    }


def _performer(row: Row, number: int) -> dict[str, Any]:
    return {
        "service_code": row["service"],
        "rung": row["rung"],
        "performer": row["performer"],
        "performer_name": _name(row, "performer"),
        "note": _name(row, "note"),
    }


_EMPTY_GUIDE: dict[str, Any] = {
    "valid_to": None,
    "checked_on": None,
    "address": "",
    "source": "",
    "cost": None,
    "note": None,
}
_EMPTY_ANSWER: dict[str, Any] = {
    "valid_to": None,
    "checked_on": None,
    "address": "",
    "source": "",
    "question": None,
    "note": None,
}


def _bottleneck(row: Row, number: int) -> dict[str, Any]:
    return {"code": row["code"], "position": int(row["position"]), "name": _name(row), **_dates(row)}
