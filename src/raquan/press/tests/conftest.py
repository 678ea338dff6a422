"""What the tests of publications share: records, a snapshot of them, an officer of the office."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.analytics.commands import freeze_snapshot
from raquan.analytics.tests.conftest import Send, campaign_time, field, home, send
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.ids import uuid7
from raquan.press import commands
from raquan.press.commands import Written
from raquan.press.rules import Kind

__all__ = ["Draft", "campaign_time", "draft", "field", "home", "send", "snapshot_id"]

Draft = Callable[..., UUID]
TEXT = "Đã có {{assists}} lượt hỗ trợ."


@pytest.fixture
def snapshot_id(field: Field, send: Send, now: datetime) -> UUID:
    """Freeze eight records."""
    send(*({} for _ in range(8)))
    return freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)


@pytest.fixture
def draft(field: Field, now: datetime) -> Draft:
    """Write a release, or what else is said."""

    def writing(kind: Kind = Kind.RELEASE, **said: Any) -> UUID:
        usual: dict[str, Any] = {
            "title": "Hơn một tuần ra quân ở Cư M’gar",
            "body": "Buổi hỗ trợ mở mỗi sáng.",
            "dated_on": date(2023, 10, 6),
            "number": "12/TCBC-STTTT",
            "contact": "Phòng Chuyển đổi số, 0262 000 000",
        }
        return commands.start_publication(
            by=field.office,
            now=now,
            publication_id=uuid7(),
            campaign_id=field.campaign_id,
            kind=kind,
            written=Written(**usual | said),
        )

    return writing
