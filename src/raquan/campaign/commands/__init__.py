"""Reads plans without storing them, and brings one into force."""

from raquan.campaign.commands.importing import (
    AlreadyInForce,
    NotAPlan,
    PlanImported,
    WindowReversed,
    WindowUnknown,
    YearUnknown,
    import_plan,
    import_stored_plan,
)
from raquan.campaign.commands.reading import (
    PlanPreview,
    PlanUnderstood,
    TaskPreview,
    UnitMatch,
    preview_plan,
    preview_stored_plan,
    understand_plan,
)

__all__ = [
    "AlreadyInForce",
    "NotAPlan",
    "PlanImported",
    "PlanPreview",
    "PlanUnderstood",
    "TaskPreview",
    "UnitMatch",
    "WindowReversed",
    "WindowUnknown",
    "YearUnknown",
    "import_plan",
    "import_stored_plan",
    "preview_plan",
    "preview_stored_plan",
    "understand_plan",
]
