"""How many registrations come from one address of the network."""

from raquan.kernel.open_forms import HourlyCount

MOST_REGISTRATIONS_AN_HOUR = 20
SENT = HourlyCount(MOST_REGISTRATIONS_AN_HOUR)
