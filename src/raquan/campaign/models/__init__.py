"""How campaigns, their plans and what is done under them are stored."""

from raquan.campaign.models.doing import (
    CommuneInGroup,
    Evidence,
    Indicator,
    Statement,
    SubPlan,
    SubPlanComment,
    SubPlanLine,
    Target,
    TaskIndicator,
)
from raquan.campaign.models.plans import (
    Amendment,
    Campaign,
    CampaignQuerySet,
    Leftover,
    Objective,
    Observance,
    Plan,
    Task,
    TaskChange,
    TaskQuerySet,
    TaskUnit,
)

__all__ = [
    "Amendment",
    "Campaign",
    "CampaignQuerySet",
    "CommuneInGroup",
    "Evidence",
    "Indicator",
    "Leftover",
    "Objective",
    "Observance",
    "Plan",
    "Statement",
    "SubPlan",
    "SubPlanComment",
    "SubPlanLine",
    "Target",
    "Task",
    "TaskChange",
    "TaskIndicator",
    "TaskQuerySet",
    "TaskUnit",
]
