"""The engine counts what a slow reference in plain Python counts, wherever the facts lie."""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.thorough import amount

from raquan.analytics import engine, extract
from raquan.analytics.engine import Source, laying
from raquan.analytics.engine.running import Duck
from raquan.analytics.rules import (
    ACTIVITY,
    ASSISTS,
    DIMENSIONS,
    DISTINCT,
    MEASURES,
    CountRepeated,
    Kind,
    Measure,
    dimensions_of,
)
from raquan.analytics.tests.facts import (
    CAMPAIGN,
    Fact,
    after,
    current,
    key_of,
    random_facts,
    sample,
    slow,
    slow_value,
)

ASSIST_MEASURES = [one for one in MEASURES.values() if one.kinds == (Kind.ASSIST,)]


def _split(facts: list[Fact], folder: Path, cuts: list[int]) -> Source:
    """Put facts up to each cut into a file of its own, the rest into the tail."""
    for cut in sorted(cuts):
        known = facts[:cut]
        extract.append_facts(folder, lambda seq, limit, known=known: after(known, seq, limit))  # type: ignore[misc]
    chain = extract._chain(folder) if cuts else None
    files = tuple(folder / file.name for file in chain.files) if chain else ()
    return Source(files, after(facts, chain.watermark if chain else 0, 10_000), CAMPAIGN)


@pytest.mark.slow
@pytest.mark.parametrize("measure", ASSIST_MEASURES, ids=[one.key for one in ASSIST_MEASURES])
@given(data=st.data(), facts=random_facts())
@settings(max_examples=amount(3, 30), deadline=None, suppress_health_check=list(HealthCheck))
def test_every_measure_by_every_dimension_equals_the_reference(
    measure: Measure, data: st.DataObject, facts: list[Fact]
) -> None:
    cuts = data.draw(st.lists(st.integers(1, max(len(facts), 1)), max_size=3, unique=True))
    with tempfile.TemporaryDirectory() as folder:
        source = _split(facts, Path(folder), cuts)
        for by in data.draw(st.permutations(dimensions_of(measure)))[: amount(5, 20)]:
            counted = engine.evaluate(source, measure.formula, by)
            cells, total = slow(facts, measure.formula, by)
            assert {cell.key: cell.value for cell in counted.cells} == cells, by.key
            assert counted.total == total, by.key
            if not isinstance(measure.formula, DISTINCT):
                assert sum(counted.grades.values()) == (total or 0)


@pytest.mark.slow
@given(facts=random_facts(), commune=st.sampled_from(["24256", "24133", ""]))
@settings(max_examples=amount(4, 30), deadline=None)
def test_filters_keep_what_the_reference_keeps(facts: list[Fact], commune: str) -> None:
    source = Source((), facts, CAMPAIGN)
    where = [(DIMENSIONS["commune"], commune), (DIMENSIONS["day"], "2023-10-01")]
    plain = [("commune_code", commune), ("occurred_on", "2023-10-01")]
    for measure in ASSIST_MEASURES:
        counted = engine.evaluate(source, measure.formula, DIMENSIONS["service"], where)
        cells, total = slow(facts, measure.formula, DIMENSIONS["service"], plain)
        assert {cell.key: cell.value for cell in counted.cells} == cells
        assert counted.total == total


@pytest.mark.slow
@given(facts=random_facts())
@settings(max_examples=amount(4, 30), deadline=None)
def test_a_cell_opens_down_to_the_records_that_it_adds_up(facts: list[Fact]) -> None:
    source = Source((), facts, CAMPAIGN)
    stands_for = {(one.assist_id, one.version): one.quantity for one in facts}
    last = {one.assist_id: one.version for one in facts}
    measure, by = MEASURES["installed"], DIMENSIONS["commune"]
    for cell in engine.evaluate(source, measure.formula, by).cells:
        ids, total = engine.matching_ids(source, measure.formula, by, cell.key, (), offset=0, limit=100)
        assert total == len(set(ids))
        assert ids == {one: stands_for[one, last[one]] for one in ids}
        assert cell.value == sum(ids.values())


@pytest.mark.slow
@given(facts=random_facts())
@settings(max_examples=amount(4, 30), deadline=None)
def test_two_dimensions_at_once_equal_the_reference(facts: list[Fact]) -> None:
    source = Source((), facts, CAMPAIGN)
    by, across = DIMENSIONS["service"], DIMENSIONS["commune"]
    kept = current(facts)
    for measure in ASSIST_MEASURES:
        pairs = {(key_of(one, by.column), key_of(one, across.column)) for one in kept}
        wanted = {
            pair: slow_value(
                [one for one in kept if (key_of(one, by.column), key_of(one, across.column)) == pair], measure.formula
            )
            for pair in pairs
        }
        found = engine.cross(source, measure.formula, by, across)
        assert {pair: value for pair, value in found.items() if value} == {p: v for p, v in wanted.items() if v}


@pytest.mark.slow
@given(facts=random_facts())
@settings(max_examples=amount(3, 20), deadline=None)
def test_many_measures_in_one_reading_give_what_each_gives_alone(facts: list[Fact]) -> None:
    source, kept = Source((), facts, CAMPAIGN), current(facts)
    formulas = tuple(one.formula for one in ASSIST_MEASURES if not isinstance(one.formula, CountRepeated))
    alone = [slow_value(kept, formula) for formula in formulas] if kept else None
    assert engine.totals(source, formulas) == alone


def test_nothing_to_count_from_is_not_zero() -> None:
    counted = engine.evaluate(Source(), MEASURES["assists"].formula, DIMENSIONS["commune"])
    assert counted.total is None
    assert counted.cells == ()


def test_a_measured_nothing_is_zero() -> None:
    facts = sample(3, how="guided", commune_code="24256")
    counted = engine.evaluate(Source((), facts), MEASURES["self_done"].formula, DIMENSIONS["commune"])
    assert counted.total == 0
    assert [(cell.key, cell.value) for cell in counted.cells] == [("24256", 0)]


def test_a_key_that_means_nothing_for_its_column_finds_nothing() -> None:
    where = [(DIMENSIONS["day"], "not a day")]
    counted = engine.evaluate(Source((), sample(2)), MEASURES["assists"].formula, DIMENSIONS["hour"], where)
    assert counted.total is None


def test_review_and_synthetic_speak_of_what_is_counted() -> None:
    first, second, third = sample(3, how="self")
    facts = [replace(first, under_review=True), replace(second, how="guided", under_review=True), third]
    counted = engine.evaluate(Source((), facts), MEASURES["self_done"].formula, DIMENSIONS["day"])
    assert counted.total == 2
    assert counted.under_review == 1
    assert counted.synthetic is False


def test_tallied_counts_stand_apart_from_counted_ones() -> None:
    first, second, third = sample(3, how="guided")
    facts = [first, replace(second, grade="tallied", quantity=17), replace(third, how="self", quantity=4)]
    counted = engine.evaluate(Source((), facts), MEASURES["guided"].formula, DIMENSIONS["commune"])
    assert (counted.total, dict(counted.grades)) == (18, {"counted": 1, "tallied": 17})


def test_files_from_before_there_were_quantities_count_one_a_fact(tmp_path: Path) -> None:
    old = engine.arrow_facts(sample(3)).drop_columns(["quantity"])
    parquet.write_table(old, tmp_path / "old.parquet")
    counted = engine.evaluate(Source((tmp_path / "old.parquet",)), MEASURES["assists"].formula, DIMENSIONS["day"])
    assert counted.total == 3


def test_records_are_paged_latest_first() -> None:
    facts = [replace(fact, occurred_at=fact.occurred_at.replace(minute=fact.fact_seq)) for fact in sample(5)]
    formula, by = MEASURES["assists"].formula, DIMENSIONS["hour"]
    ids, total = engine.matching_ids(Source((), facts), formula, by, "09", (), offset=1, limit=2)
    assert ids == {str(UUID(int=4)): 1, str(UUID(int=3)): 1}
    assert total == 5


def test_what_is_in_no_file_yet_is_laid_as_files_would_say_it() -> None:
    texts = ["CMG-7K2Q", '"', 'a"b,c', "a\nb", "a\r\nb\r", " ", "NULL", "\\N", "'; --", "đợt 1", "\u2028", "#", "\t"]
    facts = [replace(fact, outing_code=text) for fact, text in zip(sample(len(texts)), texts, strict=True)]
    facts += [replace(facts[0], hour=None, card=None, outing_id=str(UUID(int=1)), withdrawn=True, fact_seq=2**53)]
    duck = Duck()
    for some in (facts, facts[:1], []):
        duck.lay_facts(laying.TAIL, some, ASSISTS)
        laid = duck.connection.sql(f"FROM {laying.TAIL}").to_arrow_table()
        assert laid.cast(engine.arrow_schema()) == engine.arrow_facts(some)


@pytest.mark.slow
def test_live_figures_hold_neither_pyarrow_nor_numpy(tmp_path: Path) -> None:
    parquet.write_table(engine.arrow_facts(sample(3)), tmp_path / "some.parquet")
    program = (
        "import sys; from pathlib import Path\n"
        "from raquan.analytics import engine\n"
        "from raquan.analytics.rules import DIMENSIONS, MEASURES\n"
        "from raquan.analytics.tests.facts import sample\n"
        "source = engine.Source((Path(sys.argv[1]),), sample(5)[3:])\n"
        "assert engine.evaluate(source, MEASURES['assists'].formula, DIMENSIONS['day']).total == 5\n"
        "print(sorted({'pyarrow', 'numpy'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "some.parquet")], capture_output=True, text=True
    )
    assert (said.stdout, said.stderr) == ("[]\n", "")


def test_no_facts_of_one_table_are_not_taken_for_those_of_another() -> None:
    for measure, table in (("assists", ASSISTS), ("outings_held", ACTIVITY), ("assists", ASSISTS)):
        source = Source(campaign_id=CAMPAIGN, table=table)
        assert engine.evaluate(source, MEASURES[measure].formula, DIMENSIONS["commune"]).total is None
