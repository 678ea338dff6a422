"""Whose phone is ready for an outing: the rule, and who is told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from raquan.outings import commands, queries
from raquan.outings.rules import PhoneState, phone_state
from raquan.outings.tests.conftest import World

pytestmark = pytest.mark.django_db

Plan = Callable[..., dict[str, Any]]
Say = Callable[..., None]


@pytest.fixture
def outing_id(planned: Plan, now: datetime) -> UUID:
    """An outing of tomorrow with a leader and a helper."""
    return commands.plan_outing(**planned(now=now, held_on=now.date() + timedelta(days=1), code="CMG-7K2Q"))


@pytest.mark.parametrize(
    ("said_on", "holds_outing", "state"),
    [
        (None, False, PhoneState.SILENT),
        (date(2023, 10, 6), False, PhoneState.WITHOUT_OUTING),
        (date(2023, 10, 4), True, PhoneState.SAID_EARLY),
        (date(2023, 10, 5), True, PhoneState.READY),
        (date(2023, 10, 6), True, PhoneState.READY),
    ],
)
def test_a_word_holds_from_the_day_before(said_on: date | None, holds_outing: bool, state: PhoneState) -> None:
    assert phone_state(said_on, holds_outing=holds_outing, held_on=date(2023, 10, 6)) is state


def test_who_is_not_ready_stands_first(
    world: World, outing_id: UUID, say: Say, now: datetime, django_assert_num_queries: Any
) -> None:
    view = queries.outing(world.leader, outing_id)
    silent = queries.team_phones(world.leader, view)
    assert [(one.name, one.state, one.said_at) for one in silent] == [
        ("Nguyễn Thị Lan", "silent", None),
        ("H’Trang Niê", "silent", None),
    ]
    say(world.leader, "Máy của Lan", unsent=3, is_persisted=False)
    say(world.helper, "Máy cũ", at=now - timedelta(days=2))
    say(world.helper, "Máy mới", outing_codes=["CMG-2222"])
    with django_assert_num_queries(2):
        first, last = queries.team_phones(world.officer, view)
    assert (first.name, first.state, first.label, first.is_ready) == ("H’Trang Niê", "said_early", "Máy cũ", False)
    assert (last.name, last.state, last.unsent, last.may_lose) == ("Nguyễn Thị Lan", "ready", 3, True)


def test_the_readiest_phone_speaks_for_its_person(world: World, outing_id: UUID, say: Say, now: datetime) -> None:
    view = queries.outing(world.leader, outing_id)
    say(world.helper, "Máy sẵn sàng", at=now - timedelta(hours=3))
    say(world.helper, "Máy dự phòng", outing_codes=[])
    phone = next(one for one in queries.team_phones(world.leader, view) if one.user_id == world.helper.id)
    assert (phone.label, phone.is_ready) == ("Máy sẵn sàng", True)


def test_phones_are_told_to_who_runs_the_outing_while_it_is_ahead(world: World, outing_id: UUID, now: datetime) -> None:
    view = queries.outing(world.officer, outing_id)
    for actor in (world.helper, world.viewer, world.city_officer):
        assert queries.team_phones(actor, view) == ()
    commands.cancel_outing(by=world.officer, now=now, outing_id=outing_id, reason="Mưa lớn, hoãn sang tuần sau")
    assert queries.team_phones(world.officer, queries.outing(world.officer, outing_id)) == ()
