"""Who tries things with readings: two officers of the steering office, somebody who only reads, the committee named."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands as people
from raquan.people.queries import actor_of_user
from raquan.people.rules import Level, Role
from raquan.readings import commands
from raquan.readings.tests import papers

DAY = date(2023, 10, 5)
PASSWORD = "một mật khẩu đủ dài"


def register_units(now: datetime) -> UUID:
    """Register two units that the sample plan names; give the committee of Cư M’gar."""
    people.register_organization(by=SYSTEM, now=now, name="Tỉnh đoàn Đắk Lắk", level=Level.UNION, place_code="66")
    return people.register_organization(
        by=SYSTEM, now=now, name="Ủy ban nhân dân huyện Cư M’gar", level=Level.DISTRICT, place_code="648"
    )


def make_person(now: datetime, name: str, role: Role) -> Actor:
    """Make a person of the whole province."""
    login = f"{abs(hash(name))}@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name=name, login=login, password=PASSWORD)
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, role=role, organization_id=None, starts_on=date(2023, 1, 1))
    actor = actor_of_user(user_id, DAY)
    assert actor is not None
    return actor


@pytest.fixture
def cu_mgar(db: None, now: datetime) -> UUID:
    """The people's committee of Cư M’gar."""
    return register_units(now)


@pytest.fixture
def officer(cu_mgar: UUID, now: datetime) -> Actor:
    """An officer of the steering office."""
    return make_person(now, "H’Trang Niê", Role.STEERING_OFFICER)


@pytest.fixture
def other(cu_mgar: UUID, now: datetime) -> Actor:
    """Her colleague."""
    return make_person(now, "Y Mek Ê Nuôl", Role.STEERING_OFFICER)


@pytest.fixture
def viewer(cu_mgar: UUID, now: datetime) -> Actor:
    """Somebody who reads."""
    return make_person(now, "Y Bhăm Êban", Role.VIEWER)


@pytest.fixture
def reading_id(officer: Actor, now: datetime) -> UUID:
    """The plain plan, read."""
    return commands.start_reading(
        by=officer, now=now, document=papers.plain_plan(), file_name="ke-hoach.docx"
    ).reading_id


@pytest.fixture
def signed_in(client: Client) -> Callable[[Actor], Client]:
    """Give a browser in which somebody has signed in."""

    def sign_in(actor: Actor) -> Client:
        client.force_login(get_user_model().objects.get(pk=str(actor.id)))
        return client

    return sign_in
