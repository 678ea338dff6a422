"""Brings a plan into force, and what amends it."""

from raquan.campaign.commands.amending import (
    AmendedPlanUnknown,
    AmendsNothing,
    PlanAmended,
    PlanChanged,
    amend_plan,
)
from raquan.campaign.commands.importing import (
    AlreadyInForce,
    AmendsAnother,
    PlanImported,
    WindowReversed,
    WindowUnknown,
    YearUnknown,
    import_plan,
    import_reading,
)
from raquan.readings.commands import NotAPlan

__all__ = [
    "AlreadyInForce",
    "AmendedPlanUnknown",
    "AmendsAnother",
    "AmendsNothing",
    "NotAPlan",
    "PlanAmended",
    "PlanChanged",
    "PlanImported",
    "WindowReversed",
    "WindowUnknown",
    "YearUnknown",
    "amend_plan",
    "import_plan",
    "import_reading",
]
