"""Many measures by many dimensions in one reading give what each gives alone; what is not answered in time says so."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.thorough import amount

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.engine.running import run
from raquan.analytics.rules import DIMENSIONS, MEASURES, Kind
from raquan.analytics.tests.facts import CAMPAIGN, Fact, random_facts, sample

MEASURED = [one.formula for one in MEASURES.values() if one.kinds == (Kind.ASSIST,)]
SPLITS = [DIMENSIONS[key] for key in ("commune", "day", "hour", "bottleneck", "stage", "language", "how")]


@pytest.mark.slow
@given(facts=random_facts(), data=st.data())
@settings(max_examples=amount(2, 20), deadline=None)
def test_a_batch_equals_what_each_gives_alone(facts: list[Fact], data: st.DataObject) -> None:
    source = Source((), facts, CAMPAIGN)
    where = data.draw(st.sampled_from([[], [(DIMENSIONS["how"], "self")], [(DIMENSIONS["bottleneck"], "")]]))
    found = engine.evaluate_all(source, [(one, by) for by in SPLITS for one in MEASURED], where)
    for by in data.draw(st.lists(st.sampled_from(SPLITS), min_size=2, max_size=2, unique_by=lambda one: one.key)):
        for formula in MEASURED:
            assert found[formula, by.column] == engine.evaluate(source, formula, by, where), (formula, by.key)


def test_a_batch_of_nothing_is_not_known() -> None:
    found = engine.evaluate_all(Source(), [(MEASURED[0], SPLITS[0]), (MEASURED[1], SPLITS[1])])
    assert len(found) == 2
    assert all(one.total is None and one.cells == () for one in found.values())


def test_what_cannot_be_read_is_unanswered(tmp_path: Path) -> None:
    lost = Source((tmp_path / "gone.parquet",), sample(1))
    with pytest.raises(engine.Unanswered), engine.answering(5.0):
        engine.evaluate_all(lost, [(MEASURED[0], SPLITS[0])])


def test_what_takes_too_long_is_unanswered() -> None:
    with pytest.raises(engine.Unanswered), engine.answering(0.05):
        run("SELECT sum(sqrt(a.range)) FROM range(1000000) a, range(1000000) b")


def test_what_begins_when_the_time_is_over_is_unanswered() -> None:
    def late() -> None:
        time.sleep(0.2)
        run("SELECT sum(sqrt(a.range)) FROM range(1000000) a, range(1000000) b")

    with pytest.raises(engine.Unanswered), engine.answering(0.01):
        late()
    assert run("SELECT 1 AS one") == [{"one": 1}]
