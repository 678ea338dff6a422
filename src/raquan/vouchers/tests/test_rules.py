"""The plain rules of vouchers: codes, leases, what is judged, and the run's life as it is documented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.vouchers import engine, rules
from raquan.vouchers.rules import ClockKind, LeaseState, Reason, Standing, Stock, VoucherCode

DAYS = st.dates(date(1970, 1, 1), date(2149, 6, 6))
CODES = st.builds(VoucherCode, st.uuids(), st.integers(0, 2**32 - 1), DAYS, st.binary(min_size=64, max_size=64))
AT = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
STANDING = Standing(
    lease_state=LeaseState.HELD,
    left=1,
    settles_at=AT + timedelta(hours=96),
    expires_at=AT + timedelta(hours=24),
    starts_on=date(2023, 10, 1),
    code=Reason.NONE,
    used=False,
    card_counted=0,
    day_counted=0,
    per_card=None,
    per_counter_day=None,
)


def test_the_life_of_a_run_is_drawn_as_it_is() -> None:
    text = (Path(__file__).parents[4] / "docs" / "run-states.md").read_text()
    assert rules.RUN_TRANSITIONS.diagram() in text


@given(CODES)
def test_a_code_is_read_as_it_was_written(code: VoucherCode) -> None:
    text = rules.write_code(code)
    assert rules.read_code(text) == code
    assert rules.read_code(f" {text.lower()}\n") == code
    assert rules.run_named(text[:60]) == code.run_id


@given(st.text(max_size=250))
def test_what_is_no_code_is_none(text: str) -> None:
    assert rules.read_code(text) is None
    assert rules.run_named(text) is None or text.strip().upper().startswith("RQV1.")


def test_every_bit_of_a_code_matters() -> None:
    run = UUID(int=7)
    head = rules.MAGIC + rules.head_of(run, 3, date(2023, 10, 31))
    key, code = engine.public_key(run), VoucherCode(run, 3, date(2023, 10, 31), engine.sign(run, head))
    assert engine.sign(run, head) == code.signature, "printed twice it is the same code"
    assert engine.public_key(UUID(int=8)) != key
    text = rules.write_code(code)
    read = rules.read_code(text)
    assert read is not None
    assert engine.is_true(key, read.signed, read.signature)
    for place in range(len(rules.PREFIX), len(text)):
        bent = rules.read_code(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :])
        assert bent is None or not engine.is_true(key, bent.signed, bent.signature), place


@given(st.sets(st.integers(1, 100)), st.integers(100, 130))
def test_a_bitmap_says_which_serials_are_used(serials: set[int], quota: int) -> None:
    bits = rules.bitmap_of(serials, quota)
    assert set(rules.serials_in(bits)) == serials
    assert len(bits) == -(-quota // 8)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(1, 300))
def test_no_more_is_granted_than_is_free(want: int, free: int, holds: int, most: int) -> None:
    given_out = rules.grant(want=want, free=free, holds=holds, most=most)
    assert 0 <= given_out <= min(want, free)
    assert holds + given_out <= max(most, holds)


def test_a_lease_ends_with_the_runs_last_day() -> None:
    times = rules.lease_times(AT, ends_on=date(2023, 10, 5), lease_hours=24, settle_hours=72)
    assert times.expires_at == datetime(2023, 10, 5, 17, 0, tzinfo=UTC)
    assert times.settles_at == datetime(2023, 10, 8, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, Reason.NONE),
        ({"lease_state": LeaseState.RETURNED}, Reason.LEASE_SPENT),
        ({"lease_state": LeaseState.EXPIRED}, Reason.LATE),
        ({"settles_at": AT - timedelta(seconds=1)}, Reason.LATE),
        ({"left": 0, "used": True}, Reason.OVER_LIMIT),
        ({"code": Reason.BAD_CODE}, Reason.BAD_CODE),
        ({"expires_at": AT - timedelta(hours=1)}, Reason.LEASE_EXPIRED),
        ({"starts_on": date(2023, 10, 6)}, Reason.NOT_BEGUN),
        ({"used": True}, Reason.DOUBLE),
        ({"per_card": 2, "card_counted": 2}, Reason.CARD_LIMIT),
        ({"per_counter_day": 2, "day_counted": 2}, Reason.COUNTER_LIMIT),
    ],
)
def test_each_refusal_has_its_cause_and_its_words(changes: dict[str, object], reason: Reason) -> None:
    standing = replace(STANDING, **changes)  # type: ignore[arg-type]  # a table of changes
    assert rules.judge(standing, clock=ClockKind.ANCHORED, at=AT, day=AT.date(), received_at=AT) is reason
    assert rules.REASON_TEXTS[reason]
    assert rules.REASON_NAMES[reason]


def test_a_clock_is_set_right_by_how_far_it_was_from_ours() -> None:
    off = timedelta(days=-19000)
    said = AT + off - timedelta(hours=2)
    found = rules.moment_of(said, ClockKind.WALL, sent_at=AT + off, received_at=AT)
    assert found == AT - timedelta(hours=2)
    assert rules.moment_of(AT + timedelta(days=9), ClockKind.ANCHORED, sent_at=None, received_at=AT) == AT


def test_what_is_left_is_told_only_roughly() -> None:
    assert [rules.stock_of(100, one) for one in (0, 79, 80, 99, 100)] == [
        Stock.MUCH,
        Stock.MUCH,
        Stock.LITTLE,
        Stock.LITTLE,
        Stock.NONE,
    ]


def test_an_enrolment_code_is_read_as_people_type_it() -> None:
    made = rules.make_enrolment_code(lambda signs: signs[3])
    assert rules.read_enrolment_code(rules.show_enrolment_code(made).lower()) == made
    assert rules.read_enrolment_code("ACDE-FHJ0") == ""
    assert rules.read_enrolment_code(str(uuid4())) == ""
