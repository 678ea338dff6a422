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


def read_catalogue(directory: Path | None = None) -> CatalogueFiles:
    """Read the CSV files of a directory (the packaged ones without it); raises CatalogueUnreadable.

    An office's own directory may do without guides.csv.
    """
    folder = directory or PACKAGED
    return CatalogueFiles(
        groups=_read(folder / "groups.csv", _group),
        rungs=_read(folder / "rungs.csv", _rung),
        services=_read(folder / "services.csv", _service),
        performers=_read(folder / "performers.csv", _performer),
        bottlenecks=_read(folder / "bottlenecks.csv", _bottleneck),
        guides=read_guides(folder / "guides.csv") if (folder / "guides.csv").exists() else (),
    )


def read_guides(path: Path) -> tuple[dict[str, Any], ...]:
    """Read guides from a CSV file, in which each line says one thing of a guide; raises CatalogueUnreadable."""
    guides: dict[tuple[str, date], dict[str, Any]] = {}
    for line in _read(path, _guide_line):
        key = (line["service_code"], line["valid_from"])
        guide = guides.setdefault(key, {"line": line["line"], **_EMPTY_GUIDE, "bring": [], "steps": []})
        field, value = line["field"], line["value"]
        if field in ("bring", "steps"):
            guide[field].append(value)
        elif guide[field]:
            raise CatalogueUnreadable(file=path.name, line=line["line"], reason=f"{line['part']}?")
        else:
            guide[field] = value
    for (service_code, valid_from), guide in guides.items():
        first = guide.pop("line")
        if not guide["steps"]:
            raise CatalogueUnreadable(file=path.name, line=first, reason=f"{service_code}: step?")
        guide |= {"service_code": service_code, "valid_from": valid_from}
    return tuple(guides.values())


def _read(path: Path, shape: Callable[[Row, int], dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    rows = []
    try:
        text = nfc(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnreadable(file=path.name, line=0, reason=str(error)) from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
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
_GUIDE_PARTS = {part: part for part in _EMPTY_GUIDE} | {"bring": "bring", "step": "steps"}


def _guide_line(row: Row, number: int) -> dict[str, Any]:
    part, text = row["part"].strip(), row["text_vi"].strip()
    field = _GUIDE_PARTS[part]
    value: Any = localized(text, en=(row["text_en"] or "").strip())
    if field in ("valid_to", "checked_on"):
        value = date.fromisoformat(text)
    elif field in ("address", "source"):
        value = text
    start = date.fromisoformat(row["valid_from"])
    return {"service_code": row["service"], "valid_from": start, "field": field, "value": value} | {
        "part": part,
        "line": number,
    }


def _bottleneck(row: Row, number: int) -> dict[str, Any]:
    return {"code": row["code"], "position": int(row["position"]), "name": _name(row), **_dates(row)}
