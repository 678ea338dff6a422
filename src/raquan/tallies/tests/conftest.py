"""What the tests of tally sheets share: a market day, and a blank sheet of it."""

from datetime import datetime

import pytest

from raquan.tallies.commands import issue_tally_sheets
from raquan.tallies.tests.world import Market, make_market


@pytest.fixture
def market(db: None, now: datetime) -> Market:
    """The outing at which sheets are ticked."""
    return make_market(now)


@pytest.fixture
def number(market: Market, now: datetime) -> str:
    """A blank sheet of its."""
    return issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=1)[0]
