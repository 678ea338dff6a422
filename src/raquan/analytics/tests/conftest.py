"""What the tests of figures share: a home of their own, and records that came in by the usual way."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import Field, envelope, instance, make_field
from raquan.kernel.clock import install_offset, real_now

Send = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Keep every test's fact files and snapshots apart."""
    settings.RAQUAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """The world that records come from."""
    return make_field(now)


@pytest.fixture
def send(field: Field, now: datetime) -> Send:
    """Send records as the telephone does and have them read; gives their instance ids."""

    def sending(*answers: dict[str, str], outing: str = "") -> list[str]:
        payloads = [instance(outing or field.outing_code, **one) for one in answers]
        verdicts = receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
        project_pending(now=now)
        return [verdict.instance_id for verdict in verdicts]

    return sending


@pytest.fixture
def campaign_time(now: datetime) -> Iterator[None]:
    """Let pages and commands of the console see the campaign's time."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))
