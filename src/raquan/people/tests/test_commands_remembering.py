"""Who a key is, is asked for once in a while; what a command changes holds at once."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from raquan.kernel.actor import SYSTEM
from raquan.people import commands, queries
from raquan.people.models import Duty

DAY = date(2023, 10, 5)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def remembering(settings: Settings) -> Iterator[None]:
    """As a server remembers, only longer; nothing is left to the next test."""
    settings.RAQUAN_REMEMBER_SECONDS = 60.0
    queries.forget_actors()
    yield
    queries.forget_actors()


def test_a_key_is_asked_for_once_and_again_when_something_changed(
    remembering: None,
    officer_id: UUID,
    cu_mgar: UUID,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    device, key = commands.register_device(
        by=SYSTEM, now=now, label="Máy 1", owner_id=officer_id, organization_id=cu_mgar
    )
    actor = queries.actor_by_device_key(key, DAY)
    with django_assert_num_queries(0):
        assert queries.actor_by_device_key(key, DAY) == actor
    assert actor is not None
    assert len(actor.duties) == 1
    commands.end_duty(by=SYSTEM, now=now, duty_id=Duty.objects.get().id, ends_on=date(2023, 10, 4))
    changed = queries.actor_by_device_key(key, DAY)
    assert changed is not None
    assert changed.duties == ()
    commands.revoke_device(by=SYSTEM, now=now, device_id=device)
    assert queries.actor_by_device_key(key, DAY) is None


def test_a_closed_account_lets_no_remembered_key_in(
    remembering: None, officer_id: UUID, cu_mgar: UUID, now: datetime
) -> None:
    _, key = commands.register_device(by=SYSTEM, now=now, label="Máy 1", owner_id=officer_id, organization_id=cu_mgar)
    assert queries.actor_by_device_key(key, DAY) is not None
    commands.close_account(by=SYSTEM, now=now, user_id=officer_id)
    assert queries.actor_by_device_key(key, DAY) is None


def test_a_token_is_asked_for_once_and_ends_with_itself_and_with_the_password(
    remembering: None, officer_id: UUID, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = queries.actor_of_user(officer_id, DAY)
    assert person is not None
    first, second = (commands.open_token(by=person, real_now=now) for _ in range(2))
    for opened in (first, second):
        assert queries.actor_by_token(opened.token, now, DAY) == person
    with django_assert_num_queries(0):
        assert queries.actor_by_token(first.token, now, DAY) == person
        assert queries.actor_by_token(first.token, first.expires_at, DAY) is None
    commands.end_token(by=person, token=first.token)
    assert queries.actor_by_token(first.token, now, DAY) is None
    assert queries.actor_by_token(second.token, now, DAY) == person
    commands.set_password(by=person, now=now, user_id=officer_id, password="một mật khẩu khác")
    assert queries.actor_by_token(second.token, now, DAY) is None
