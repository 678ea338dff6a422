"""The world of communications, places of two units, and an artwork of each kind."""

from raquan.displays.tests.website import website
from raquan.outreach.tests.conftest import make, outreach

__all__ = ["make", "outreach", "website"]
