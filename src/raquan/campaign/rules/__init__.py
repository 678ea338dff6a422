"""What a campaign and its plan can be."""

from raquan.campaign.rules.campaigns import NATIONAL_DAY, ORDERING, PlanState, current
from raquan.campaign.rules.placing import Entry, placed

__all__ = ["NATIONAL_DAY", "ORDERING", "Entry", "PlanState", "current", "placed"]
