"""What the tests of the desk share: the world that records come from, and the campaign's time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.clock import install_offset, real_now


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """Two units with an outing each on 5 October, and their people."""
    return make_field(now)


@pytest.fixture
def campaign_time(now: datetime) -> Iterator[None]:
    """Let pages see the campaign's time."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))
