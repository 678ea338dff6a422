"""Programs show a token in place of a password: for a day, for one person, until it is ended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.kernel.refused import NotFound
from raquan.people import commands, queries
from raquan.people.models import AccessToken

REAL = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
DAY = date(2023, 10, 5)
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(now: datetime) -> Actor:
    """Somebody with an account."""
    user_id = commands.create_user(
        by=SYSTEM, now=now, full_name="Y Mek Ê Nuôl", login="ymek@example.vn", password="mật khẩu dài đủ"
    )
    actor = queries.actor_of_user(user_id, DAY)
    assert actor is not None
    return actor


def test_a_token_says_who_somebody_is_for_a_day(person: Actor) -> None:
    opened = commands.open_token(by=person, real_now=REAL)
    assert queries.actor_by_token(opened.token, REAL + timedelta(hours=23), DAY) == person
    assert queries.actor_by_token(opened.token, opened.expires_at, DAY) is None
    assert queries.actor_by_token("x" * 64, REAL, DAY) is None
    assert opened.token not in str(AccessToken.objects.values_list("token_hash", flat=True))


def test_a_token_is_ended_by_its_owner_alone(person: Actor, now: datetime) -> None:
    other_id = commands.create_user(by=SYSTEM, now=now, full_name="Khác", login="khac@example.vn", password="x" * 12)
    other = queries.actor_of_user(other_id, DAY)
    assert other is not None
    opened = commands.open_token(by=person, real_now=REAL)
    commands.end_token(by=other, token=opened.token)
    assert queries.actor_by_token(opened.token, REAL, DAY) == person
    for _ in range(2):
        commands.end_token(by=person, token=opened.token)
        assert queries.actor_by_token(opened.token, REAL, DAY) is None


def test_another_password_or_a_closed_account_ends_every_token(person: Actor, now: datetime) -> None:
    assert person.id is not None
    first = commands.open_token(by=person, real_now=REAL)
    commands.set_password(by=person, now=now, user_id=person.id, password="một mật khẩu khác")
    assert queries.actor_by_token(first.token, REAL, DAY) is None
    second = commands.open_token(by=person, real_now=REAL)
    commands.close_account(by=SYSTEM, now=now, user_id=person.id)
    assert queries.actor_by_token(second.token, REAL, DAY) is None
    with pytest.raises(NotFound):
        commands.open_token(by=person, real_now=REAL)


def test_tokens_that_are_over_are_forgotten(person: Actor) -> None:
    commands.open_token(by=person, real_now=REAL - timedelta(days=3))
    commands.open_token(by=person, real_now=REAL)
    assert AccessToken.objects.count() == 1


def test_nobody_has_no_token() -> None:
    with pytest.raises(NotFound):
        commands.open_token(by=ANONYMOUS, real_now=REAL)
