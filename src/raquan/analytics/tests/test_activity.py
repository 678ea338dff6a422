"""Measures of outings, attendance, sheets and desks, and ratios, held against plain Python."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.thorough import amount

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.queries import counting
from raquan.analytics.queries.counting import Facts
from raquan.analytics.rules import (
    ACTIVITIES,
    ACTIVITY,
    DIMENSIONS,
    GUARDED,
    MEASURES,
    ActivityFact,
    Kind,
    Measure,
    NotSplitBy,
    Ratio,
    Sum,
    check_split,
    dimensions_of,
    divided,
    measure,
    scaled,
)
from raquan.analytics.tests.facts import CAMPAIGN, Fact, activities, current, key_of, random_facts, slow_value
from raquan.analytics.tests.reference import is_said

ACTIVITY_MEASURES = [one for one in MEASURES.values() if one.kinds and one.kinds != (Kind.ASSIST,)]
RATIOS = [one for one in MEASURES.values() if isinstance(one.formula, Ratio)]


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
    facts = data.draw(activities(of.kinds[0]))
    for by in data.draw(st.permutations(dimensions_of(of)))[: amount(3, 10)]:
        counted = engine.evaluate(_source(facts), of.formula, by)
        is_known = isinstance(of.formula, Sum) and of.formula.known
        if is_known:
            facts = [one for one in facts if is_said(one, of.formula)]  # type: ignore[arg-type]
        own = getattr(of.formula, "column", "") == by.column
        cells: dict[str, int] = {}
        for key in {key_of(fact, by.column) for fact in facts}:  # type: ignore[arg-type]
            value = _slow([fact for fact in facts if key_of(fact, by.column) == key], of)  # type: ignore[arg-type]
            cells |= {key: value} if value or not own else {}
        assert {cell.key: cell.value for cell in counted.cells} == cells, by.key
        assert counted.total == (
            _slow(facts, of) if facts or not isinstance(of.formula, Sum) or not of.formula.known else None
        )


@pytest.mark.slow
@pytest.mark.parametrize("of", RATIOS, ids=[one.key for one in RATIOS])
@given(data=st.data(), assists=random_facts())
@settings(max_examples=amount(3, 30), deadline=None)
def test_every_ratio_divides_what_the_reference_counts(of: Measure, data: st.DataObject, assists: list[Fact]) -> None:
    drawn = {kind: data.draw(activities(kind)) for kind in ACTIVITIES}
    facts = Facts(
        None,
        None,
        {
            Kind.ASSIST: Source((), assists, CAMPAIGN),
            **{kind: _source(found) for kind, found in drawn.items()},
        },
        sees=GUARDED,
    )
    given_facts: dict[Kind, list[Any]] = {Kind.ASSIST: current(assists), **drawn}

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
