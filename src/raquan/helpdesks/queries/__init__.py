"""What may be asked about help desks."""

from raquan.helpdesks.queries.columns import HELP_DESKS
from raquan.helpdesks.queries.day_facts import DeskDayFact, DeskRef, desk_day_facts, desks_by_ids
from raquan.helpdesks.queries.reading import (
    HelpDeskRef,
    closures_everywhere,
    help_desk,
    help_desk_by_code,
    help_desks,
    help_desks_by_codes,
    may_change_desk,
    units_of,
)
from raquan.helpdesks.queries.roster import ShiftView, may_read_roster, own_desks, people_on, roster, rostered
from raquan.helpdesks.queries.shapes import ClosureView, HelpDeskView, HoursLine

__all__ = [
    "HELP_DESKS",
    "ClosureView",
    "DeskDayFact",
    "DeskRef",
    "HelpDeskRef",
    "HelpDeskView",
    "HoursLine",
    "ShiftView",
    "closures_everywhere",
    "desk_day_facts",
    "desks_by_ids",
    "help_desk",
    "help_desk_by_code",
    "help_desks",
    "help_desks_by_codes",
    "may_change_desk",
    "may_read_roster",
    "own_desks",
    "people_on",
    "roster",
    "rostered",
    "units_of",
]
