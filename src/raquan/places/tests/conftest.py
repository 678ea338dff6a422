"""What the places' tests share: days, and the packaged units loaded."""

from datetime import date, datetime

import pytest

from raquan.kernel.actor import Actor
from raquan.places import commands

CAMPAIGN_2023 = date(2023, 10, 5)
BEFORE_THE_REFORM = date(2025, 6, 30)
TODAY = date(2025, 7, 1)


@pytest.fixture
def packaged(db: None, system: Actor, now: datetime) -> commands.LoadedUnits:
    """The units that come with the project."""
    return commands.load_packaged_units(by=system, now=now)
