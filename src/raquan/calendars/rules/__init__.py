"""Reads a calendar of outings out of sheets, by meaning and not by position."""

from raquan.calendars.rules.columns import Column
from raquan.calendars.rules.days import Window, swapped
from raquan.calendars.rules.doubts import BLOCKING, DOUBT_NAMES, Doubt
from raquan.calendars.rules.names import place_parts, site_kind, topics_in
from raquan.calendars.rules.reader import TEMPLATE_LISTS, CellRead, OutingRead, RowRead, read_calendar
from raquan.calendars.rules.states import (
    AT_ONCE,
    CHUNK,
    SHOW_NAMES,
    SMALL,
    STATE_NAMES,
    STRETCH,
    USE_NAMES,
    CalendarState,
    Show,
    Use,
)

__all__ = [
    "AT_ONCE",
    "BLOCKING",
    "CHUNK",
    "DOUBT_NAMES",
    "SHOW_NAMES",
    "SMALL",
    "STATE_NAMES",
    "STRETCH",
    "TEMPLATE_LISTS",
    "USE_NAMES",
    "CalendarState",
    "CellRead",
    "Column",
    "Doubt",
    "OutingRead",
    "RowRead",
    "Show",
    "Use",
    "Window",
    "place_parts",
    "read_calendar",
    "site_kind",
    "swapped",
    "topics_in",
]
