"""A world with records, and a folder of its own for exports."""

from datetime import datetime
from pathlib import Path

import pytest

from raquan.capture import commands as capture
from raquan.capture.tests.world import Field, envelope, instance, make_field


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: object) -> None:
    """Keep exports and stored files of one test from the next."""
    settings.RAQUAN_EXCHANGE = tmp_path / "exchange"  # type: ignore[attr-defined]


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """Two units, an outing of each, people and a telephone."""
    return make_field(now)


@pytest.fixture
def records(field: Field, now: datetime) -> Field:
    """Five records of Cư M’gar and two of the city, numbered from 1."""
    codes = [field.outing_code] * 5 + [field.city_outing_code] * 2
    payloads = [instance(code, instance_id=f"uuid:{n}") for n, code in enumerate(codes)]
    capture.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    capture.project_pending(now=now)
    return field
