"""Where a calendar and its rows stand, and how many are read or taken in at once."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_


class CalendarState(StrEnum):
    """Where a calendar stands."""

    UNDER_WAY = "under_way"
    READ = "read"
    DISCARDED = "discarded"


class Use(StrEnum):
    """What a row is taken for: no outing, one that waits, is asked for, is taken in, or was set aside."""

    SAID = "said"
    WAITING = "waiting"
    ASKED = "asked"
    TAKEN = "taken"
    DISMISSED = "dismissed"


class Show(StrEnum):
    """Which rows a page shows."""

    OPEN = "open"
    READY = "ready"
    TAKEN = "taken"
    ALL = "all"


STATE_NAMES: Mapping[CalendarState, str] = {
    CalendarState.UNDER_WAY: N_("Đang đọc"),
    CalendarState.READ: N_("Đã đọc"),
    CalendarState.DISCARDED: N_("Đã bỏ"),
}
USE_NAMES: Mapping[Use, str] = {
    Use.SAID: N_("Không phải buổi ra quân"),
    Use.WAITING: N_("Chưa nhận"),
    Use.ASKED: N_("Đang nhận"),
    Use.TAKEN: N_("Đã nhận"),
    Use.DISMISSED: N_("Đã bỏ qua"),
}
SHOW_NAMES: Mapping[Show, str] = {
    Show.OPEN: N_("Cần sửa"),
    Show.READY: N_("Nhận được"),
    Show.TAKEN: N_("Đã nhận"),
    Show.ALL: N_("Mọi dòng"),
}
CHUNK = 50
"""Rows that are read in one transaction."""
SMALL = 100
"""A calendar of no more rows is read while its officer waits."""
STRETCH = 1000
"""Rows that a worker reads, or takes in, before it asks for itself again."""
AT_ONCE = 10
"""Rows that are taken in while their officer waits; more are a worker's."""
