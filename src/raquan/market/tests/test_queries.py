"""A competitor sees nothing; everybody sees what is published, in the order of the day; totals tell of none."""

import io
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, Refused
from raquan.market import commands, queries
from raquan.market.queries import Asked
from raquan.market.queries.showing import days_of
from raquan.market.rules import PromotionForm
from raquan.market.tests.conftest import Market, Write

OCTOBER = date(2023, 10, 1)


def test_a_competitor_sees_neither_drafts_nor_figures(market: Market, write: Write, now: datetime) -> None:
    mine, shown = write(0), write(0, until="published", title="Đã đăng")
    commands.state_result(by=market.officers[0], now=now, offer_id=shown, month=OCTOBER, redeemed=77)
    assert {one.id for one in queries.offers(market.officers[0], market.campaign_id, now=now).items} == {mine, shown}
    assert not queries.offers(market.officers[1], market.campaign_id, now=now).items
    assert not queries.results_of(market.officers[1], market.campaign_id).items
    assert not queries.enterprise_months(market.officers[1], market.campaign_id, OCTOBER)
    for offer_id in (mine, shown):
        with pytest.raises(NotAllowed):
            queries.offer(market.officers[1], offer_id, now=now)
    with pytest.raises(NotAllowed):
        commands.state_result(by=market.officers[1], now=now, offer_id=shown, month=OCTOBER, redeemed=1)
    with pytest.raises(NotAllowed):
        queries.registrations(market.officers[0])
    assert queries.offers(market.office, market.campaign_id, now=now).total == 2
    code = queries.offer(market.office, shown, now=now)[0].code
    for text, total in (("cong ty mot", 2), ("da dang", 1), (code.lower(), 1), ("khác", 0)):
        assert queries.offers(market.office, market.campaign_id, now=now, text=text).total == total, text


def test_steps_are_those_that_the_reader_may_take(market: Market, write: Write, now: datetime) -> None:
    offer_id = write(until="submitted")
    assert queries.offer(market.officers[0], offer_id, now=now)[0].steps == ()
    assert queries.offer(market.office, offer_id, now=now)[0].steps == ("return_offer", "approve_offer")


def test_everybody_sees_what_is_published(market: Market, write: Write, now: datetime) -> None:
    day = datetime(2023, 10, 6, 8, tzinfo=now.tzinfo)
    write(0)
    write(0, until="approved")
    near = write(0, until="published")
    whole = write(1, until="published", place_codes=(), form=PromotionForm.SAMPLE, service_codes=())
    gone = write(2, until="published", ends_on=date(2023, 10, 5))
    later = write(2, until="published", starts_on=date(2023, 10, 20))
    assert gone not in {near, whole, later}

    def found(**asked: str) -> set[object]:
        page, _units = queries.public_offers(market.campaign_id, now=day, asked=Asked(**asked))
        assert page.total == len(page.items)
        return {one.id for one in page.items}

    assert found() == {near, whole, later}
    assert found(when="today") == {near, whole}
    assert found(when="weekend") == {near, whole}
    assert found(service="vietqr") == {near, later}
    assert found(form="sample") == {whole}
    assert found(place="Buôn Ma Thuột") == {whole}
    assert found(place="Cư M’gar") == {near, whole, later}
    assert found(place="không có nơi này") == set()


def test_a_public_page_says_what_became_of_an_offer(market: Market, write: Write, now: datetime) -> None:
    hidden, shown = write(0, until="approved"), write(0, until="published")
    codes = {one.id: one.code for one in queries.offers(market.office, market.campaign_id, now=now).items}
    assert queries.public_offer(codes[hidden], now=now) is None
    assert queries.public_offer("UD-000000", now=now) is None
    seen = queries.public_offer(codes[shown].lower().replace("-", " "), now=now)
    assert seen is not None
    assert (seen.steps, seen.is_editable) == ((), False)
    commands.end_offer(by=market.officers[0], now=now, offer_id=shown, seen=4, reason="Đã đủ")
    seen = queries.public_offer(codes[shown], now=now)
    assert seen is not None
    assert (seen.is_over, seen.is_on) == (True, False)
    assert not queries.public_offers(market.campaign_id, now=now)[0].items
    commands.end_offer(by=market.officers[0], now=now, offer_id=hidden, seen=3, reason="Thôi")
    assert queries.public_offer(codes[hidden], now=now) is None, "it was never published"


def test_pages_of_a_day_hold_each_offer_once(market: Market, write: Write, now: datetime) -> None:
    made = {write(n % 3, until="published", title=f"Ưu đãi {n}") for n in range(7)}
    pages = [queries.public_offers(market.campaign_id, now=now, page=n, size=3)[0] for n in (1, 2, 3, 4)]
    assert [len(one.items) for one in pages] == [3, 3, 1, 0]
    assert {one.id for page in pages for one in page.items} == made


def test_the_weekend_is_the_one_that_is_now_or_next() -> None:
    assert days_of("weekend", date(2023, 10, 6)) == (date(2023, 10, 7), date(2023, 10, 8))
    assert days_of("weekend", date(2023, 10, 7)) == (date(2023, 10, 7), date(2023, 10, 8))
    assert days_of("weekend", date(2023, 10, 8)) == (date(2023, 10, 8), date(2023, 10, 8))


def test_results_are_kept_once_a_month_and_replaced_by_who_has_seen_them(
    market: Market, write: Write, now: datetime
) -> None:
    by = market.officers[0]
    shown, draft = write(0, until="published"), write(0)
    with pytest.raises(commands.NeverShown):
        commands.state_result(by=by, now=now, offer_id=draft, month=OCTOBER, redeemed=1)
    for month in (date(2023, 9, 1), date(2023, 11, 1)):
        with pytest.raises(commands.MonthToCome):
            commands.state_result(by=by, now=now, offer_id=shown, month=month, redeemed=1)
    with pytest.raises(commands.FigureImpossible):
        commands.state_result(by=by, now=now, offer_id=shown, month=OCTOBER, redeemed=-1)
    for _ in range(2):
        commands.state_result(by=by, now=now, offer_id=shown, month=date(2023, 10, 9), redeemed=5, value=100)
    with pytest.raises(commands.Changed):
        commands.state_result(by=by, now=now, offer_id=shown, month=OCTOBER, redeemed=6)
    commands.state_result(by=by, now=now, offer_id=shown, month=OCTOBER, redeemed=6, seen=1)
    (row,) = queries.results_of(by, market.campaign_id, offer_id=shown).items
    assert (row.redeemed, row.value, row.edition, row.grade) == (6, None, 2, "stated")
    (told,) = queries.enterprise_months(by, market.campaign_id, OCTOBER)
    assert (told.offers, told.missing) == (1, 0)
    (fact,) = queries.result_facts([market.campaign_id])
    assert (fact.redeemed, fact.service_codes, fact.place_codes) == (6, ("vietqr",), ("24259",))


def _workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (("Báo cáo của công ty",), ("Mã ưu đãi", "Tháng", "Lượt dùng", "Giá trị (đồng)"), *rows):
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def test_a_file_gives_results_row_by_row(market: Market, write: Write, now: datetime) -> None:
    mine, others = write(0, until="published"), write(1, until="published")
    codes = {one.id: one.code for one in queries.offers(market.office, market.campaign_id, now=now).items}
    data = _workbook(
        (codes[mine], "10/2023", "1.200", 5000), (codes[others], "10/2023", 9, None), (codes[mine], "9/2023", 1, None)
    )
    take: dict[str, Any] = {
        "by": market.officers[0],
        "now": now,
        "organization_id": market.enterprises[0],
        "data": data,
        "file_name": "a.xlsx",
    }
    for _ in range(2):
        outcomes = commands.import_results(**take)
        assert [(one.line, one.refusal is None) for one in outcomes] == [(3, True), (4, False), (5, False)]
    (row,) = queries.results_of(SYSTEM, market.campaign_id).items
    assert (row.redeemed, row.value, row.grade, row.edition) == (1200, 5000, "supplied", 1)
    with pytest.raises(Refused):
        commands.import_results(**take | {"data": b"not a workbook"})
    unlike = _workbook((codes[mine], "tháng mười", 1, 1))
    with pytest.raises(commands.ResultsUnreadable):
        commands.import_results(**take | {"data": unlike})
    with pytest.raises(NotAllowed):
        commands.import_results(**take | {"by": market.officers[1]})


@pytest.mark.parametrize(
    ("figures", "total"), [((10, 10, 10), 30), ((10, 10, 0), None), ((100, 5, 5), None), ((60, 15, 5), 80)]
)
def test_a_public_total_waits_for_three_and_for_the_month_to_settle(
    market: Market, write: Write, now: datetime, figures: tuple[int, ...], total: int | None
) -> None:
    for whose, redeemed in enumerate(figures):
        offer_id = write(whose, until="published")
        commands.state_result(by=market.officers[whose], now=now, offer_id=offer_id, month=OCTOBER, redeemed=redeemed)
    early, late = (datetime(2023, 11, day, 12, tzinfo=now.tzinfo) for day in (9, 12))
    assert queries.public_totals(market.campaign_id, now=early).redeemed.value is None
    assert queries.public_totals(market.campaign_id, now=late).redeemed.value == total


def test_lists_ask_as_often_for_many_as_for_few(market: Market, write: Write, now: datetime) -> None:

    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.public_offers(market.campaign_id, now=now, asked=Asked(place="Cư M’gar"))
            queries.offers(market.office, market.campaign_id, now=now)
        return len(asked)

    write(0, until="published")
    counted()
    few = counted()
    for n in range(5):
        write(n % 3, until="published", request_id=uuid4())
    assert counted() == few
