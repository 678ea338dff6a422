"""Redemptions as figures: counted apart from what is stated, opened to the office, held back from everybody else."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raquan.analytics import commands, queries
from raquan.analytics.rules import Figure, Kind
from raquan.analytics.tests.conftest import Send
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.kernel.refused import NotAllowed
from raquan.kernel.remembering import forget_everything
from raquan.market import commands as market_commands
from raquan.market.tests.conftest import Market, Write, market, write
from raquan.people.rules import Role
from raquan.vouchers.rules import FailureReason, SaidFailure, SaidReversal
from raquan.vouchers.tests.conftest import Open, Shop, lease, make_shop, redemption
from raquan.vouchers.tests.conftest import send as sync

__all__ = ["make_shop", "market", "write"]

VIEWER = Actor(ActorKind.USER, uuid4(), "Người xem", 70, (Duty(Role.VIEWER.value, None, None),))


@pytest.fixture
def field(market: Market) -> Field:
    """Let records come from the same world."""
    return market.field


def _figure(shop: Shop, key: str, by: str = "day", actor: Actor = SYSTEM, snapshot_id: UUID | None = None) -> Figure:
    return queries.figure(actor, key, by, campaign_id=shop.market.campaign_id, snapshot_id=snapshot_id)


def _rows(figure: Figure) -> dict[str, object]:
    return {row.key: row.value for row in figure.rows}


def _redeem(shop: Shop, now: datetime, serials: range, **more: object) -> list[object]:
    held = lease(shop, 0, len(serials), now)
    said = tuple(redemption(shop, held, serial, now, **more) for serial in serials)
    sync(shop, 0, now, redemptions=said)
    return [one.id for one in said]


def test_each_outcome_is_counted_once_on_its_day(make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    assert _figure(shop, "redemptions").total is None, "nothing is known, which is not zero"
    ids = _redeem(shop, now, range(1, 5), amount=90_000)
    other = lease(shop, 1, 2, now)
    # The same code at another counter, sent later, is refused; so is what the counter itself would not take.
    double = redemption(shop, other, 1, now)
    failed = SaidFailure(uuid4(), FailureReason.EXPIRED, now - timedelta(days=1), shop.code(9))
    unwritten = redemption(shop, other, 8, now)
    assert sync(shop, 1, now, redemptions=(double, unwritten), failures=(failed,)) == ["double", "accepted", "kept"]
    assert sync(shop, 0, now, reversals=(SaidReversal(uuid4(), ids[0], "trả hàng", now),)) == ["accepted"]  # type: ignore[arg-type]

    figure = _figure(shop, "redemptions")
    assert (_rows(figure), figure.total) == ({"2023-10-05": 4, "2023-10-04": 0}, 4)
    assert figure.denominators[0].value == 7
    totals = {key: _figure(shop, key).total for key in ("redemptions_reversed", "redemptions_failed")}
    assert totals == {"redemptions_reversed": 1, "redemptions_failed": 2}
    assert _rows(_figure(shop, "redemptions_failed", "reason")) == {"double": 1, "expired": 1, "": 0}
    assert {one.label for one in _figure(shop, "redemptions_failed", "reason").rows} >= {"Dùng trùng", "Phiếu hết hạn"}
    assert _figure(shop, "redemption_failed_rate").total == Decimal("28.6")
    assert (_figure(shop, "redemption_bills").total, _figure(shop, "redemptions_with_bill").total) == (270_000, 3)
    assert _rows(_figure(shop, "redemptions", "group")) == {"cashless_payment": 4}
    assert _rows(_figure(shop, "redemptions", "commune")) == {"24259": 4}


def test_bills_that_nobody_wrote_are_not_zero(make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    _redeem(shop, now, range(1, 3))
    bills = _figure(shop, "redemption_bills")
    assert (_figure(shop, "redemptions").total, bills.total, bills.rows) == (2, None, ())


def test_what_enterprises_state_stands_apart(write: Write, make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    _redeem(shop, now, range(1, 3))
    offer = write(0, until="published")
    said = {"by": shop.market.officers[0], "now": now, "offer_id": offer, "redeemed": 400}
    market_commands.state_result(month=date(2023, 10, 1), **said)  # type: ignore[arg-type]
    stated = _figure(shop, "redemptions_stated")
    assert (_figure(shop, "redemptions").total, stated.total) == (2, 400)
    assert [(one.grade, one.value) for one in stated.parts] == [("stated", 400)]
    assert _figure(shop, "discounts_stated").total is None


def test_an_offer_of_several_groups_counts_for_none_of_them(make_shop: Open, write: Write, now: datetime) -> None:
    shop = make_shop()
    said = {"by": shop.market.officers[0], "now": now, "redeemed": 3, "month": date(2023, 10, 1)}
    both = write(0, until="published", service_codes=("vietqr", "id_number_confirmation"), place_codes=())
    market_commands.state_result(offer_id=both, **said)  # type: ignore[arg-type]
    assert _rows(_figure(shop, "redemptions_stated", "group")) == {"": 3}
    assert _rows(_figure(shop, "redemptions_stated", "commune")) == {"": 3}, "the enterprise has no seat"
    there = write(0, until="published", place_codes=("648",))
    market_commands.state_result(offer_id=there, **said)  # type: ignore[arg-type]
    assert _rows(_figure(shop, "redemptions_stated", "district")) == {"": 3, "648": 3}
    assert _rows(_figure(shop, "redemptions_stated", "commune")) == {"": 6}, "a district is no commune"


def test_only_the_office_is_told_an_enterprises_numbers(make_shop: Open, now: datetime) -> None:
    shops = [make_shop(whose=whose) for whose in range(3)]
    for shop, serials in zip(shops, (range(1, 3), range(1, 4), range(1, 5)), strict=True):
        assert _figure(shops[0], "redemptions", actor=VIEWER).total is None
        _redeem(shop, now, serials)
    office, one = shops[0].market.office, shops[0]
    assert set(_rows(_figure(one, "redemptions", "organization", office)).values()) == {2, 3, 4}
    by_unit = _figure(one, "redemptions", "organization", VIEWER)
    assert (set(_rows(by_unit).values()), by_unit.total, by_unit.withheld) == ({None}, 9, 3)
    assert any("giữ kín" in said for said in by_unit.beside)
    by_day = _figure(one, "redemptions", "day", VIEWER)
    assert (_rows(by_day), by_day.rows[0].href) == ({"2023-10-05": 9}, ""), "shown, and not opened"
    where = [("organization", str(one.market.enterprises[0]))]
    alone = queries.figure(VIEWER, "redemptions", "day", campaign_id=one.market.campaign_id, filters=where)
    assert (alone.total, _rows(alone)) == (None, {"2023-10-05": None})
    with pytest.raises(NotAllowed):
        queries.cross_figure(VIEWER, "redemptions", "day", "organization", campaign_id=one.market.campaign_id)
    reader = replace(VIEWER, duties=(*VIEWER.duties, Duty(Role.REVIEWER.value, None, None)))
    with pytest.raises(NotAllowed):
        queries.figure_records(reader, "redemptions", "day", "2023-10-05", campaign_id=one.market.campaign_id)
    public = queries.public_figure(one.market.campaign_id, "redemptions", "organization")
    assert set(_rows(public).values()) == {None}


def test_a_number_opens_down_to_counters_and_days(make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    _redeem(shop, now, range(1, 4))
    found = queries.figure_records(
        shop.market.office, "redemptions", "day", "2023-10-05", campaign_id=shop.market.campaign_id
    )
    (line,) = found.things
    assert (line.title, line.where, line.organization_name, line.value) == (
        "Phiếu 50.000 đồng",
        "Quầy 1",
        "Công ty Một",
        3,
    )
    assert f"run={shop.run_id}" in line.href
    assert "day=2023-10-05" in line.href
    assert (found.page.total, found.hidden) == (1, 0)


def test_a_frozen_number_stays_and_is_explained(make_shop: Open, send: Send, now: datetime) -> None:
    shop = make_shop()
    send({})
    _redeem(shop, now, range(1, 4))
    campaign = {"by": SYSTEM, "campaign_id": shop.market.campaign_id}
    frozen = commands.freeze_snapshot(now=now, **campaign)  # type: ignore[arg-type]
    _redeem(shop, now, range(4, 6))
    again = commands.freeze_snapshot(now=now + timedelta(hours=1), **campaign)  # type: ignore[arg-type]
    assert [_figure(shop, "redemptions", snapshot_id=one).total for one in (frozen, again, None)] == [3, 5, 5]
    compared = queries.compare_measure(SYSTEM, frozen, again, "redemptions", "day")
    assert [row.difference for row in compared.rows] == [2]
    assert sum(compared.rows[0].reasons.values()) == 2
    office, viewer = (queries.compare_snapshots(one, frozen, again) for one in (SYSTEM, VIEWER))
    assert "redemptions" in {one.measure.key for one in office.measures}
    assert "redemptions" not in {one.measure.key for one in viewer.measures}
    with pytest.raises(NotAllowed):
        queries.compare_measure(VIEWER, frozen, again, "redemptions", "day")


def test_files_of_days_say_what_the_database_says(make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    _redeem(shop, now, range(1, 4), amount=50_000)
    assert queries.activity_changed()
    assert commands.extract_activity(by=SYSTEM, now=now).days >= 1
    checked = [one for one in commands.verify_facts(by=SYSTEM, now=now) if one.kind == Kind.REDEMPTION]
    assert [(one.in_database, one.in_files, one.is_same) for one in checked] == [(1, 1, True)]


def test_however_much_was_redeemed_it_is_one_question(make_shop: Open, now: datetime) -> None:
    def asked() -> int:
        forget_everything()
        with CaptureQueriesContext(connection) as captured:
            _figure(shop, "redemptions")
        return sum("vouchers_redemption" in one["sql"] for one in captured.captured_queries)

    shop = make_shop()
    _redeem(shop, now, range(1, 4))
    assert asked() == 1
    for counter in (0, 1):
        held = lease(shop, counter, 1, now)
        sync(shop, counter, now, redemptions=(redemption(shop, held, 5 + counter, now),))
    assert asked() == 1
