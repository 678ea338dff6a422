"""An officer of Cư M’gar, to try things with, and somebody who manages people there."""

from datetime import date, datetime
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands
from raquan.people.queries import actor_of_user
from raquan.people.rules import Level, Role

PASSWORD = "một mật khẩu đủ dài"


@pytest.fixture
def cu_mgar(db: None, now: datetime) -> UUID:
    """The people's committee of Cư M’gar."""
    return commands.register_organization(
        by=SYSTEM, now=now, name="UBND huyện Cư M'gar", level=Level.DISTRICT, place_code="648"
    )


@pytest.fixture
def officer_id(cu_mgar: UUID, now: datetime) -> UUID:
    """An officer of that committee."""
    user_id = commands.create_user(
        by=SYSTEM, now=now, full_name="H'Trang Niê", login="trang@example.vn", password=PASSWORD
    )
    commands.give_duty(
        by=SYSTEM,
        now=now,
        user_id=user_id,
        role=Role.UNIT_OFFICER,
        organization_id=cu_mgar,
        place_code="648",
        starts_on=date(2023, 9, 1),
        ends_on=date(2023, 12, 31),
    )
    return user_id


@pytest.fixture
def local_administrator(cu_mgar: UUID, now: datetime) -> Actor:
    """Somebody who manages the people of that committee, in its district, and of no other."""
    user_id = commands.create_user(
        by=SYSTEM, now=now, full_name="Lê Quang Trị", login="tri@example.vn", password=PASSWORD
    )
    commands.give_duty(
        by=SYSTEM,
        now=now,
        user_id=user_id,
        role=Role.ADMINISTRATOR,
        organization_id=cu_mgar,
        starts_on=date(2023, 1, 1),
    )
    actor = actor_of_user(user_id, date(2023, 10, 5))
    assert actor is not None
    return actor
