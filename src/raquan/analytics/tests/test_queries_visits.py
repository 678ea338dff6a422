"""Visits of booths and of short links as figures: grades apart, by exhibition and channel, opened to who may see."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from raquan.analytics import commands, queries
from raquan.analytics.rules import Figure, Kind
from raquan.analytics.tests.test_queries_promotions import VIEWER
from raquan.capture.tests.world import Field
from raquan.exhibitions import commands as exhibitions
from raquan.exhibitions.tests.conftest import Apply, Fair, Hold, Running, apply, edition, fair, give, hold, running
from raquan.kernel.actor import SYSTEM, Actor
from raquan.links import commands as links
from raquan.links.rules import Channel

__all__ = ["apply", "fair", "hold", "running"]

DAY = date(2023, 10, 5)


@pytest.fixture
def field(fair: Fair) -> Field:
    """Let records come from the same world."""
    return fair.field


def _figure(field: Field, key: str, by: str = "day", actor: Actor = SYSTEM) -> Figure:
    return queries.figure(actor, key, by, campaign_id=field.campaign_id)


def _rows(figure: Figure) -> dict[str, object]:
    return {row.label: row.value for row in figure.rows}


def test_each_grade_of_visitors_is_a_figure_of_its_own(fair: Fair, running: Running, now: datetime) -> None:
    assert _figure(fair.field, "booth_visits").total is None
    for token in ("a" * 22, "a" * 22, "b" * 22):
        exhibitions.count_visit(now=now, code=running.code, token=token)
    assert _figure(fair.field, "booth_heads_stated").total is None, "nobody has stated anything, which is not zero"
    said = {"now": now, "application_id": running.booth, "held_on": DAY}
    exhibitions.state_day(by=fair.unit, heads=40, **said)  # type: ignore[arg-type]
    exhibitions.state_day(by=fair.officers[0], heads=100, **said)  # type: ignore[arg-type]
    keys = ("booth_visits", "booth_heads_tallied", "booth_heads_stated")
    assert [_figure(fair.field, key).total for key in keys] == [2, 40, 100]
    assert _rows(_figure(fair.field, "booth_visits", "exhibition")) == {"Triển lãm Chuyển đổi số Cư M’gar": 2}
    assert _rows(_figure(fair.field, "booth_visits", "organization")) == {"Công ty Một": 2}
    assert _rows(_figure(fair.field, "booth_visits", "commune")) == {"Thị trấn Quảng Phú": 2}
    hidden = _figure(fair.field, "booth_visits", "exhibition", VIEWER)
    assert (hidden.total, hidden.withheld) == (None, 1)
    found = queries.figure_records(SYSTEM, "booth_visits", "day", DAY.isoformat(), campaign_id=fair.campaign_id)
    assert [(one.organization_name, one.value) for one in found.things] == [("Công ty Một", 2)]
    assert found.things[0].href == f"/desk/exhibitions/{running.held}/days/2023-10-05/"


def test_three_booths_of_even_visits_may_be_told(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold()
    booths = [apply(held, whose, approved=True) for whose in range(3)]
    give(fair, held, now)
    exhibitions.open_exhibition(by=fair.unit, now=now, exhibition_id=held, seen=edition(fair, held, now))
    for number, booth in enumerate(booths):
        heads = {"now": now, "application_id": booth, "held_on": DAY, "heads": 40 + number}
        exhibitions.state_day(by=fair.unit, **heads)  # type: ignore[arg-type]
    assert _figure(fair.field, "booth_heads_tallied", "exhibition", VIEWER).total == 123
    assert _figure(fair.field, "booth_heads_tallied", "organization", VIEWER).withheld == 3


def _link(field: Field, now: datetime, channel: Channel, target: str) -> UUID:
    said = {"target": target, "label": f"Thử {channel}", "channel": channel, "unit": field.cumgar_id}
    return links.make_link(by=field.officer, now=now, **said).id  # type: ignore[arg-type]


def test_visits_of_links_stand_by_day_and_channel(field: Field, now: datetime) -> None:
    about = f"/2023/outings/{field.outing_code}/"
    zalo, poster = (_link(field, now, one, about) for one in (Channel.ZALO, Channel.POSTER))
    page = _link(field, now, Channel.ZALO, "/2023/offers/")
    for link, day, visits in ((zalo, DAY, 4), (zalo, date(2023, 10, 6), 1), (poster, DAY, 2), (page, DAY, 5)):
        for _ in range(visits):
            links.count_visit(link_id=link, day=day)
    links.count_visit(link_id=page, day=date(2023, 1, 1))
    before = queries.live_mark()
    links.write_visits()
    assert queries.live_mark() != before, "boards and files learn of visits, which are no acts"

    total = _figure(field, "link_visits", "channel")
    assert (_rows(total), total.total) == ({"Zalo": 10, "Áp phích": 2}, 12), "a day outside the campaign is not its own"
    assert _rows(_figure(field, "link_visits", "day")) == {"05/10/2023": 11, "06/10/2023": 1}
    assert _figure(field, "links_opened").total == 3
    reached = _figure(field, "outings_reached", "channel")
    assert (_rows(reached), reached.total) == ({"Zalo": 1, "Áp phích": 1}, 1)
    assert _figure(field, "outing_link_visits", "commune").total == 7
    assert _figure(field, "visits_per_outing").total == Decimal(7)
    found = queries.figure_records(SYSTEM, "link_visits", "channel", "poster", campaign_id=field.campaign_id)
    assert [(one.title, one.value) for one in found.things] == [("Thử poster", 2)]
    assert commands.extract_activity(by=SYSTEM, now=now).days >= 2
    checked = [one for one in commands.verify_facts(by=SYSTEM, now=now) if one.kind == Kind.LINK_DAY]
    assert [(one.day, one.in_files, one.is_same) for one in checked] == [(DAY, 3, True), (date(2023, 10, 6), 1, True)]
