"""Who tries things with plans: an officer of the steering office, a unit's viewer, and somebody without a duty."""

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

DAY = date(2023, 10, 5)
PASSWORD = "một mật khẩu đủ dài"


@pytest.fixture
def cu_mgar(db: None, now: datetime) -> UUID:
    """The people's committee of Cư M’gar, which the sample plans name."""
    return register_cu_mgar(now)


def register_cu_mgar(now: datetime) -> UUID:
    """Register it, in the test's transaction or outside any."""
    return people.register_organization(
        by=SYSTEM, now=now, name="Ủy ban nhân dân huyện Cư M’gar", level=Level.DISTRICT, place_code="648"
    )


@pytest.fixture
def person(cu_mgar: UUID, now: datetime) -> Callable[[Role | None], Actor]:
    """Give a person with a role, or with none."""

    def make(role: Role | None) -> Actor:
        login = f"{role.value if role else 'nobody'}@example.vn"
        user_id = people.create_user(by=SYSTEM, now=now, full_name="Y Mek Ê Nuôl", login=login, password=PASSWORD)
        if role:
            everywhere = role is Role.STEERING_OFFICER
            people.give_duty(
                by=SYSTEM,
                now=now,
                user_id=user_id,
                role=role,
                organization_id=None if everywhere else cu_mgar,
                starts_on=date(2023, 1, 1),
            )
        actor = actor_of_user(user_id, DAY)
        assert actor is not None
        return actor

    return make


@pytest.fixture
def officer(person: Callable[[Role | None], Actor]) -> Actor:
    """An officer of the steering office."""
    return person(Role.STEERING_OFFICER)


@pytest.fixture
def viewer(person: Callable[[Role | None], Actor]) -> Actor:
    """Somebody who reads."""
    return person(Role.VIEWER)


@pytest.fixture
def stranger(person: Callable[[Role | None], Actor]) -> Actor:
    """Somebody without a duty."""
    return person(None)


@pytest.fixture
def signed_in(client: Client) -> Callable[[Actor], Client]:
    """Give a browser in which somebody has signed in."""

    def sign_in(actor: Actor) -> Client:
        client.force_login(get_user_model().objects.get(pk=str(actor.id)))
        return client

    return sign_in
