"""Shows a plan before it is stored, and brings it into force."""

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
    TaskPreview,
    preview_plan,
    preview_stored_plan,
)

__all__ = [
    "AlreadyInForce",
    "NotAPlan",
    "PlanImported",
    "PlanPreview",
    "TaskPreview",
    "WindowReversed",
    "WindowUnknown",
    "YearUnknown",
    "import_plan",
    "import_stored_plan",
    "preview_plan",
    "preview_stored_plan",
]
