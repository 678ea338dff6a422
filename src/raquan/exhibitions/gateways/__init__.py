"""What leaves exhibitions for paper, and how much comes from one address of the network."""

from raquan.exhibitions.gateways.paper import day_pdf, plan_pdf
from raquan.exhibitions.rules.visiting import MOST_AN_HOUR, MOST_CONTACTS_AN_HOUR
from raquan.kernel.open_forms import HourlyCount

__all__ = ["CONTACTS", "VISITS", "day_pdf", "plan_pdf"]

VISITS = HourlyCount(MOST_AN_HOUR)
CONTACTS = HourlyCount(MOST_CONTACTS_AN_HOUR)
