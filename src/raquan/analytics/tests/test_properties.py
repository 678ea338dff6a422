"""Every measure of the catalogue is what plain Python counts from the records: before and after corrections, on both
maps, from facts and from rollups."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.thorough import amount

from raquan.analytics import engine, extract
from raquan.analytics.engine import Source, telling
from raquan.analytics.queries import counting, geography
from raquan.analytics.queries.counting import Facts
from raquan.analytics.rules import (
    ACTIVITIES,
    ACTIVITY,
    DIMENSIONS,
    DISTINCT,
    GUARDED,
    MEASURES,
    Kind,
    Measure,
    Ratio,
    dimensions_of,
    kinds_of,
    rollup_chain,
    rollup_file_name,
)
from raquan.analytics.tests.facts import CAMPAIGN, Fact, activities, after, random_facts, sample
from raquan.analytics.tests.reference import expected, expected_on, found_cells
from raquan.analytics.tests.test_geography import REFORM, places

__all__ = ["places"]

Records = dict[Kind, Sequence[Any]]
FIRST_ON, DAYS = date(2023, 9, 30), 4


@st.composite
def _records(draw: st.DrawFn) -> Records:
    found: Records = {kind: draw(activities(kind)) for kind in ACTIVITIES}
    return found | {Kind.ASSIST: draw(random_facts())}


def rolled_source(facts: Sequence[Fact], folder: Path, filed: int, rolled: int) -> Source:
    """File the first facts, add them up in two steps, the second of which corrects the first; the rest is the tail."""
    home = folder / "facts"
    extract.append_facts(home, lambda seq, limit: after(facts[:filed], seq, limit))
    files = tuple(home / one.name for one in extract._chain(home).files)
    rollups = []
    for start, end in ((0, rolled), (rolled, filed)):
        if start < end:
            rollups.append(folder / f"{start}-{end}.parquet")
            engine.write_rollup(rollups[-1], files, start, end)
    tail = list(facts[filed:])
    replaced = engine.latest_of(files, {one.assist_id for one in tail if one.version > 1}) if files else []
    return Source(files, tail, CAMPAIGN, rollups=tuple(rollups), replaced=replaced)


def _facts(records: Records, assists: Source) -> Facts:
    sources = {
        kind: Source(tail=engine.arrow_facts(records[kind], ACTIVITY), campaign_id=CAMPAIGN, table=ACTIVITY)
        for kind in ACTIVITIES
    }
    return Facts(None, None, {**sources, Kind.ASSIST: assists}, sees=GUARDED)


def _hold(records: Records, assists: Source, drawn: Sequence[int], assists_only: bool = False) -> None:
    facts = _facts(records, assists)
    for measure in MEASURES.values():
        if not assists_only or Kind.ASSIST in kinds_of(measure):
            splits = dimensions_of(measure)
            by = splits[drawn[len(measure.key) % len(drawn)] % len(splits)]
            found, wanted = counting.counted(facts, measure, by), expected(measure, by, records)
            assert (found_cells(found.cells), found.total) == (wanted.cells, wanted.total), (measure.key, by.key)


@pytest.mark.slow
@given(records=_records(), drawn=st.lists(st.integers(0, 100), min_size=3, max_size=3), data=st.data())
@settings(max_examples=amount(2, 40), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_whole_catalogue_equals_plain_python(records: Records, drawn: list[int], data: st.DataObject) -> None:
    facts = list(records[Kind.ASSIST])
    corrected_from = next((n for n, one in enumerate(facts) if one.version > 1), len(facts))
    before = {kind: ones if kind is not Kind.ASSIST else facts[:corrected_from] for kind, ones in records.items()}
    _hold(before, Source((), facts[:corrected_from], CAMPAIGN), drawn)
    if not facts:
        return
    filed = data.draw(st.integers(1, len(facts)))
    with tempfile.TemporaryDirectory() as folder:
        source = rolled_source(facts, Path(folder), filed, data.draw(st.integers(0, filed)))
        _hold(records, source, drawn, assists_only=True)
        _hold(records, replace(source, rollups=(), replaced=()), drawn)


@pytest.mark.slow
@given(facts=random_facts(), data=st.data())
@settings(max_examples=amount(2, 30), deadline=None)
def test_rollups_say_of_every_dimension_what_the_facts_say(facts: list[Fact], data: st.DataObject) -> None:
    facts = facts or sample(1)
    filed = data.draw(st.integers(1, len(facts)))
    with tempfile.TemporaryDirectory() as folder:
        source = rolled_source(facts, Path(folder), filed, data.draw(st.integers(0, filed)))
        plain = replace(source, rollups=(), replaced=())
        measures = [one for one in MEASURES.values() if one.kinds == (Kind.ASSIST,)]
        for measure in data.draw(st.permutations(measures))[: amount(4, 17)]:
            for by in data.draw(st.permutations(dimensions_of(measure)))[: amount(3, 12)]:
                rolled, read = (engine.evaluate(one, measure.formula, by) for one in (source, plain))
                assert replace(rolled, rollup="") == read, (measure.key, by.key)
            by, across = DIMENSIONS["district"], DIMENSIONS["day"]
            pairs = [engine.cross(one, measure.formula, by, across) for one in (source, plain)]
            assert pairs[0] == pairs[1], measure.key
        assert engine.rollup_faults(source.files, source.rollups) == {}


@pytest.mark.slow
@given(facts=random_facts(), outings=activities(Kind.OUTING), people=activities(Kind.ATTENDANCE), data=st.data())
@settings(max_examples=amount(2, 30), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_other_map_takes_each_commune_and_day_where_its_people_went(
    places: None, facts: list[Fact], outings: list[Any], people: list[Any], data: st.DataObject
) -> None:
    def moved(one: Any) -> Any:
        code = data.draw(st.sampled_from(["24001", "24002", "24003", "99999", ""]))
        return replace(one, commune_code=code, occurred_on=data.draw(st.sampled_from([date(2023, 10, 5), REFORM])))

    # Corrections keep to the commune that was drawn for the record's number.
    records: Records = dict.fromkeys(ACTIVITIES, ()) | {
        Kind.ASSIST: [moved(one) for one in facts],
        Kind.OUTING: [moved(one) for one in outings],
        Kind.ATTENDANCE: [moved(one) for one in people],
    }
    found = _facts(records, Source((), records[Kind.ASSIST], CAMPAIGN))
    for measure in MEASURES.values():
        if _is_led(measure):
            result, note = geography.remapped(found, measure, DIMENSIONS["commune"], (), REFORM)
            assert note is not None
            assert found_cells(result.cells) == expected_on(measure, records, REFORM), measure.key


def _is_led(measure: Measure) -> bool:
    sides = (
        [MEASURES[key] for key in (measure.formula.part, measure.formula.whole)]
        if isinstance(measure.formula, Ratio)
        else [measure]
    )
    kinds = {kind for one in sides for kind in one.kinds}
    return not any(isinstance(one.formula, DISTINCT) for one in sides) and not kinds & {Kind.SHEET, Kind.DESK_DAY}


def test_nothing_beneath_the_line_is_not_zero() -> None:
    records: Records = dict.fromkeys(ACTIVITIES, ()) | {Kind.ASSIST: sample(3)}
    facts = _facts(records, Source((), records[Kind.ASSIST], CAMPAIGN))
    for key in ("assists_per_outing", "assists_per_helper_hour", "sheets_entered_rate"):
        found = counting.counted(facts, MEASURES[key], DIMENSIONS["commune"])
        assert (found.total, found.cells) == (None, ()), key
    rate = counting.counted(facts, MEASURES["stuck_rate"], DIMENSIONS["commune"])
    assert rate.total == 0
    assert [cell.value for cell in rate.cells] == [0]


def test_an_engine_that_breaks_off_gives_no_number(tmp_path: Path) -> None:
    (tmp_path / "half.parquet").write_bytes(b"PAR1 half of it")
    facts = Facts(None, None, {Kind.ASSIST: Source((tmp_path / "half.parquet",))})
    with pytest.raises(Exception, match="half"):
        counting.counted(facts, MEASURES["assists"], DIMENSIONS["day"])


def test_a_rollup_that_is_not_what_the_facts_are_is_found(tmp_path: Path) -> None:
    facts = sample(5)
    source = rolled_source(facts, tmp_path, 5, 3)
    assert engine.rollup_faults(source.files, source.rollups) == {}
    assert engine.rollup_faults(source.files, source.rollups[:1]) == {(CAMPAIGN, facts[0].occurred_on): 9}


def test_the_extract_keeps_rollups_beside_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "ROLLED_FROM", 2)
    monkeypatch.setattr(extract, "MOST_ROLLUPS", 2)
    facts = sample(6)
    facts[4] = replace(facts[0], fact_seq=5, version=2, how="self")
    facts[5] = replace(facts[1], fact_seq=6, version=2, withdrawn=True)
    for known in (1, 3, 4, 5, 6):
        extract.append_facts(tmp_path, lambda seq, limit, known=known: after(facts[:known], seq, limit))  # type: ignore[misc]
        home = tmp_path / "_rollup"
        chain = rollup_chain(path.name for path in home.glob("*"))
        assert chain.watermark == (known if known > 1 else 0)
    files = tuple(tmp_path / one.name for one in extract._chain(tmp_path).files)
    rollups = tuple(home / rollup_file_name(one.after, one.upto) for one in chain.files)
    assert len(rollups) <= 2
    assert engine.rollup_faults(files, rollups) == {}
    counted = engine.evaluate(Source(files, rollups=rollups), MEASURES["assists"].formula, DIMENSIONS["how"])
    assert (counted.rollup, {cell.key: cell.value for cell in counted.cells}) == ("how", {"guided": 2, "self": 1})


def test_a_frozen_rollup_is_frozen_with_its_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "ROLLED_FROM", 2)
    first, _ = extract.write_snapshot(tmp_path, Source((), sample(9)), 9)
    again, _ = extract.write_snapshot(tmp_path, Source((), list(reversed(sample(9)))), 9)
    assert [one.kind.partition("-")[0] for one in first] == ["assist", "rollup"]
    assert first == again


def test_the_same_seed_gives_the_same_facts(tmp_path: Path) -> None:
    from raquan.analytics.commands import FolderTaken, simulate_facts

    def make(name: str, seed: int = 7) -> Source:
        asked: dict[str, Any] = {"records": 2000, "first_on": FIRST_ON, "days": DAYS, "province": "66"}
        assert simulate_facts(tmp_path / name, seed=seed, **asked) == 2000
        return Source(tuple((tmp_path / name / "assist").glob("*.parquet")))

    one, same, other = (
        engine.evaluate(source, MEASURES["assists"].formula, DIMENSIONS["commune"])
        for source in (make("a"), make("b"), make("c", 8))
    )
    assert one == same
    assert one != other
    assert one.synthetic
    most = max(int(cell.value) for cell in one.cells)
    assert most > 3 * int(one.total or 0) / len(one.cells)  # uneven, as communes are
    with pytest.raises(FolderTaken):
        make("a", 9)


@pytest.mark.slow
def test_people_are_told_apart_by_what_is_known_of_files_and_what_came_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_SINCE", 0)  # files that came since never make the others be counted again
    facts = [replace(one, card=n % 4 + 1, outing_id=f"o{n % 3}") for n, one in enumerate(sample(9))]
    facts.append(replace(facts[1], fact_seq=10, version=2, card=None))
    facts.append(replace(facts[0], fact_seq=11, version=2, occurred_on=FIRST_ON))
    facts.append(replace(facts[1], fact_seq=12, version=3, card=9, outing_id="o9"))
    facts.append(replace(facts[2], fact_seq=13, version=2, withdrawn=True))
    source, by = rolled_source(facts, tmp_path, 11, 6), DIMENSIONS["commune"]
    for key in ("people", "people_returned", "outings_with_records"):
        formula = MEASURES[key].formula
        engine.evaluate(replace(source, rollups=source.rollups[:1], tail=()), formula, by)  # so much is known
        for seen in (0, 1, 2):
            live = replace(source, tail=source.tail[:seen])
            found = engine.evaluate(live, formula, by)
            assert found.rollup
            assert replace(found, rollup="") == engine.evaluate(replace(live, rollups=()), formula, by), (key, seen)


def test_files_of_the_same_names_made_anew_are_counted_anew(tmp_path: Path) -> None:
    for people in (3, 2):
        facts = [replace(one, card=one.fact_seq) for one in sample(people)]
        (tmp_path / "facts").mkdir(exist_ok=True)
        for path in tmp_path.glob("**/*.parquet"):
            path.unlink()
        source = rolled_source(facts, tmp_path, people, 0)
        source = replace(source, rollups=tuple(path.rename(tmp_path / "same.parquet") for path in source.rollups))
        assert engine.evaluate(source, MEASURES["people"].formula, DIMENSIONS["day"]).total == people
