"""What the tests of the ODK door share."""

from datetime import datetime

import pytest
from django.test import Client

from raquan.capture.tests.world import Field, make_field
from raquan.kernel import clock


@pytest.fixture(autouse=True)
def _in_the_campaign(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let the campaign's clock stand at `now`, as the demo's does."""
    monkeypatch.setattr(clock, "_offset", now - clock.real_now())


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """The world that records come from."""
    return make_field(now)


@pytest.fixture
def phone() -> Client:
    """A client that says what Collect says with every request."""
    return Client(headers={"X-OpenRosa-Version": "1.0"})
