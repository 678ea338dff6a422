"""Measures as data, chains of files, manifests, and cells too small to publish."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.analytics.rules import (
    ACTIVITY_COLUMNS,
    DIMENSIONS,
    FACT_COLUMNS,
    MEASURES,
    STAGES,
    CountWhere,
    FactFile,
    Figure,
    FigureRow,
    Kind,
    Manifest,
    SnapshotFile,
    canonical,
    chain,
    dimension,
    fact_file_name,
    figure_address,
    figure_csv,
    figure_data,
    formula_text,
    kinds_of,
    manifest_from,
    measure,
    merge_run,
    suppress,
)
from raquan.catalogue.rules import Stage
from raquan.kernel.ids import uuid7


def _figure(*values: int, **changes: Any) -> Figure:
    rows = tuple(FigureRow(str(place), f"Xã {place}", value, "/x") for place, value in enumerate(values))
    whole = Figure(
        measure=measure("assists"),
        by=dimension("commune"),
        rows=rows,
        total=sum(values) if values else None,
        snapshot=None,
        campaign_id=None,
        filters=(),
        as_of="",
        parts=(),
        under_review=0,
        synthetic=False,
        suppressed=0,
        address="/desk/figures/assists/?by=commune",
    )
    return replace(whole, **changes)


def test_measures_and_dimensions_name_columns_that_facts_have() -> None:
    for one in MEASURES.values():
        assert one.name["vi"]
        assert one.name["en"]
        assert one.definition["vi"].endswith((".", "…"))
        columns = FACT_COLUMNS if Kind.ASSIST in kinds_of(one) else ACTIVITY_COLUMNS
        assert getattr(one.formula, "column", "campaign_id") in columns
        assert formula_text(one.formula)
    for by in DIMENSIONS.values():
        for kind in by.kinds:
            assert by.column in (FACT_COLUMNS if kind is Kind.ASSIST else ACTIVITY_COLUMNS)


def test_the_ladder_is_the_catalogue_s() -> None:
    assert set(STAGES) == {stage.value for stage in Stage}
    reached = [one.formula for one in MEASURES.values() if one.key in STAGES[1:]]
    assert [formula.values[0] for formula in reached if isinstance(formula, CountWhere)] == list(STAGES[1:])


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=12))
def test_a_chain_holds_every_fact_up_to_its_watermark_once(spans: list[tuple[int, int]]) -> None:
    found = chain([fact_file_name(after, after + length) for after, length in spans])
    covered = [n for file in found.files for n in range(file.after + 1, file.upto + 1)]
    assert covered == list(range(1, found.watermark + 1))


def test_a_chain_prefers_the_merged_file_and_passes_over_strangers() -> None:
    names = [
        fact_file_name(0, 5),
        fact_file_name(5, 9),
        fact_file_name(0, 9),
        fact_file_name(20, 30),
        "x.parquet",
        "v9-000000000000000-000000000000099.parquet",
    ]
    found = chain(names)
    assert found.files == (FactFile(0, 9),)
    assert set(found.superseded) == {FactFile(0, 5), FactFile(5, 9)}


def test_merging_takes_the_last_files_that_are_small_together() -> None:
    files = [FactFile(0, 1000), FactFile(1000, 1010), FactFile(1010, 1020), FactFile(1020, 1030)]
    assert merge_run(files, most_files=2, most_facts=100) == tuple(files[1:])
    assert merge_run(files, most_files=3, most_facts=100) == ()
    assert merge_run(files, most_files=3, most_facts=2000) == tuple(files)


def test_a_manifest_comes_back_as_it_went() -> None:
    files = (SnapshotFile("a" * 64, 10, 3),)
    one = Manifest("i", "c", 2, "2023-10-12T10:00:00+00:00", 7, 3, True, "ghi chú", "b" * 64, files)
    assert manifest_from(one.as_json()) == one
    assert canonical(one.as_json()) == canonical(dict(reversed(one.as_json().items())))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_what_is_hidden_cannot_be_worked_out(values: list[int]) -> None:
    shown = suppress(_figure(*values))
    hidden = [value for value, row in zip(values, shown.rows, strict=True) if row.value is None]
    assert all(row.value is None or row.value == 0 or row.value >= 5 for row in shown.rows)
    if shown.total is not None:
        assert len(hidden) != 1
        assert shown.total == 0 or shown.total >= 5
    assert shown.suppressed == len(hidden)


@pytest.mark.parametrize(
    ("values", "shown", "total"),
    [
        ((2, 9, 7), (None, 9, None), 18),
        ((2, 3, 9), (None, None, 9), 14),
        ((3,), (None,), None),
        ((3, 0), (None, 0), None),
        ((1, 2), (None, None), None),
        ((5, 0), (5, 0), 5),
    ],
)
def test_small_cells(values: tuple[int, ...], shown: tuple[int | None, ...], total: int | None) -> None:
    figure = suppress(_figure(*values))
    assert tuple(row.value for row in figure.rows) == shown
    assert figure.total == total


def test_addresses_are_stable() -> None:
    snapshot_id = uuid7()
    address = figure_address("assists", "day", snapshot_id=snapshot_id, filters=[("commune", "24259")])
    assert address == f"/desk/figures/assists/?by=day&snapshot={snapshot_id}&where=commune:24259"


def test_a_figure_as_data_and_csv() -> None:
    figure = _figure(12, 0)
    data = figure_data(figure, public_url="https://x.vn")
    assert data["rows"][0] == {"key": "0", "label": "Xã 0", "value": 12}
    assert (data["measure"], data["by"], data["snapshot"], data["total"]) == ("assists", "commune", None, 12)
    assert data["address"] == "https://x.vn/desk/figures/assists/?by=commune"
    risky = replace(figure, rows=(FigureRow("1", "=1+1", 5),))
    text = figure_csv(risky)
    assert text.startswith("\ufeffmeasure,by,key,label,value")
    assert ",'=1+1,5,lượt," in text
