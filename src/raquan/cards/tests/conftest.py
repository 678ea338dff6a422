"""What the tests of cards share: the world that outings happen in."""

from datetime import datetime

import pytest

from raquan.outings.tests.conftest import World, make_world


@pytest.fixture
def world(db: None, now: datetime) -> World:
    """Two units of one campaign, with their people."""
    return make_world(now)
