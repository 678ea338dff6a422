"""People on a tally sheet are never counted twice beside the records of the same outing."""

from hypothesis import given
from hypothesis import strategies as st

from raquan.tallies.rules import TalliedSheet, Tally, TallyKey, reconcile, tally_number

KEYS = st.builds(
    TallyKey,
    st.sampled_from(["vneid", "vietqr"]),
    st.sampled_from(["helped", "filed"]),
    st.sampled_from(["self", "guided"]),
)
TALLIES = st.dictionaries(KEYS, st.integers(0, 9), max_size=8)


def cell(service: str, rung: str = "filed", how: str = "self") -> TallyKey:
    return TallyKey(service, rung, how)


def of_service(tally: Tally, service: str) -> int:
    return sum(count for key, count in tally.items() if key.service == service)


def test_people_without_records_all_count() -> None:
    sheet = TalliedSheet("A-P01", {cell("vneid"): 4}, recorded_too=False)
    assert reconcile([sheet], {cell("vneid"): 3}) == {"A-P01": {cell("vneid"): 4}}


def test_of_people_with_records_only_those_beyond_the_records_count() -> None:
    sheet = TalliedSheet("A-P01", {cell("vneid"): 4, cell("vietqr"): 2}, recorded_too=True)
    counted = reconcile([sheet], {cell("vneid"): 3})
    assert counted == {"A-P01": {cell("vneid"): 1, cell("vietqr"): 2}}
    assert reconcile([sheet], {cell("vneid"): 9}) == {"A-P01": {cell("vneid"): 0, cell("vietqr"): 2}}


def test_the_overlap_is_taken_from_what_is_most_like_the_records() -> None:
    cells = {cell("vneid", "filed", "self"): 5, cell("vneid", "filed", "guided"): 2, cell("vneid", "helped"): 9}
    counted = reconcile([TalliedSheet("A-P01", cells, recorded_too=True)], {cell("vneid", "filed", "guided"): 4})
    assert counted["A-P01"] == {
        cell("vneid", "filed", "self"): 3,
        cell("vneid", "filed", "guided"): 0,
        cell("vneid", "helped"): 9,
    }


def test_two_observers_who_judge_a_result_differently_do_not_double_a_person() -> None:
    sheet = TalliedSheet("A-P01", {cell("vneid", "helped"): 3}, recorded_too=True)
    assert reconcile([sheet], {cell("vneid", "filed"): 3}) == {"A-P01": {cell("vneid", "helped"): 0}}


def test_records_are_set_off_against_one_sheet_only() -> None:
    sheets = [TalliedSheet(f"A-P0{n}", {cell("vneid"): 4}, recorded_too=True) for n in (2, 1)]
    assert reconcile(sheets, {cell("vneid"): 5}) == {"A-P01": {cell("vneid"): 0}, "A-P02": {cell("vneid"): 3}}


@given(tallies=st.lists(st.tuples(TALLIES, st.booleans()), max_size=4), records=TALLIES)
def test_of_sheets_and_records_of_one_service_the_larger_counts(
    tallies: list[tuple[dict[TallyKey, int], bool]], records: dict[TallyKey, int]
) -> None:
    sheets = [TalliedSheet(f"A-P{n:02d}", cells, too) for n, (cells, too) in enumerate(tallies)]
    counted = reconcile(sheets, records)
    for sheet in sheets:
        assert all(0 <= counted[sheet.number][key] <= count for key, count in sheet.cells.items() if count)
    for service in ("vneid", "vietqr"):
        apart = sum(of_service(s.cells, service) for s in sheets if not s.recorded_too)
        doubled = sum(of_service(s.cells, service) for s in sheets if s.recorded_too)
        recorded = of_service(records, service)
        in_figures = recorded + sum(of_service(cells, service) for cells in counted.values())
        assert in_figures == apart + max(doubled, recorded)


def test_sheets_are_numbered_by_their_outing() -> None:
    assert tally_number("CMG-7K2Q", 1) == "CMG-7K2Q-P01"
    assert tally_number("CMG-7K2Q", 112) == "CMG-7K2Q-P112"
