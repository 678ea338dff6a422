"""The simulator gives what it was asked for, the same each time."""

from collections import Counter
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from raquan.cards.rules import CARDS_A_SHEET
from raquan.demo.rules.assists import SimulatedAssist, SimulatedOuting, SimulatedService, simulate, spread
from raquan.demo.rules.cards import card_code, hand_out, sheets_for
from raquan.demo.rules.desks import desks, share_of
from raquan.demo.rules.schedule import Commune, schedule
from raquan.demo.rules.tallies import simulate_sheets

COMMUNES = [
    Commune("24259", "thị trấn Quảng Phú", "thị trấn", "648", "huyện Cư M’gar"),
    Commune("24280", "xã Ea Kpam", "xã", "648", "huyện Cư M’gar"),
]
SERVICES = [
    SimulatedService("mobile_money", "cashless_payment", ("helped", "installed", "activated", "first_use")),
    SimulatedService("public_service_account", "online_public_service", ("helped", "installed", "account", "filed")),
]


def _outings(count: int) -> list[SimulatedOuting]:
    codes = tuple(one.code for one in SERVICES)
    return [
        SimulatedOuting(f"CMG-{n:04}", "market", "24259", date(2023, 9, 15), time(6), time(11), codes, 0.5, 0.4, "rad")
        for n in range(count)
    ]


@given(st.integers(1, 30), st.integers(0, 500), st.integers(0, 9))
def test_exactly_as_many_assists_as_asked_for(outings: int, count: int, seed: int) -> None:
    made = list(simulate(_outings(outings), SERVICES, count=count, seed=seed))
    assert len(made) == count
    assert len({one.instance_id for one in made}) == count
    assert all(date(2023, 9, 15) == one.started_at.date() and 6 <= one.started_at.hour < 11 for one in made)


def test_the_same_seed_gives_the_same_assists() -> None:
    first, second = (list(simulate(_outings(5), SERVICES, count=200, seed=7)) for _ in range(2))
    assert first == second
    assert first != list(simulate(_outings(5), SERVICES, count=200, seed=8))


def test_who_is_stuck_has_a_reason_and_nobody_else() -> None:
    made = list(simulate(_outings(5), SERVICES, count=500, seed=1))
    assert all((one.bottleneck is not None) == (one.result == "helped") for one in made)
    assert 0 < sum(one.bottleneck is not None for one in made) < 400
    assert Counter(one.language for one in made).keys() == {"vi", "rad"}


def test_shares_add_up() -> None:
    counts = spread(_outings(7), 100, Random(1))
    assert sum(counts) == 100
    assert min(counts) >= 0


def test_every_district_has_a_desk_all_week_and_communes_some_mornings() -> None:
    seat, *others = desks(COMMUNES)
    assert (seat.place_code, seat.district_name, seat.is_seat) == ("24259", "Cư M’gar", True)
    assert {one.weekday for one in seat.hours} == {1, 2, 3, 4, 5}
    assert [one.place_code for one in others] == ["24259", "24280"]
    assert all(one.opens_at < one.closes_at for desk in (seat, *others) for one in desk.hours)
    assert share_of(seat.hours) > share_of(others[0].hours)


def test_the_schedule_keeps_to_the_window_and_to_working_days() -> None:
    made = list(schedule(COMMUNES, date(2023, 9, 15), date(2023, 10, 15), seed=1))
    assert {one.kind for one in made} == {"one_stop_shop", "market", "street", "village_hall"}
    assert all(date(2023, 9, 15) <= one.held_on <= date(2023, 10, 15) for one in made)
    assert all(one.held_on.weekday() == 3 for one in made if one.kind == "one_stop_shop")
    assert any("Cư M’gar" in one.site_name for one in made)


def test_people_with_a_card_come_back_on_later_days_and_climb() -> None:
    days = [replace(one, held_on=date(2023, 9, 15 + n), district_code="648") for n, one in enumerate(_outings(8))]

    def made() -> list[SimulatedAssist]:
        return list(hand_out(simulate(days, SERVICES, count=800, seed=3), days, SERVICES, count=800, seed=3))

    first = made()
    assert first == made()
    shown = [one for one in first if one.card]
    assert 0.3 < len(shown) / len(first) < 0.4
    assert all((one.bottleneck is not None) == (one.result == "helped") for one in first)
    known = {card_code(3, *one.card) for one in shown if one.card}
    assert 1 < len(known) <= sheets_for(800) * CARDS_A_SHEET < len(shown)
    ladders = {one.code: one.rungs for one in SERVICES}
    climbs: dict[object, list[tuple[date, int]]] = {}
    for one in shown:
        climbs.setdefault((one.card, one.service), []).append(
            (one.started_at.date(), ladders[one.service].index(one.result))
        )
    later = [
        (before, after)
        for path in climbs.values()
        for before, after in pairwise(sorted({day: max(r for d, r in path if d == day) for day, _ in path}.items()))
    ]
    assert any(after[1] > before[1] for before, after in later)
    assert max(one.card[1] for one in shown if one.card) < sheets_for(800) * CARDS_A_SHEET


def test_sheets_are_of_markets_far_villages_and_shops_and_grow_with_the_assists() -> None:
    places = {"market": 0.1, "village_hall": 0.9, "one_stop_shop": 0.2, "street": 0.9}
    outings = [
        replace(one, code=f"{kind}-{one.code}", kind=kind, remote=remote)
        for kind, remote in places.items()
        for one in _outings(40)
    ]

    def sheets(assists: int) -> list[tuple[str, int, bool]]:
        made = simulate_sheets(outings, SERVICES, assists=assists, seed=3)
        return [(one.outing_code, sum(one.cells.values()), one.recorded_too) for one in made]

    few, many = sheets(300), sheets(30_000)
    assert few == sheets(300)
    for made, outings_with in ((few, (1, 1, 1)), (many, (15, 7, 2))):
        kinds = Counter(code.split("-")[0] for code in {code for code, _, _ in made})
        assert kinds == dict(zip(("market", "village_hall", "one_stop_shop"), outings_with, strict=True))
    assert all(recorded == code.startswith("one_stop_shop") for code, _, recorded in many)
    assert 800 < sum(people for _, people, _ in many) < 2_000
