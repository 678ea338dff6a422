"""The law's table, the tables of states, codes, totals that are held back."""

from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.market.rules import (
    EDITABLE,
    MIN_ENTERPRISES,
    MOST_SHARE,
    OFFER_TRANSITIONS,
    CheckResult,
    OfferFacts,
    OfferState,
    OfferStep,
    check_offer,
    is_offer_code,
    is_tax_code,
    lead_of_day,
    make_offer_code,
    public_total,
    read_law,
    read_offer_code,
    settled_before,
)

LAW = read_law((resources.files("raquan.market") / "data" / "promotion_law.toml").read_text(encoding="utf-8"))
FACTS = OfferFacts(
    form="discount",
    starts_on=date(2023, 10, 1),
    ends_on=date(2023, 10, 31),
    percent=30,
    unit_price=100_000,
    unit_value=None,
    total_value=50_000_000,
    days_before=0,
    is_concentrated=False,
    programme="",
    notice_number="",
    notice_on=None,
    terms="Mỗi hộ một lần.",
)


def _found(**said: object) -> dict[str, CheckResult]:
    return {one.rule.key: one.result for one in check_offer(replace(FACTS, **said), LAW)}  # type: ignore[arg-type]


def test_a_plain_discount_is_fine() -> None:
    assert set(_found().values()) == {CheckResult.FINE}


@pytest.mark.parametrize(
    ("said", "key", "result"),
    [
        ({"percent": 50}, "discount_cap", CheckResult.FINE),
        ({"percent": 51}, "discount_cap", CheckResult.WARNS),
        ({"percent": None}, "discount_cap", CheckResult.UNKNOWN),
        ({"percent": 100, "is_concentrated": True}, "discount_cap_concentrated", CheckResult.FINE),
        ({"is_concentrated": True}, "concentrated_programme", CheckResult.WARNS),
        ({"is_concentrated": True, "programme": "QĐ 1"}, "concentrated_programme", CheckResult.FINE),
        ({"form": "gift", "unit_value": 50_001}, "value_cap", CheckResult.WARNS),
        ({"form": "gift", "unit_value": 50_000}, "value_cap", CheckResult.FINE),
        ({"form": "gift"}, "value_cap", CheckResult.UNKNOWN),
        ({"days_before": 89}, "discount_days", CheckResult.FINE),
        ({"days_before": 90}, "discount_days", CheckResult.WARNS),
        ({"days_before": None}, "discount_days", CheckResult.UNKNOWN),
        ({"days_before": None, "ends_on": date(2024, 3, 1)}, "discount_days", CheckResult.WARNS),
        ({"total_value": 100_000_000}, "notice_before_2024", CheckResult.WARNS),
        ({"total_value": None}, "notice_before_2024", CheckResult.UNKNOWN),
        ({"form": "lucky_draw"}, "registration_of_lucky_draws", CheckResult.WARNS),
        ({"terms": ""}, "terms", CheckResult.WARNS),
    ],
)
def test_each_rule_at_its_edge(said: dict[str, object], key: str, result: CheckResult) -> None:
    assert _found(**said)[key] is result


def test_rules_hold_between_their_days() -> None:
    before, after = date(2024, 11, 30), date(2024, 12, 1)
    assert "notice_before_2024" in _found(form="contest", starts_on=before, total_value=None)
    late = _found(form="contest", starts_on=after, ends_on=after, total_value=None)
    assert (late["notice"], "notice_before_2024" in late) == (CheckResult.WARNS, False)
    assert "notice" not in _found(starts_on=after, ends_on=after)


def test_every_rule_names_its_source_in_both_languages() -> None:
    assert all(one.source and one.text and one.text_en for one in LAW)
    assert len({one.key for one in LAW}) == len(LAW)


def test_every_step_leads_to_one_state_and_every_state_is_reached() -> None:
    assert {OFFER_TRANSITIONS.result_of(step) for step in OfferStep} | {OfferState.DRAFT} == set(OfferState)
    assert OFFER_TRANSITIONS.steps_from(OfferState.ENDED) == ()
    assert set(OFFER_TRANSITIONS.sources_of(OfferStep.SUBMIT)) == EDITABLE


def test_codes_are_read_as_people_type_them() -> None:
    code = make_offer_code(lambda alphabet: alphabet[-1])
    assert is_offer_code(code)
    assert read_offer_code(code.lower().replace("-", " ")) == code
    assert not is_offer_code("UD-0")


@pytest.mark.parametrize(
    ("text", "good"),
    [("6001234567", True), ("6001234567-001", True), ("066123456789", True), ("600123456", False), ("x", False)],
)
def test_tax_codes(text: str, good: bool) -> None:
    assert is_tax_code(text) is good


def test_the_order_of_a_day_is_the_same_all_day_and_another_the_next() -> None:
    codes = [f"UD-{n}" for n in range(50)]
    leads = [{one: lead_of_day(one, date(2023, 10, day)) for one in codes} for day in (1, 1, 2)]
    orders = [sorted(codes, key=lead.__getitem__) for lead in leads]
    assert orders[0] == orders[1] != orders[2]


@given(st.dictionaries(st.integers(0, 20), st.integers(0, 10_000), max_size=12))
def test_a_public_total_tells_of_no_single_enterprise(figures: dict[object, int]) -> None:
    total = public_total(figures)
    some = [one for one in figures.values() if one]
    assert total.enterprises == len(some)
    if total.value is None:
        assert len(some) < MIN_ENTERPRISES or max(some) > sum(some) * MOST_SHARE
    else:
        assert total.value == sum(some)
        assert len(some) >= MIN_ENTERPRISES
        assert max(some) <= total.value * MOST_SHARE


def test_a_month_is_settled_ten_days_after_its_end() -> None:
    assert settled_before(date(2023, 11, 10)) == date(2023, 10, 1)
    assert settled_before(date(2023, 11, 11)) == date(2023, 11, 1)
