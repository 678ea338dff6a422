"""The numbers of a phone's records: which have come, which never did."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.people import commands
from raquan.people.models import DeviceSequence
from raquan.people.rules import Level
from raquan.people.rules.field_codes import HIGHEST_SEQUENCE, MOST_RANGES, Ranges, add_to_ranges, gaps_of
from raquan.people.tests.conftest import PASSWORD


def whole(runs: Ranges) -> set[int]:
    """Give every number of some runs."""
    return {n for first, last in runs for n in range(first, last + 1)}


@given(st.lists(st.lists(st.integers(1, 60), max_size=8), max_size=12))
def test_what_came_and_what_did_not_make_up_all(batches: list[list[int]]) -> None:
    seen: Ranges = ()
    for batch in batches:
        seen = add_to_ranges(seen, batch)
    came = {n for batch in batches for n in batch}
    assert whole(seen) == came
    assert whole(gaps_of(seen)) == set(range(1, max(came, default=0))) - came
    assert all(first[1] + 1 < second[0] for first, second in pairwise(seen))


def test_what_is_remembered_is_bounded_and_forgets_the_lowest_gaps() -> None:
    seen = add_to_ranges((), range(1, 4001, 2))
    assert len(seen) == MOST_RANGES
    assert seen[-1] == (3999, 3999)
    assert gaps_of(seen)[-1] == (3998, 3998)
    assert len(add_to_ranges(seen, [4001])) == MOST_RANGES


def test_numbers_that_cannot_be_are_left_out() -> None:
    assert add_to_ranges((), [0, -1, HIGHEST_SEQUENCE + 1, 2]) == ((2, 2),)


def phone_of(now: datetime) -> Actor:
    """Register a phone, and give it as it acts."""
    unit = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Ea H’leo", level=Level.DISTRICT)
    person = commands.create_user(by=SYSTEM, now=now, full_name="Y", login="y@example.vn", password=PASSWORD)
    device_id, _ = commands.register_device(by=SYSTEM, now=now, label="Máy", owner_id=person, organization_id=unit)
    return Actor(ActorKind.DEVICE, device_id, "Máy", 1)


@pytest.mark.django_db
def test_nothing_new_changes_nothing(now: datetime) -> None:
    phone = phone_of(now)
    assert commands.note_arrivals(by=phone, numbers=[]) == commands.Arrivals(0, ())
    assert not DeviceSequence.objects.exists()
    for _ in range(2):
        assert commands.note_arrivals(by=phone, numbers=[2, 5]) == commands.Arrivals(5, ((1, 1), (3, 4)))
    row = DeviceSequence.objects.get()
    assert (row.version, row.last_seq) == (1, 5)


@pytest.mark.django_db
def test_only_a_phone_has_numbers(now: datetime) -> None:
    for nobody in (SYSTEM, Actor(ActorKind.USER, UUID(int=1)), Actor(ActorKind.DEVICE)):
        with pytest.raises(NotAllowed):
            commands.note_arrivals(by=nobody, numbers=[1])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_batches_at_once_lose_no_number(now: datetime) -> None:
    phone = phone_of(now)

    def send(n: int) -> None:
        try:
            commands.note_arrivals(by=phone, numbers=range(n + 1, 200, 8))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert commands.note_arrivals(by=phone, numbers=[]) == commands.Arrivals(199, ())
