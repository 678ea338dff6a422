"""The words and rules of reports of displays: what the form `display` asks, and what becomes of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from raquan.kernel.refused import N_
from raquan.kernel.text import normalize
from raquan.outings.rules import read_code

REPORT_FORM = "display"
"""The id of the form by which displays are recorded on the spot (forms/display.xlsx)."""


class Finding(StrEnum):
    """How a display was found."""

    HUNG = "hung"
    DAMAGED = "damaged"
    REMOVED = "removed"


FINDING_NAMES: Mapping[Finding, str] = {
    Finding.HUNG: N_("Đang treo"),
    Finding.DAMAGED: N_("Hư hỏng"),
    Finding.REMOVED: N_("Đã gỡ"),
}


class ReportState(StrEnum):
    """What became of a report; whatever it is, the record stays."""

    WAITING = "waiting"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    OVER = "over"
    DELETED = "deleted"


REPORT_STATE_NAMES: Mapping[ReportState, str] = {
    ReportState.WAITING: N_("Chờ ảnh về"),
    ReportState.TAKEN: N_("Đã ghi"),
    ReportState.UNKNOWN: N_("Không rõ nơi treo"),
    ReportState.OVER: N_("Nơi này đã gỡ, hết hạn hoặc không nhận"),
    ReportState.DELETED: N_("Bản ghi đã xóa"),
}


@dataclass(frozen=True, slots=True)
class SaidReport:
    """What a record answers: the code as it is stored, and as it was written where that is none; `photo` is a name."""

    code: str
    written: str
    finding: Finding | None
    seen_at: datetime
    place: str
    note: str
    photo: str


def read_report(answers: Mapping[str, Any], *, received_at: datetime) -> SaidReport:
    """Read the answers of the form `display`. Nothing is seen after it has come, whatever a phone's clock says."""
    flat = dict(_flat(answers))
    written = normalize(flat.get("code", "") or flat.get("typed", ""))
    finding = flat.get("finding", "")
    return SaidReport(
        code=read_code(written)[:60],
        written=written[:60],
        finding=Finding(finding) if finding in set(Finding) else None,
        seen_at=min(_time(flat.get("start", "")) or received_at, received_at),
        place=normalize(flat.get("place", ""))[:300],
        note=normalize(flat.get("note", ""))[:500],
        photo=flat.get("photo", ""),
    )


def becomes(said: SaidReport, *, is_known: bool, is_open: bool, has_picture: bool) -> ReportState:
    """Say what becomes of a report whose display is known or not, and can still be proven or not."""
    if not is_known or said.finding is None:
        return ReportState.UNKNOWN
    if said.photo and not has_picture:
        return ReportState.WAITING
    if said.finding is Finding.HUNG and not is_open:
        return ReportState.OVER
    return ReportState.TAKEN


def _flat(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in answers.items():
        if isinstance(value, Mapping):
            found += _flat(value)
        elif isinstance(value, str):
            found.append((name, value))
    return found


def _time(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None
