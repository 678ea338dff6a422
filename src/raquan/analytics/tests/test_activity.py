"""Measures of outings, attendance, sheets and desks, and ratios, held against plain Python."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.thorough import amount

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.queries import counting
from raquan.analytics.queries.counting import Facts
from raquan.analytics.rules import (
    ACTIVITY,
    DIMENSIONS,
    MEASURES,
    ActivityFact,
    Kind,
    Measure,
    NotSplitBy,
    Ratio,
    check_split,
    dimensions_of,
    divided,
    measure,
    scaled,
)
from raquan.analytics.tests.facts import CAMPAIGN, Fact, current, key_of, random_facts, slow_value

ACTIVITY_MEASURES = [one for one in MEASURES.values() if one.kinds and one.kinds != (Kind.ASSIST,)]
RATIOS = [one for one in MEASURES.values() if isinstance(one.formula, Ratio)]


def _activities(kind: Kind) -> st.SearchStrategy[list[ActivityFact]]:
    states = {Kind.OUTING: ["planned", "open", "done", "cancelled"], Kind.SHEET: ["issued", "entered", "withdrawn"]}
    is_attendance = kind is Kind.ATTENDANCE
    facts = st.lists(
        st.builds(
            ActivityFact,
            id=st.just(""),
            kind=st.just(kind.value),
            campaign_id=st.just(CAMPAIGN),
            occurred_on=st.dates(date(2023, 9, 30), date(2023, 10, 2)),
            outing_id=st.sampled_from([str(UUID(int=n)) for n in range(1, 4)]),
            organization_id=st.sampled_from([str(UUID(int=1)), str(UUID(int=2))]),
            province_code=st.just("66"),
            district_code=st.sampled_from(["648", "643"]),
            commune_code=st.sampled_from(["", "24256", "24133"]),
            state=st.sampled_from(states.get(kind, [""])),
            site_kind=st.sampled_from(["market", "school"]),
            language=st.sampled_from(["vi", "rad"]),
            part=st.sampled_from(["", "leader", "helper"]) if is_attendance else st.just(""),
            presence=st.sampled_from(["", "early", "on_time", "late"]) if is_attendance else st.just(""),
            helper=st.sampled_from(["a", "b", "c"]) if is_attendance else st.just(""),
            minutes=st.integers(0, 300),
        ),
        min_size=1,
        max_size=20,
    )
    return facts.map(lambda found: [replace(one, id=str(UUID(int=n + 1))) for n, one in enumerate(found)])


def _source(facts: list[ActivityFact]) -> Source:
    return Source(tail=engine.arrow_facts(facts, ACTIVITY), campaign_id=CAMPAIGN, table=ACTIVITY)


def _slow(facts: list[ActivityFact], of: Measure) -> int:
    """Count in plain Python; an empty text is not known, as in the files."""
    known = [replace(one, commune_code=one.commune_code or None) for one in facts]  # type: ignore[arg-type]
    return slow_value(known, of.formula)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("of", ACTIVITY_MEASURES, ids=[one.key for one in ACTIVITY_MEASURES])
@given(data=st.data())
@settings(max_examples=amount(3, 30), deadline=None)
def test_every_measure_by_every_dimension_equals_the_reference(of: Measure, data: st.DataObject) -> None:
    facts = data.draw(_activities(of.kinds[0]))
    for by in data.draw(st.permutations(dimensions_of(of)))[: amount(3, 10)]:
        counted = engine.evaluate(_source(facts), of.formula, by)
        own = getattr(of.formula, "column", "") == by.column
        cells: dict[str, int] = {}
        for key in {key_of(fact, by.column) for fact in facts}:  # type: ignore[arg-type]
            value = _slow([fact for fact in facts if key_of(fact, by.column) == key], of)  # type: ignore[arg-type]
            cells |= {key: value} if value or not own else {}
        assert {cell.key: cell.value for cell in counted.cells} == cells, by.key
        assert counted.total == _slow(facts, of)


@pytest.mark.slow
@pytest.mark.parametrize("of", RATIOS, ids=[one.key for one in RATIOS])
@given(data=st.data(), assists=random_facts())
@settings(max_examples=amount(3, 30), deadline=None)
def test_every_ratio_divides_what_the_reference_counts(of: Measure, data: st.DataObject, assists: list[Fact]) -> None:
    outings, came, sheets = (data.draw(_activities(kind)) for kind in (Kind.OUTING, Kind.ATTENDANCE, Kind.SHEET))
    facts = Facts(
        None,
        None,
        {
            Kind.ASSIST: Source((), assists, CAMPAIGN),
            Kind.OUTING: _source(outings),
            Kind.ATTENDANCE: _source(came),
            Kind.SHEET: _source(sheets),
        },
    )
    given_facts: dict[Kind, list[Any]] = {
        Kind.ASSIST: current(assists),
        Kind.OUTING: outings,
        Kind.ATTENDANCE: came,
        Kind.SHEET: sheets,
    }

    def value(key: str, day: str | None) -> Decimal:
        side = measure(key)
        kept = [one for one in given_facts[side.kinds[0]] if day in (None, one.occurred_on.isoformat())]
        counted = slow_value(kept, side.formula) if side.kinds[0] is Kind.ASSIST else _slow(kept, side)
        return Decimal(scaled(counted, side.formula))

    assert isinstance(of.formula, Ratio)
    result = counting.counted(facts, of, DIMENSIONS["day"])
    part, whole, times = of.formula.part, of.formula.whole, of.formula.times
    has_both = bool(given_facts[measure(part).kinds[0]]) and bool(value(whole, None))
    assert result.total == (divided(value(part, None), value(whole, None), times) if has_both else None)
    days = {one.occurred_on.isoformat() for one in given_facts[measure(whole).kinds[0]]}
    wanted = {day: divided(value(part, day), value(whole, day), times) for day in days if value(whole, day)}
    assert {cell.key: cell.value for cell in result.cells} == wanted


def test_a_measure_is_split_only_by_what_its_facts_know() -> None:
    with pytest.raises(NotSplitBy):
        check_split(MEASURES["outings_held"], DIMENSIONS["service"])
    with pytest.raises(NotSplitBy):
        check_split(MEASURES["assists_per_helper_hour"], DIMENSIONS["how"])
    check_split(MEASURES["assists_per_helper_hour"], DIMENSIONS["commune"])


def test_every_measure_says_in_two_languages_what_it_is() -> None:
    for one in MEASURES.values():
        for said in (one.name, one.unit, one.definition):
            assert said["vi"], one.key
            assert said["en"], one.key
        assert dimensions_of(one), one.key
