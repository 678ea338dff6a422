"""How much comes from one address of the network."""

from raquan.feedback.rules import MOST_AN_HOUR
from raquan.kernel.open_forms import HourlyCount

SENT = HourlyCount(MOST_AN_HOUR)
