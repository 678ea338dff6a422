"""The lists of notices ask little, and show each reader their own."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.notices import commands, queries
from raquan.notices.models import Dispatch, Message
from raquan.notices.rules import Person
from raquan.notices.tests.conftest import Staff, add_person
from raquan.people.rules import Role


def tell(now: datetime, user_id: UUID, count: int) -> None:
    """Tell a person of several things."""
    for number in range(count):
        to, href = Person(user_id), f"/desk/{number}/"
        commands.tell(by=SYSTEM, now=now, kind="thử", key=f"{user_id}{number}", text="Việc", href=href, to=to)
    commands.spread_due(now=now)
    commands.gather(now=now)


def test_one_s_own_in_two_queries(staff: Staff, now: datetime, django_assert_num_queries: Any) -> None:
    tell(now, staff.officer, 3)
    tell(now, staff.chief, 1)
    commands.settle(by=SYSTEM, now=now, key=f"{staff.officer}2")
    officer = staff.actor(staff.officer)
    with django_assert_num_queries(2):
        page = queries.notices_for(officer, size=2)
    assert (page.total, page.pages, [one.settled_at for one in page.items]) == (3, 2, [None, None])
    with django_assert_num_queries(1):
        assert queries.unread_count(officer) == 2
    assert (queries.unread_count(ANONYMOUS), queries.notices_for(ANONYMOUS).total) == (0, 0)


def test_what_was_sent_is_shown_within_the_organization(
    staff: Staff, now: datetime, django_assert_max_num_queries: Any
) -> None:
    tell(now, staff.officer, 2)
    for number in range(3):
        message = Message.objects.create(user_id=staff.officer, made_at=now + timedelta(minutes=number))
        Dispatch.objects.create(
            message=message, channel="sms", address="0905123456", state="failed" if number else "sent"
        )
    boss = staff.actor(add_person(now, "boss@example.vn", Role.ADMINISTRATOR, staff.district))
    with django_assert_max_num_queries(5):
        page = queries.dispatches(boss, only_failed=True)
    assert (page.total, page.items[0].address, page.items[0].may_be_sent_again) == (2, "090…456", True)
    elsewhere = staff.actor(add_person(now, "khac@example.vn", Role.ADMINISTRATOR, staff.commune))
    assert queries.dispatches(elsewhere).total == 0
    with pytest.raises(NotAllowed):
        queries.dispatches(staff.actor(staff.officer))
