"""What counters send is counted once and never past the quota, whatever happens on the way."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from raquan.kernel.refused import NotAllowed
from raquan.vouchers import commands, queries
from raquan.vouchers.rules import ClockKind, FailureReason, Said, SaidFailure, SaidReturn, SaidReversal, Wanted
from raquan.vouchers.tests.conftest import LAST, Open, Shop, lease, redemption, send

VoucherRun = apps.get_model("vouchers.VoucherRun")
Lease = apps.get_model("vouchers.Lease")
Redemption = apps.get_model("vouchers.Redemption")


def stock(shop: Shop) -> tuple[int, int]:
    """Give what is counted and held of the run's quota."""
    run = VoucherRun.objects.get(id=shop.run_id)
    return run.counted, run.held


def test_a_voucher_is_counted_once_however_often_it_is_sent(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 3, now)
    one = redemption(shop, held, 1, now)
    assert stock(shop) == (0, 3)
    assert send(shop, 0, now, redemptions=(one, one)) == ["accepted", "accepted"]
    assert send(shop, 0, now, redemptions=(one,)) == ["accepted"]
    assert stock(shop) == (1, 2)
    assert send(shop, 0, now, redemptions=(replace(one, amount=5),)) == ["conflict"]
    assert send(shop, 1, now, redemptions=(one,)) == ["conflict"]
    assert stock(shop) == (1, 2)


def test_of_two_offline_counters_the_first_to_arrive_is_counted(shop: Shop, now: datetime) -> None:
    first, second = lease(shop, 0, 2, now), lease(shop, 1, 2, now)
    assert send(shop, 1, now, redemptions=(redemption(shop, second, 7, now),)) == ["accepted"]
    assert send(shop, 0, now, redemptions=(redemption(shop, first, 7, now),)) == ["double"]
    assert stock(shop) == (1, 2), "the unit of the double is free again"
    (run,) = queries.counter_state(shop.counters[0], now=now).runs
    assert run.left == 7
    assert run.used == "QAA="


def test_the_counter_that_counted_is_told_where_its_voucher_was_also_taken(shop: Shop, now: datetime) -> None:
    first, second = lease(shop, 0, 2, now), lease(shop, 1, 2, now)
    counted = redemption(shop, first, 7, now)
    send(shop, 0, now, redemptions=(counted, redemption(shop, first, 1, now)))
    assert queries.counter_state(shop.counters[0], now=now).doubles == ()
    later, taken = now + timedelta(hours=3), now + timedelta(hours=1)
    assert send(shop, 1, later, redemptions=(redemption(shop, second, 7, taken),)) == ["double"]
    for _ in range(2):  # an answer may be lost: it is told for some days
        (told,) = queries.counter_state(shop.counters[0], now=later).doubles
        assert (told.redemption_id, told.counter_name, told.redeemed_at) == (counted.id, "Quầy 2", taken)
    assert queries.counter_state(shop.counters[1], now=later).doubles == ()
    assert queries.counter_state(shop.counters[0], now=later + timedelta(days=8)).doubles == ()
    assert stock(shop) == (2, 1), "what was counted stays counted"


def test_a_lease_bounds_what_is_counted(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 2, now)
    sent = tuple(redemption(shop, held, serial, now) for serial in (1, 2, 3))
    assert send(shop, 0, now, redemptions=sent) == ["accepted", "accepted", "over_limit"]
    strange = redemption(shop, uuid4(), 4, now)
    assert send(shop, 0, now, redemptions=(strange,)) == ["unknown_lease"]
    assert stock(shop) == (2, 0)


def test_no_more_is_leased_than_is_free_nor_than_a_counter_may_hold(shop: Shop, now: datetime) -> None:
    asked = Said(uuid4(), now, want=(Wanted(shop.run_id, 9),))
    for _ in range(2):  # an answer that was lost is asked for again, and gives nothing more
        commands.sync_counter(by=shop.counters[0], now=now, said=asked)
    assert stock(shop) == (0, 5)
    lease(shop, 0, 9, now)
    assert stock(shop) == (0, 5)
    lease(shop, 1, 9, now)
    assert stock(shop) == (0, 10)
    assert queries.counter_state(shop.counters[1], now=now).runs[0].left == 0


def test_what_comes_too_late_is_refused_and_its_unit_is_free(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 2, now)
    in_time, late = redemption(shop, held, 1, now), redemption(shop, held, 2, now)
    assert send(shop, 0, now + timedelta(hours=95), redemptions=(in_time,)) == ["accepted"]
    after = now + timedelta(hours=97)
    assert commands.settle_leases(by=shop.counters[0], now=after) == 1
    assert commands.settle_leases(by=shop.counters[0], now=after) == 0
    assert stock(shop) == (1, 0)
    assert send(shop, 0, after, redemptions=(late, in_time)) == ["late", "accepted"]
    assert Redemption.objects.count() == 2, "what is refused is kept"


def test_no_job_is_needed_for_a_lease_to_be_over(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 2, now)
    after = now + timedelta(hours=97)
    assert send(shop, 0, after, redemptions=(redemption(shop, held, 1, now),)) == ["late"]
    assert stock(shop) == (0, 0)


def test_a_lease_is_given_back_when_all_of_it_has_come(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 4, now)
    one, other = redemption(shop, held, 1, now), redemption(shop, held, 2, now)
    send(shop, 0, now, redemptions=(one,), returns=(SaidReturn(held, 2),))
    assert stock(shop) == (1, 3), "one that was made has not come"
    send(shop, 0, now, redemptions=(other,), returns=(SaidReturn(held, 2),))
    assert stock(shop) == (2, 0)
    assert send(shop, 0, now, redemptions=(redemption(shop, held, 3, now),)) == ["lease_spent"]
    (told,) = queries.counter_state(shop.counters[0], now=now).leases
    assert told.state == "returned"


def test_a_reversal_gives_the_unit_and_on_the_same_day_the_code_back(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 5, now)
    one, other = redemption(shop, held, 1, now), redemption(shop, held, 2, now)
    send(shop, 0, now, redemptions=(one, other))
    back = SaidReversal(uuid4(), one.id, "Khách trả hàng", now)
    later = now + timedelta(days=1)
    assert send(shop, 0, later, reversals=(back, back)) == ["accepted", "accepted"]
    assert send(shop, 0, later, reversals=(SaidReversal(uuid4(), other.id, "", later),)) == ["accepted"]
    assert stock(shop) == (0, 3)
    assert send(shop, 0, later, reversals=(replace(back, id=uuid4()),)) == ["reversed"]
    assert send(shop, 1, later, reversals=(SaidReversal(uuid4(), one.id, "", later),)) == ["unknown_redemption"]
    again = tuple(redemption(shop, held, serial, now) for serial in (1, 2))
    assert send(shop, 0, now + timedelta(hours=25), redemptions=again) == ["accepted", "double"]


def test_codes_that_are_not_the_runs_are_refused(shop: Shop, make_shop: Open, now: datetime) -> None:
    other = make_shop(whose=1)
    held = lease(shop, 0, 5, now)
    good = shop.code(3)
    last = "A" if good[60] != "A" else "B"
    bent = good[:60] + last + good[61:]
    sent = (
        redemption(shop, held, 3, now, code=bent),
        redemption(shop, held, 3, now, code=other.code(3)),
        redemption(shop, held, 3, now, code=queries.code_of(shop.run_id, 11, LAST)),
        redemption(shop, held, 3, now, code="https://example.vn"),
        redemption(shop, held, 3, now, run_id=other.run_id, code=other.code(3)),
    )
    assert send(shop, 0, now, redemptions=sent) == ["bad_code", "other_run", "bad_code", "bad_code", "other_run"]
    assert stock(shop) == (0, 0)
    assert stock(other) == (0, 0)


def test_limits_hold_for_a_counters_day_and_clocks_are_told_apart(make_shop: Open, now: datetime) -> None:
    shop = make_shop(per_counter_day=1)
    held = lease(shop, 0, 5, now)
    after = now + timedelta(hours=25)
    sent = (
        redemption(shop, held, 1, now),
        redemption(shop, held, 2, now),
        redemption(shop, held, 3, after),
        redemption(shop, held, 4, after, clock=ClockKind.WALL),
    )
    assert send(shop, 0, after, redemptions=sent) == ["accepted", "counter_limit", "lease_expired", "accepted"]


def test_a_phone_that_woke_up_in_1970_is_set_right(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 5, now)
    wrong = now - timedelta(days=19000)
    sent = redemption(shop, held, 1, wrong, clock=ClockKind.WALL)
    later = Said(uuid4(), wrong + timedelta(hours=2), redemptions=(sent,))
    commands.sync_counter(by=shop.counters[0], now=now + timedelta(hours=2), said=later)
    assert Redemption.objects.get().redeemed_at == now


def test_what_a_counter_refused_itself_is_kept(shop: Shop, now: datetime) -> None:
    failure = SaidFailure(uuid4(), FailureReason.USED, now, shop.code(1)[:60])
    assert send(shop, 0, now, failures=(failure, failure)) == ["kept", "kept"]
    assert send(shop, 0, now, failures=(replace(failure, code=""),)) == ["conflict"]
    kept = apps.get_model("vouchers.RedemptionFailure").objects.get()
    assert (kept.run_id, kept.reason) == (shop.run_id, "used")


def test_a_withdrawn_counter_sends_and_gets_nothing(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 2, now)
    lost = shop.counters[0].id
    assert lost
    commands.withdraw_counter(by=shop.market.office, now=now, counter_id=lost, reason="Mất máy")
    one = redemption(shop, held, 1, now)
    assert send(shop, 0, now, redemptions=(one,), want=(Wanted(shop.run_id, 2),)) == ["accepted"]
    assert stock(shop) == (1, 1)
    assert queries.counter_state(shop.counters[0], now=now).is_withdrawn


def test_a_suspended_run_leases_nothing_and_takes_what_was_leased(shop: Shop, now: datetime) -> None:
    held = lease(shop, 0, 2, now)
    commands.suspend_run(by=shop.market.officers[0], now=now, run_id=shop.run_id, seen=2, reason="Hết hàng")
    one = redemption(shop, held, 1, now)
    assert send(shop, 0, now, redemptions=(one,), want=(Wanted(shop.run_id, 2),)) == ["accepted"]
    assert stock(shop) == (1, 1)


def test_only_counters_send_and_only_for_their_own_enterprise(shop: Shop, make_shop: Open, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.sync_counter(by=shop.market.office, now=now, said=Said(uuid4()))
    stranger = make_shop(whose=1)
    send(stranger, 0, now, want=(Wanted(shop.run_id, 2),))
    assert stock(shop) == (0, 0)
    held = lease(shop, 0, 2, now)
    assert send(stranger, 0, now, redemptions=(redemption(shop, held, 1, now),)) == ["unknown_lease"]
    assert stock(shop) == (0, 2)
    assert shop.run_id not in {one.id for one in queries.counter_state(stranger.counters[0], now=now).runs}
