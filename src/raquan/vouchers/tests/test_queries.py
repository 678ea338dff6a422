"""What may be asked of vouchers: who sees whose, in how many queries, and what everybody may know."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.market.rules import Total
from raquan.vouchers import queries
from raquan.vouchers.tests.conftest import Open, Shop, lease, redemption, send


def test_enterprises_see_their_own_and_the_office_all(make_shop: Open, now: datetime) -> None:
    mine, theirs = make_shop(whose=0), make_shop(whose=1)
    officer, campaign = mine.market.officers[0], mine.market.campaign_id
    assert [one.id for one in queries.runs(officer, campaign).items] == [mine.run_id]
    assert {one.id for one in queries.runs(mine.market.office, campaign).items} == {mine.run_id, theirs.run_id}
    assert {one.organization_name for one in queries.counters(officer).items} == {"Công ty Một"}
    with pytest.raises(NotFound):
        queries.run(officer, theirs.run_id)
    with pytest.raises(NotAllowed):
        queries.vouchers(officer, mine.run_id, first=1, last=1)
    assert queries.run(officer, mine.run_id).steps == ("suspend_run", "close_run")
    held = lease(theirs, 0, 2, now)
    send(theirs, 0, now, redemptions=(redemption(theirs, held, 1, now),))
    assert queries.redemptions(officer).total == 0
    assert queries.redemptions(theirs.market.officers[1]).total == 1


def test_pages_ask_little_however_much_there_is(shop: Shop, now: datetime) -> None:
    def asked() -> list[int]:
        counts = []
        for ask in (
            lambda: queries.run_page(SYSTEM, shop.run_id, now=now),
            lambda: queries.counters(SYSTEM),
            lambda: queries.redemptions(SYSTEM),
            lambda: queries.public_runs(shop.market.campaign_id, today=now.date()),
            lambda: queries.public_redemptions(shop.market.campaign_id, now=now),
        ):
            with CaptureQueriesContext(connection) as captured:
                ask()
            counts.append(len(captured))
        return counts

    before = asked()
    for number in (0, 1):
        held = lease(shop, number, 4, now)
        send(shop, number, now, redemptions=tuple(redemption(shop, held, n, now) for n in (1, 2, 3)))
    assert asked() == before
    assert before[0] <= 9
    assert before[3:] == [1, 1]


def test_a_public_total_tells_of_no_enterprise(make_shop: Open, now: datetime) -> None:
    shops = [make_shop(whose=whose, counters=1) for whose in range(3)]
    later = now + timedelta(days=60)
    campaign = shops[0].market.campaign_id
    for number, shop in enumerate(shops, start=1):
        held = lease(shop, 0, 5, now)
        send(shop, 0, now, redemptions=tuple(redemption(shop, held, n, now) for n in range(1, number + 1)))
        total = queries.public_redemptions(campaign, now=later).total
        assert total == (Total(6, 3) if number == 3 else Total(None, number))
    assert queries.public_redemptions(campaign, now=now).total == Total(None, 0), "the month is not over"
    assert sum(one.count for one in queries.redemption_facts([campaign])) == 6
