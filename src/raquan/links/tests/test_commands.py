"""Links are made once, belong to a unit, change from the edition that was seen, and are counted by day."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from raquan.capture.tests.world import Field
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.commands import RequestReused
from raquan.links import commands, queries
from raquan.links.rules import Channel

Link = apps.get_model("links.Link")
LinkDay = apps.get_model("links.LinkDay")
AuditEntry = apps.get_model("ledger.AuditEntry")
DAY = date(2023, 10, 5)


def _make(field: Field, now: datetime, **more: Any) -> commands.LinkMade:
    said: dict[str, Any] = {"target": "/2023/outings/", "label": "Áp phích chợ Ea Tul", "channel": Channel.POSTER}
    return commands.make_link(by=field.officer, now=now, unit=field.cumgar_id, **said | more)


def test_a_link_is_made_once(field: Field, now: datetime) -> None:
    request_id = uuid4()
    made = _make(field, now, request_id=request_id)
    assert made.address.endswith(f"/l/{made.code}")
    assert _make(field, now, request_id=request_id) == made
    assert Link.objects.count() == 1
    assert AuditEntry.objects.filter(verb="make_link").count() == 1
    with pytest.raises(RequestReused):
        _make(field, now, request_id=request_id, label="Khác")


def test_an_outings_link_is_about_the_outing_and_follows_its_target(field: Field, now: datetime) -> None:
    made = _make(field, now, target=f"/2023/outings/{field.outing_code}/")
    row = Link.objects.get(id=made.id)
    assert (row.about_kind, row.about_id) == ("outing", field.outing_code)
    said: dict[str, Any] = {"by": field.officer, "now": now, "link_id": made.id, "label": "Khác", "ends_on": None}
    commands.change_link(**said, target="/", seen=1)
    commands.change_link(**said, target="/", seen=1)  # sent twice
    row.refresh_from_db()
    assert (row.target, row.about_kind, row.edition) == ("/", "", 2)
    with pytest.raises(commands.Changed):
        commands.change_link(**said, target="/2023/offers/", seen=1)


def test_what_it_refuses(field: Field, now: datetime) -> None:
    for target in ("/desk/", "http://x.vn/", "//x.vn"):
        with pytest.raises(commands.TargetRefused):
            _make(field, now, target=target)
    with pytest.raises(commands.LabelMissing):
        _make(field, now, label="  ")
    with pytest.raises(NotAllowed):
        commands.make_link(
            by=field.city_officer, now=now, target="/", label="x", channel=Channel.ZALO, unit=field.cumgar_id
        )
    made = _make(field, now)
    with pytest.raises(NotAllowed):
        commands.stop_link(by=field.city_officer, now=now, link_id=made.id, seen=1)
    with pytest.raises(NotFound):
        commands.stop_link(by=field.officer, now=now, link_id=uuid4(), seen=1)
    assert Link.objects.get().state == "live"


def test_a_stopped_or_past_link_leads_nowhere(field: Field, now: datetime) -> None:
    made = _make(field, now, ends_on=DAY)
    way = queries.way_of(made.code.upper(), on=DAY)
    assert way
    assert not way.is_over
    past = queries.way_of(made.code, on=date(2023, 10, 6))
    assert past
    assert past.is_over
    commands.stop_link(by=field.officer, now=now, link_id=made.id, seen=1)
    commands.stop_link(by=field.officer, now=now, link_id=made.id, seen=1)
    stopped = queries.way_of(made.code, on=DAY)
    assert stopped
    assert stopped.is_over
    with pytest.raises(commands.Changed):
        commands.stop_link(by=field.officer, now=now, link_id=made.id, seen=2)
    commands.resume_link(by=field.office, now=now, link_id=made.id, seen=2)
    assert queries.way_of("zzzzz", on=DAY) is None
    assert queries.way_of("../..", on=DAY) is None


def test_visits_are_written_together_and_added_up(field: Field, now: datetime) -> None:
    one, other = _make(field, now), _make(field, now, channel=Channel.ZALO)
    for day in (DAY, DAY, date(2023, 10, 6)):
        commands.count_visit(link_id=one.id, day=day)
    commands.count_visit(link_id=other.id, day=DAY)
    assert LinkDay.objects.count() == 0
    assert commands.write_visits() == 4
    assert commands.write_visits() == 0
    commands.count_visit(link_id=one.id, day=DAY)
    commands.write_visits()
    assert dict(Link.objects.values_list("code", "visits")) == {one.code: 4, other.code: 1}
    found = queries.find_counts(field.officer, until=DAY, sort="-visits")
    assert [(row.day, row.channel, row.visits) for row in found.items] == [(DAY, "poster", 3), (DAY, "zalo", 1)]
    assert queries.find_counts(field.city_officer).total == 0
