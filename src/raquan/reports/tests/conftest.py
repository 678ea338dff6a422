"""What the tests of reports share: records frozen in a snapshot, in a home of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from raquan.analytics.commands import freeze_snapshot
from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import Field, envelope, instance, make_field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now

ANSWERS = (
    *[{"how": "self", "result": "filed"}] * 7,
    *[{"how": "guided", "result": "account"}] * 4,
    *[{"service": "mobile_money", "group": "cashless_payment", "result": "first_use", "how": "done_for"}] * 3,
    {"result": "helped", "bottleneck": "signal"},
)


@dataclass(frozen=True)
class Frozen:
    """A campaign with a snapshot."""

    field: Field
    snapshot_id: UUID


@pytest.fixture
def frozen(db: None, now: datetime, tmp_path: Path) -> Iterator[Frozen]:
    """Records of two outings, frozen."""
    with home_in(tmp_path):
        yield make_frozen(now)


def home_in(folder: Path) -> override_settings:
    """Keep files and snapshots in a folder."""
    storage = {
        "BACKEND": f"{FileSystemStorage.__module__}.FileSystemStorage",
        "OPTIONS": {"location": folder / "files"},
    }
    return override_settings(RAQUAN_HOME=folder, STORAGES=settings.STORAGES | {"default": storage})


def make_frozen(now: datetime) -> Frozen:
    """Send records of two outings, and freeze them."""
    field = make_field(now)
    payloads = [instance(field.outing_code, **one) for one in ANSWERS]
    payloads += [instance(field.city_outing_code)] * 1
    receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    project_pending(now=now)
    return Frozen(field, freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id))


@pytest.fixture
def campaign_time(now: datetime) -> Iterator[None]:
    """Let pages see the campaign's time."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))
