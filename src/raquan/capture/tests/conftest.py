"""What the tests of capture share."""

from datetime import datetime

import pytest

from raquan.capture.tests.world import Field, make_field


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """The world that records come from."""
    return make_field(now)
