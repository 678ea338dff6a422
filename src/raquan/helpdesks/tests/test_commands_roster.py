"""The roster of a desk: who is put on it, who leaves it, and who is there on a day; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from raquan.helpdesks import commands, queries
from raquan.helpdesks.models import Shift
from raquan.helpdesks.tests.test_commands import FIRST, desk_arguments
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ledger.models import AuditEntry
from raquan.outings.tests.conftest import World, make_world

THURSDAY, FRIDAY = date(2023, 10, 5), date(2023, 10, 6)


@pytest.fixture
def desk_id(world: World, now: datetime) -> UUID:
    """A desk that is open on weekday mornings and Thursday afternoons."""
    return commands.set_up_help_desk(**desk_arguments(world, now))


@pytest.fixture
def shift(world: World, desk_id: UUID, now: datetime) -> dict[str, Any]:
    """The arguments of a good shift: Mondays and Thursdays from the desk's first day on."""
    act: dict[str, Any] = {"by": world.officer, "now": now, "desk_id": desk_id, "user_id": world.helper.id}
    return act | {"weekdays": [4, 1, 4], "first_on": FIRST}


def _people(world: World, desk_id: UUID, day: date, now: datetime) -> tuple[str, ...]:
    view = queries.help_desk(desk_id, now=now)
    assert view is not None
    return queries.people_on(world.officer, view, day)


def test_a_person_is_put_on_the_roster_once(world: World, desk_id: UUID, shift: dict[str, Any], now: datetime) -> None:
    first = commands.put_on_roster(**shift)
    assert len(first) == 2
    assert commands.put_on_roster(**shift) == first
    assert AuditEntry.objects.filter(verb="put_on_roster").count() == 1
    with pytest.raises(commands.ShiftDiffers):
        commands.put_on_roster(**shift | {"last_on": FRIDAY})
    assert Shift.objects.count() == 2
    assert _people(world, desk_id, THURSDAY, now) == ("H’Trang Niê",)
    assert _people(world, desk_id, FRIDAY, now) == ()


def test_a_date_is_a_shift_of_one_day_and_a_closed_day_has_nobody(
    world: World, desk_id: UUID, shift: dict[str, Any], now: datetime
) -> None:
    commands.put_on_roster(**shift | {"weekdays": [], "first_on": FRIDAY, "last_on": FRIDAY})
    commands.put_on_roster(**shift | {"weekdays": [], "user_id": world.leader.id})
    days = {THURSDAY: 1, FRIDAY: 2, FRIDAY + timedelta(days=1): 0, FRIDAY + timedelta(days=3): 1}
    assert {day: len(_people(world, desk_id, day, now)) for day in days} == days
    commands.close_days(by=SYSTEM, now=now, first_on=FRIDAY, last_on=FRIDAY, reason="Nghỉ lễ")
    assert _people(world, desk_id, FRIDAY, now) == ()
    assert queries.rostered([desk_id], [THURSDAY]) == {(desk_id, THURSDAY): frozenset({world.leader.id})}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weekdays": [8]}, "roster.weekday_wrong"),
        ({"first_on": FRIDAY, "last_on": THURSDAY}, "help_desk.ends_before_start"),
        ({"first_on": FIRST - timedelta(days=1)}, "roster.outside_desk"),
        ({"user_id": uuid4()}, "outing.member_without_duty"),
    ],
)
def test_a_wrong_shift_is_refused(shift: dict[str, Any], changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        commands.put_on_roster(**shift | changes)
    assert refused.value.code == code
    assert not Shift.objects.exists()


def test_a_desk_that_ends_has_no_later_shift(world: World, desk_id: UUID, shift: dict[str, Any], now: datetime) -> None:
    commands.end_help_desk(by=world.officer, now=now, desk_id=desk_id, on=THURSDAY, reason="Dời")
    for days in ({"first_on": FRIDAY}, {"last_on": FRIDAY}):
        with pytest.raises(commands.OutsideDeskDays):
            commands.put_on_roster(**shift | days)
    commands.put_on_roster(**shift)
    assert _people(world, desk_id, THURSDAY, now) == ("H’Trang Niê",)
    assert _people(world, desk_id, THURSDAY + timedelta(days=7), now) == ()


def test_a_shift_ends_or_is_taken_back(world: World, desk_id: UUID, shift: dict[str, Any], now: datetime) -> None:
    (begun,) = commands.put_on_roster(**shift | {"weekdays": [4]})
    (later,) = commands.put_on_roster(**shift | {"weekdays": [5], "first_on": FRIDAY})
    act: dict[str, Any] = {"by": world.officer, "now": now, "last_on": THURSDAY}
    for _ in range(2):
        assert commands.take_off_roster(**act, shift_id=begun) == desk_id
        commands.take_off_roster(**act, shift_id=later)
    commands.take_off_roster(**act | {"last_on": FRIDAY}, shift_id=begun)  # it does not come back
    assert Shift.objects.get(id=begun).last_on == THURSDAY
    assert Shift.objects.get(id=later).withdrawn_at == now
    assert AuditEntry.objects.filter(verb="take_off_roster").count() == 2
    assert _people(world, desk_id, THURSDAY, now) == ("H’Trang Niê",)
    assert _people(world, desk_id, FRIDAY, now) == ()
    commands.put_on_roster(**shift | {"weekdays": [5], "first_on": FRIDAY})
    assert _people(world, desk_id, FRIDAY, now) == ("H’Trang Niê",)


def test_strangers_neither_write_nor_read(world: World, desk_id: UUID, shift: dict[str, Any], now: datetime) -> None:
    (shift_id, _) = commands.put_on_roster(**shift)
    for stranger in (world.city_officer, world.viewer, world.helper):
        with pytest.raises(NotAllowed):
            commands.put_on_roster(**shift | {"by": stranger})
        with pytest.raises(NotAllowed):
            commands.take_off_roster(by=stranger, now=now, shift_id=shift_id, last_on=FIRST)
    with pytest.raises(NotFound):
        commands.put_on_roster(**shift | {"desk_id": uuid4()})
    with pytest.raises(NotFound):
        commands.take_off_roster(by=SYSTEM, now=now, shift_id=uuid4(), last_on=FIRST)
    view = queries.help_desk(desk_id, now=now)
    assert view is not None
    with pytest.raises(NotAllowed):
        queries.roster(world.city_officer, view, THURSDAY)
    with pytest.raises(NotAllowed):
        queries.people_on(world.city_officer, view, THURSDAY)
    assert [(one.name, one.days) for one in queries.roster(world.helper, view, THURSDAY)] == [
        ("H’Trang Niê", "Thứ Hai"),
        ("H’Trang Niê", "Thứ Năm"),
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_at_once_put_each_day_on_once(now: datetime) -> None:
    world = make_world(now)
    desk_id = commands.set_up_help_desk(**desk_arguments(world, now))
    act: dict[str, Any] = {"by": world.officer, "now": now, "desk_id": desk_id, "user_id": world.helper.id}

    def put(weekdays: list[int]) -> tuple[UUID, ...]:
        try:
            return commands.put_on_roster(**act, weekdays=weekdays, first_on=FIRST)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:  # they overlap, and none loses a day
        first, second, third, _ = pool.map(put, ([1, 2], [2, 3], [3, 4], [1, 2]))
    assert (first[1], second[1]) == (second[0], third[0])
    assert sorted(Shift.objects.values_list("weekday", flat=True)) == [1, 2, 3, 4]
