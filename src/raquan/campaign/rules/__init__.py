"""What a campaign and its plan can be."""

from raquan.campaign.rules.campaigns import NATIONAL_DAY, current
from raquan.campaign.rules.placing import Entry, placed
from raquan.campaign.rules.standing import STANDING_NAMES, Standing, StandingKind
from raquan.campaign.rules.states import (
    CHANGEABLE,
    HEARD,
    ORDERING,
    PLAN_STATE_NAMES,
    PLAN_TRANSITIONS,
    SIGNED,
    SUB_PLAN_STATE_NAMES,
    SUB_PLAN_TRANSITIONS,
    WRITABLE,
    PlanState,
    PlanStep,
    SubPlanState,
    SubPlanStep,
)
from raquan.campaign.rules.targets import (
    ALL_NAME,
    COMMUNE_GROUP_NAMES,
    MOST_ROWS,
    CommuneGroup,
    TargetRow,
    TargetScope,
    group_named,
    names_all,
    read_rows,
    split_rows,
)
from raquan.campaign.rules.units import levels_named
from raquan.campaign.rules.years import Window, move_day

__all__ = [
    "ALL_NAME",
    "CHANGEABLE",
    "COMMUNE_GROUP_NAMES",
    "HEARD",
    "MOST_ROWS",
    "NATIONAL_DAY",
    "ORDERING",
    "PLAN_STATE_NAMES",
    "PLAN_TRANSITIONS",
    "SIGNED",
    "STANDING_NAMES",
    "SUB_PLAN_STATE_NAMES",
    "SUB_PLAN_TRANSITIONS",
    "WRITABLE",
    "CommuneGroup",
    "Entry",
    "PlanState",
    "PlanStep",
    "Standing",
    "StandingKind",
    "SubPlanState",
    "SubPlanStep",
    "TargetRow",
    "TargetScope",
    "Window",
    "current",
    "group_named",
    "levels_named",
    "move_day",
    "names_all",
    "placed",
    "read_rows",
    "split_rows",
]
