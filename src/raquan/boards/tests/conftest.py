"""What the tests of boards share: records by the usual way, and a plan with two indicators and their targets."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.apps import apps

from raquan.analytics.tests.conftest import campaign_time, field, home, send
from raquan.campaign import commands
from raquan.campaign.commands import IndicatorTold
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM

__all__ = ["campaign_time", "field", "home", "send"]

TARGETS = "Toàn tỉnh;10\nHuyện Cư M’gar;4\nỦy ban nhân dân huyện Cư M’gar;3"


@pytest.fixture
def indicators(field: Field, now: datetime) -> dict[str, UUID]:
    """A plan of the campaign with applications filed, given to all, to a district and to its unit; and one typed."""
    plan = apps.get_model("campaign.Plan").objects.create(
        campaign_id=field.campaign_id, number="138/KH-UBND", title="K"
    )
    aim = apps.get_model("campaign.Objective").objects.create(plan=plan, position=1, text="Lan tỏa", source="đoạn 1")
    filed = IndicatorTold(
        "Hồ sơ đã nộp", "online_public_service", "filed", 50, "người dân", "Cục Thống kê", date(2023, 8, 1)
    )
    known = {"by": SYSTEM, "now": now, "reason": "Mới"}
    made = commands.add_indicator(objective_id=aim.id, told=filed, **known)  # type: ignore[arg-type]
    typed = commands.add_indicator(objective_id=aim.id, told=IndicatorTold("Loa truyền thanh"), **known)  # type: ignore[arg-type]
    commands.set_targets(indicator_id=made, version=1, text=TARGETS, **known)  # type: ignore[arg-type]
    return {"filed": made, "typed": typed}
