"""The catalogue's rules."""

from datetime import date

from raquan.catalogue.rules import Stage, holds_on, stages_from


def test_a_stage_counts_what_is_above_it() -> None:
    assert stages_from(Stage.ACTIVATED) == (Stage.ACTIVATED, Stage.FIRST_USE)
    assert stages_from(Stage.HELPED) == tuple(Stage)


def test_both_ends_of_a_dated_row_belong_to_it() -> None:
    first, last = date(2023, 9, 15), date(2023, 10, 15)
    assert [holds_on(date(2023, 9, d), first, last) for d in (14, 15)] == [False, True]
    assert [holds_on(date(2023, 10, d), first, last) for d in (15, 16)] == [True, False]
    assert holds_on(date(2099, 1, 1), first, None)
