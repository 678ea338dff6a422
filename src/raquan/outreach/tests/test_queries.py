"""Who sees which artwork and message, in how many questions to the database."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from raquan.campaign.queries import campaigns
from raquan.kernel.refused import NotAllowed
from raquan.outreach import commands, queries
from raquan.outreach.rules import Channel, PostPlan
from raquan.outreach.tests.conftest import Make, Outreach


def test_a_unit_sees_its_own_and_what_is_for_all(outreach: Outreach, make: Make, now: datetime) -> None:
    own, other = make(), make(1)
    shared = make(until="approved", by=outreach.office, is_for_units=True, design="email")
    officer = outreach.officers[0]
    seen = {one.id for one in queries.artworks(officer, outreach.campaign_id, now=now).items}
    assert seen == {own, shared}
    assert len(queries.artworks(outreach.office, outreach.campaign_id, now=now).items) == 3
    with pytest.raises(NotAllowed):
        queries.artwork(officer, other, now=now)
    with pytest.raises(NotAllowed):
        queries.artworks(outreach.field.helper, outreach.campaign_id, now=now)
    assert queries.artwork(officer, shared, now=now).steps == ("withdraw_artwork",)
    assert queries.artwork(outreach.officers[1], shared, now=now).steps == ()
    assert queries.queue_counts(outreach.office, outreach.campaign_id) == (0, 0)
    assert [name for _id, name in queries.own_units(officer)] == ["Xã Ea Kpam"]
    (found,) = queries.approved_artworks(outreach.campaign_id, now=now)
    assert queries.public_artwork(2023, found.code, now=now) is not None
    assert queries.public_artwork(2023, found.code, now=now + timedelta(days=30)) is None
    assert set(queries.artworks_by_id([own, shared], now=now)) == {own, shared}


def test_a_list_asks_few_questions(
    outreach: Outreach, make: Make, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        make()
    campaigns()
    with django_assert_max_num_queries(8):
        assert len(queries.artworks(outreach.office, outreach.campaign_id, now=now).items) == 3


def test_messages_stand_at_their_time_and_are_told_to_be_out(outreach: Outreach, now: datetime) -> None:
    by: dict[str, Any] = {
        "by": outreach.office,
        "now": now,
        "campaign_id": outreach.campaign_id,
        "organization_id": outreach.units[0],
    }
    for channel, hours in ((Channel.PORTAL, -2), (Channel.PORTAL, 2), (Channel.ZALO, -1)):
        plan = PostPlan(channel, now + timedelta(hours=hours), f"Tin {channel} {hours}", "Mời bà con.")
        commands.plan_post(**by, request_id=uuid4(), plan=plan)
    office, campaign_id = outreach.office, outreach.campaign_id
    (shown,) = queries.messages(campaign_id, now=now)
    assert shown.title == "Tin portal -2"
    assert queries.newest_message(campaign_id, now=now + timedelta(days=60)) is None
    assert queries.late_count(office, campaign_id, now=now) == 1
    assert [one.title for one in queries.posts(office, campaign_id, now=now, state="late").items] == ["Tin zalo -1"]
    assert (commands.finish_portal_posts(now=now), commands.finish_portal_posts(now=now)) == (1, 0)
    assert [one.is_cancelled for one in queries.happenings(office, campaign_id, now=now)] == [False] * 3
    weeks = queries.month(office, campaign_id, date(now.year, now.month, 1), now=now)
    assert sum(len(day.posts) for week in weeks for day in week) == 3
    assert all(len(week) == 7 for week in weeks)
    assert queries.messages(campaign_id, now=now)[0].id == shown.id
