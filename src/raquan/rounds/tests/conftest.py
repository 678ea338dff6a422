"""What the tests of rounds share: records that came in by the usual way, and a round that is open."""

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

import pytest

from raquan.analytics.tests.conftest import campaign_time, field, home, send
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM, Actor, Duty
from raquan.people.models import Organization
from raquan.people.rules import Level, Role
from raquan.rounds import commands
from raquan.rounds.models import UnitReport
from raquan.rounds.rules import Every, RuleShape

__all__ = ["campaign_time", "field", "home", "report_id", "send"]

DAILY = RuleShape(Every.DAY, date(2023, 10, 4), date(2023, 10, 15), time(8, 30))


def open_rounds(field: Field, now: datetime) -> UUID:
    """Open the rounds of 4 and 5 October and give Cư M’gar's report of the 5th."""
    level = Level(Organization.objects.get(id=field.cumgar_id).level)
    commands.set_round_rule(by=SYSTEM, now=now, campaign_id=field.campaign_id, level=level, shape=DAILY)
    commands.open_due_rounds(by=SYSTEM, now=now)
    return UnitReport.objects.get(organization_id=field.cumgar_id, round__last_on="2023-10-05").id


@pytest.fixture
def report_id(field: Field, now: datetime) -> UUID:
    """Give the report of Cư M’gar of 5 October, at 9:00 of that day: half an hour late."""
    return open_rounds(field, now)


def office_of(field: Field, place_code: str) -> Actor:
    """Give an officer who works for a place and for no unit in particular."""
    duty = Duty(Role.STEERING_OFFICER.value, None, place_code)
    return replace(field.office, duties=(duty,))
