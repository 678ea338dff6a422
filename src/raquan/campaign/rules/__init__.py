"""What a campaign and its plan can be."""

from raquan.campaign.rules.campaigns import NATIONAL_DAY, PlanState, current

__all__ = ["NATIONAL_DAY", "PlanState", "current"]
