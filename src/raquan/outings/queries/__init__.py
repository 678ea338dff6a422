"""What may be asked about outings and sites."""

from raquan.outings.queries.attendance import (
    AttendanceRow,
    TeamSpell,
    attendance,
    checks_in_others,
    team_history,
)
from raquan.outings.queries.columns import OUTINGS, SITES
from raquan.outings.queries.kit import KitLine, kit, ticks_kit
from raquan.outings.queries.phones import TeamPhone, team_phones
from raquan.outings.queries.places import place_choices, place_names
from raquan.outings.queries.planning import (
    PlanOptions,
    ServiceGroupChoices,
    SiteOnDay,
    own_sites,
    plan_options,
    site,
    site_on,
    sites,
    team_choices,
    team_to_choose,
)
from raquan.outings.queries.reading import (
    assigned_outings,
    happens_now,
    next_outings,
    outing,
    outing_by_code,
    outing_codes,
    outing_counts,
    outing_refs,
    outings,
    outings_by_codes,
    public_outings,
    steps_for,
)
from raquan.outings.queries.shapes import OutingCounts, OutingRef, OutingView, SiteView
from raquan.outings.queries.signs import OutingSign, address_sign, outing_sign, project_sign
from raquan.outings.queries.tasks import TaskOutings, task_outings

__all__ = [
    "OUTINGS",
    "SITES",
    "AttendanceRow",
    "KitLine",
    "OutingCounts",
    "OutingRef",
    "OutingSign",
    "OutingView",
    "PlanOptions",
    "ServiceGroupChoices",
    "SiteOnDay",
    "SiteView",
    "TaskOutings",
    "TeamPhone",
    "TeamSpell",
    "address_sign",
    "assigned_outings",
    "attendance",
    "checks_in_others",
    "happens_now",
    "kit",
    "next_outings",
    "outing",
    "outing_by_code",
    "outing_codes",
    "outing_counts",
    "outing_refs",
    "outing_sign",
    "outings",
    "outings_by_codes",
    "own_sites",
    "place_choices",
    "place_names",
    "plan_options",
    "project_sign",
    "public_outings",
    "site",
    "site_on",
    "sites",
    "steps_for",
    "task_outings",
    "team_choices",
    "team_history",
    "team_phones",
    "team_to_choose",
    "ticks_kit",
]
