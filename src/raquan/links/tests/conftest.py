"""Two units with an officer each, and the office."""

from datetime import datetime

import pytest

from raquan.capture.tests.world import Field, make_field


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """Make it all."""
    return make_field(now)
