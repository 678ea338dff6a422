"""Webhooks of channels against a real server: a message goes out at its time, once, and its page says how it fared."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from raquan.capture.tests.world import Field
from raquan.exchange import commands, queries
from raquan.exchange.rules import Event
from raquan.exchange.tests.test_commands_webhooks import Listener, deliver, hook, listener
from raquan.kernel.refused import NotAllowed
from raquan.outreach import commands as outreach
from raquan.outreach.rules import Channel, PostPlan

__all__ = ["hook", "listener"]

MINUTE = timedelta(minutes=1)


def _plan(records: Field, now: datetime, channel: Channel = Channel.ZALO, after: timedelta = MINUTE) -> UUID:
    return outreach.plan_post(
        by=records.office,
        now=now,
        request_id=uuid4(),
        campaign_id=records.campaign_id,
        organization_id=records.cumgar_id,
        plan=PostPlan(channel, now + after, "Mời dự lễ", "Mời bà con dự lễ phát động.", "https://cds.vn/le"),
    )


def test_a_message_is_sent_at_its_time_and_once(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    deliver(now)
    before = len(listener.got)
    post = _plan(records, now)
    _plan(records, now, Channel.FACEBOOK)
    dropped = _plan(records, now)
    outreach.cancel_post(by=records.office, now=now, post_id=dropped, seen=1, note="Hoãn")
    assert commands.tell_of_posts(now=now) == 0
    at = now + MINUTE
    assert commands.tell_of_posts(now=at) == 1
    assert commands.tell_of_posts(now=at) == 0
    deliver(at)
    assert commands.tell_of_posts(now=at + MINUTE) == 0
    headers, body = listener.got[before]
    said = json.loads(body)
    assert len(listener.got) == before + 1
    assert headers["X-Raquan-Event"] == said["event"] == "post.due"
    assert (said["post"]["id"], said["post"]["channel"], said["post"]["text"]) == (
        str(post),
        "zalo",
        "Mời bà con dự lễ phát động.",
    )
    (seen,) = queries.post_deliveries(records.office, post, now=at)
    assert (seen.host, seen.state, seen.trouble) == ("127.0.0.1", "delivered", "")
    assert queries.post_deliveries(records.officer, post, now=at) == (seen,)
    with pytest.raises(NotAllowed):
        queries.post_deliveries(records.city_officer, post, now=at)


def test_a_failure_is_told_in_words_and_tried_again(
    records: Field, now: datetime, hook: UUID, listener: Listener
) -> None:
    post, at = _plan(records, now), now + MINUTE
    listener.status = 500
    commands.tell_of_posts(now=at)
    deliver(at)
    (seen,) = queries.post_deliveries(records.office, post, now=at)
    assert (seen.state, seen.tries, seen.trouble) == ("waiting", 1, "Máy bên kia trả lời mã 500.")
    listener.status = 200
    assert commands.tell_of_posts(now=at) == 0, "it is tried again, not sent twice"
    deliver(at + timedelta(hours=1))
    (seen,) = queries.post_deliveries(records.office, post, now=at)
    assert (seen.state, seen.tries, seen.trouble) == ("delivered", 2, "")


def test_what_is_told_to_be_out_is_let_be_and_what_is_old_too(
    records: Field, now: datetime, hook: UUID, listener: Listener
) -> None:
    out = _plan(records, now)
    outreach.finish_post(by=records.office, now=now, post_id=out, seen=1, note="Đã đăng tay")
    assert commands.tell_of_posts(now=now + MINUTE) == 0
    _plan(records, now, after=2 * MINUTE)
    assert commands.tell_of_posts(now=now + timedelta(days=3)) == 0


def test_a_webhook_names_its_channels_and_holds_while_it_is_paused(
    records: Field, now: datetime, hook: UUID, listener: Listener
) -> None:
    with pytest.raises(commands.NoChannels):
        commands.add_webhook(by=records.office, now=now, url=listener.url, events=[Event.POST])
    assert queries.webhook(records.office, hook).channel_names == ("Zalo OA",)
    commands.pause_webhook(by=records.office, now=now, webhook_id=hook)
    post, at = _plan(records, now), now + MINUTE
    commands.tell_of_posts(now=at)
    deliver(at)
    assert [one.state for one in queries.post_deliveries(records.office, post, now=at)] == ["held"]
    commands.resume_webhook(by=records.office, now=at, webhook_id=hook)
    deliver(at)
    assert [one.state for one in queries.post_deliveries(records.office, post, now=at)] == ["delivered"]
