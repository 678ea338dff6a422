"""What an export is made of: its formats, its columns, and how a cell is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from raquan.kernel.refused import N_

KEEP = timedelta(days=7)
"""How long an export may be downloaded."""

EXCEL_ROWS = 1_048_575


class ExportKind(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    ZIP = "zip"


KIND_NAMES: Mapping[ExportKind, str] = {
    ExportKind.CSV: N_("CSV, mở được bằng Excel"),
    ExportKind.XLSX: N_("Excel (.xlsx)"),
    ExportKind.GEOJSON: N_("GeoJSON, cho phần mềm bản đồ"),
    ExportKind.ZIP: N_("CSV kèm ảnh (.zip)"),
}

COLUMNS: Mapping[str, str] = {
    "number": N_("Số dòng"),
    "root_instance_id": N_("Mã bản ghi"),
    "form_id": N_("Biểu mẫu"),
    "form_version": N_("Phiên bản"),
    "review_state": N_("Tình trạng"),
    "occurred_at": N_("Lúc (giờ Việt Nam)"),
    "received_at": N_("Nhận lúc (giờ Việt Nam)"),
    "place_code": N_("Mã xã"),
    "place_name": N_("Xã, phường, thị trấn"),
    "organization_name": N_("Đơn vị"),
    "outing_code": N_("Buổi ra quân"),
    "service_code": N_("Mã dịch vụ"),
    "service_name": N_("Dịch vụ"),
    "sender": N_("Người, máy gửi"),
    "source": N_("Đến bằng"),
    "edits": N_("Số lần sửa"),
    "is_synthetic": N_("Mô phỏng"),
    "files": N_("Tệp kèm theo"),
}
"""What every export says of a record before its answers."""


@dataclass(frozen=True, slots=True)
class Columns:
    """An export's columns: their heads, and the questions (path, type) behind those after the fixed ones."""

    heads: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


def columns_of(fields: Sequence[tuple[str, str]], heads: Mapping[str, str]) -> Columns:
    """Choose the columns for some forms' fields: a question each, and one for a repeat as a whole."""
    repeats = tuple(path for path, kind in fields if kind == "repeat")
    questions = tuple(
        (path, kind)
        for path, kind in fields
        if kind != "group" and not any(path.startswith(f"{repeat}/") for repeat in repeats)
    )
    return Columns((*heads.values(), *(path for path, _ in questions)), questions)


def answer_of(answers: Mapping[str, Any], path: str) -> Any:
    """Give what was answered at a path; "" where nothing was, a list or mapping where a repeat stands there."""
    found: Any = answers
    for name in path.split("/"):
        found = found.get(name, "") if isinstance(found, Mapping) else ""
    return found


def point_of(answers: Mapping[str, Any], questions: Sequence[tuple[str, str]]) -> tuple[float, float] | None:
    """Give longitude and latitude of the first answered geopoint ("lat lon altitude accuracy")."""
    for path, kind in questions:
        parts = str(answer_of(answers, path)).split() if kind == "geopoint" else []
        if len(parts) < 2:
            continue
        try:
            lat, lon = float(parts[0]), float(parts[1])
        except ValueError:
            continue
        if abs(lat) <= 90 and abs(lon) <= 180:
            return lon, lat
    return None
