"""What a kept reading can be while officers look at it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from raquan.kernel.refused import N_
from raquan.readings.rules.reading import ObservanceRead, PlanHead, PlanReading, Scope, Use


class ReadingState(StrEnum):
    """How far a document has come between its upload and the plan."""

    UNDER_WAY = "under_way"
    READ = "read"
    SETTLED = "settled"
    DISCARDED = "discarded"


STATE_NAMES: Mapping[ReadingState, str] = {
    ReadingState.UNDER_WAY: N_("Đang đọc"),
    ReadingState.READ: N_("Chờ xem lại"),
    ReadingState.SETTLED: N_("Đã đưa vào thực hiện"),
    ReadingState.DISCARDED: N_("Đã bỏ"),
}


class Show(StrEnum):
    """Which lines of a reading are shown."""

    OPEN = "open"
    LEFTOVERS = "leftovers"
    TASKS = "tasks"
    ALL = "all"


SHOW_NAMES: Mapping[Show, str] = {
    Show.OPEN: N_("Còn ngờ"),
    Show.LEFTOVERS: N_("Chưa dùng"),
    Show.TASKS: N_("Nhiệm vụ"),
    Show.ALL: N_("Cả văn bản"),
}

# What an officer can say that a line is; that it is none of these is said by dismissing it.
USABLE = (Use.TASK, Use.SECTION, Use.OBJECTIVE)
# Up to so many paragraphs and rows a document is read while the officer waits.
SMALL = 300
# So many lines are written in one transaction: how far a reading can fall back when its worker dies.
CHUNK = 100
# So many lines a worker reads before it asks for the rest, so that no lease runs out under it.
STRETCH = 1000
# Room between two lines of the document for tasks that an officer adds.
GAP = 100
ADDED = "thêm khi xem lại"


def pack_head(reading: PlanReading) -> dict[str, Any]:
    """Give what a plan says above and beside its tasks, as JSON."""
    head = reading.head
    return {
        "number": head.number,
        "issuer": head.issuer,
        "title": head.title,
        "issued_on": _iso(head.issued_on),
        "theme": reading.theme,
        "theme_province": reading.theme_province,
        "starts_on": _iso(reading.starts_on),
        "ends_on": _iso(reading.ends_on),
        "year": reading.year,
        "observances": [[one.scope.value, one.name, one.month, one.day] for one in reading.observances],
        "amends": reading.amends,
        "replaces_list": reading.replaces_list,
    }


def unpack_head(kept: Mapping[str, Any]) -> PlanReading:
    """Give back the reading that was packed, without its tasks."""
    return PlanReading(
        head=PlanHead(kept["number"], kept["issuer"], _day(kept["issued_on"]), kept["title"]),
        theme=kept["theme"],
        theme_province=kept["theme_province"],
        starts_on=_day(kept["starts_on"]),
        ends_on=_day(kept["ends_on"]),
        year=kept["year"],
        observances=tuple(
            ObservanceRead(Scope(scope), name, month, day) for scope, name, month, day in kept["observances"]
        ),
        amends=kept["amends"],
        replaces_list=kept["replaces_list"],
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
