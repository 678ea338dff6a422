"""What may be asked about outings and sites."""

from raquan.outings.queries.attendance import (
    AttendanceRow,
    TeamSpell,
    attendance,
    checks_in_others,
    team_history,
)
from raquan.outings.queries.help_desks import (
    ClosureView,
    HelpDeskView,
    HoursLine,
    closures_everywhere,
    help_desk,
    help_desks,
    may_change_desk,
)
from raquan.outings.queries.kit import KitLine, kit, ticks_kit
from raquan.outings.queries.places import place_choices
from raquan.outings.queries.planning import (
    PlanOptions,
    ServiceGroupChoices,
    SiteView,
    own_sites,
    plan_options,
    site,
    sites,
    team_choices,
)
from raquan.outings.queries.reading import (
    assigned_outings,
    happens_now,
    next_outings,
    outing,
    outing_by_code,
    outing_counts,
    outing_refs,
    outings,
    outings_by_codes,
    public_outings,
    steps_for,
)
from raquan.outings.queries.shapes import OutingCounts, OutingRef, OutingView
from raquan.outings.queries.signs import OutingSign, outing_sign, project_sign

__all__ = [
    "AttendanceRow",
    "ClosureView",
    "HelpDeskView",
    "HoursLine",
    "KitLine",
    "OutingCounts",
    "OutingRef",
    "OutingSign",
    "OutingView",
    "PlanOptions",
    "ServiceGroupChoices",
    "SiteView",
    "TeamSpell",
    "assigned_outings",
    "attendance",
    "checks_in_others",
    "closures_everywhere",
    "happens_now",
    "help_desk",
    "help_desks",
    "kit",
    "may_change_desk",
    "next_outings",
    "outing",
    "outing_by_code",
    "outing_counts",
    "outing_refs",
    "outing_sign",
    "outings",
    "outings_by_codes",
    "own_sites",
    "place_choices",
    "plan_options",
    "project_sign",
    "public_outings",
    "site",
    "sites",
    "steps_for",
    "team_choices",
    "team_history",
    "ticks_kit",
]
