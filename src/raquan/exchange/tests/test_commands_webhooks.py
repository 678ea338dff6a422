"""Webhooks against a real server: signed, without personal data, again after failures, and never into our own house."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.capture import commands as capture
from raquan.capture.models import Submission
from raquan.capture.rules import ReviewState
from raquan.capture.tests.world import Field, envelope, instance
from raquan.exchange import commands, queries
from raquan.exchange.models import Delivery, PendingChange, Webhook
from raquan.exchange.rules import Event
from raquan.kernel.calling import CallFailed, CallForbidden, post
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger import commands as ledger
from raquan.ledger.models import OutboxMessage
from raquan.outreach.rules import Channel

STAMP = datetime(2023, 10, 5, 2, 0, 7, tzinfo=UTC)


@dataclass
class Listener:
    """A server of somebody else: what it was sent, and what it says."""

    url: str
    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A real HTTP server on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((dict(self.headers.items()), body))
            self.send_response(found.status)
            if found.status == 302:
                self.send_header("Location", f"{found.url}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Listener(f"http://127.0.0.1:{server.server_address[1]}/hook?a=1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(records: Field, now: datetime, listener: Listener, settings: Any) -> UUID:
    """A webhook of the office for every event, which may call this machine."""
    settings.RAQUAN_WEBHOOKS_PRIVATE = True
    asked: dict[str, Any] = {"events": list(Event), "channels": [Channel.ZALO]}
    return commands.add_webhook(by=records.office, now=now, url=listener.url, **asked)


def deliver(now: datetime) -> list[str]:
    """Do what worker and clock would; give the states in the order of the messages."""
    commands.tell_webhooks(now=now)
    for message in OutboxMessage.objects.filter(topic="exchange.deliver", done_at__isnull=True).order_by("id"):
        try:
            ledger.deliver(message_id=message.id, attempt=message.attempts, now=now, real_now=STAMP)
        except CallFailed:
            continue
    return list(Delivery.objects.order_by("made_at", "id").values_list("state", flat=True))


def reject(field_: Field, now: datetime, instance_id: str = "uuid:0") -> UUID:
    one = Submission.objects.get(instance_id=instance_id).id
    capture.review_submission(
        by=field_.officer, now=now, submission_id=one, state=ReviewState.REJECTED, comment="Bà Năm ghi nhầm"
    )
    return one


def test_what_happens_to_a_record_is_told_signed(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    one = reject(records, now)
    assert deliver(now) == ["delivered"]
    ((headers, body),) = listener.got
    secret = queries.webhook_secret(records.office, hook)
    expected = hmac.new(secret.encode(), headers["X-Raquan-Timestamp"].encode() + b"." + body, hashlib.sha256)
    assert headers["X-Raquan-Signature"] == f"v1={expected.hexdigest()}"
    assert headers["X-Raquan-Timestamp"].isdigit()
    said = json.loads(body)
    assert (said["event"], said["record"]["id"], said["record"]["review_state"]) == (
        "record.reviewed",
        str(one),
        "rejected",
    )
    assert headers["X-Raquan-Delivery"] == said["id"]
    for personal in ("Trang", "Y Mek", "Năm", "guided"):
        assert personal not in body.decode()


def test_every_event_has_its_message(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    capture.receive_submissions(by=records.device, now=now, envelopes=[envelope(instance(records.outing_code))])
    capture.project_pending(now=now)
    one = reject(records, now)
    corrected = capture.correct_record(
        by=records.officer, now=now, submission_id=one, reason="Sai", service_code="mobile_money"
    )
    capture.project_pending(now=now)
    assert corrected is not None
    capture.delete_record(by=records.officer, now=now, submission_id=corrected, reason="Thử")
    assert deliver(now) == ["delivered"] * 4
    assert [json.loads(body)["event"] for _, body in listener.got] == [
        "record.received",
        "record.reviewed",
        "record.corrected",
        "record.deleted",
    ]
    assert PendingChange.objects.count() == 0


def test_an_owner_is_told_of_what_they_may_read_alone(records: Field, now: datetime, hook: UUID) -> None:
    Webhook.objects.update(owner_id=records.city_officer.id)
    reject(records, now)
    assert deliver(now) == []
    Webhook.objects.update(owner_id=records.helper.id)
    reject(records, now, "uuid:1")
    assert deliver(now) == []
    Webhook.objects.update(owner_id=uuid4())
    reject(records, now, "uuid:2")
    assert deliver(now) == []


def test_without_webhooks_nothing_is_kept(records: Field, now: datetime) -> None:
    reject(records, now)
    assert PendingChange.objects.count() == 0


def test_a_failure_is_tried_again_and_logged(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    listener.status = 500
    reject(records, now)
    assert deliver(now) == ["waiting"]
    (log,) = queries.deliveries(records.office, hook).items
    assert (log.tries, log.status, log.error) == (1, 500, "HTTP 500")
    message = OutboxMessage.objects.get(topic="exchange.deliver")
    assert (message.attempts, message.done_at) == (1, None)
    assert message.due_at > STAMP
    listener.status = 204
    assert deliver(now) == ["delivered"]
    (log,) = queries.deliveries(records.office, hook).items
    assert (log.tries, log.status, log.error) == (2, 204, "")
    assert listener.got[0][1] == listener.got[1][1]
    assert queries.webhook(records.office, hook).failing_since is None


def test_in_the_end_it_is_given_up(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    listener.status = 500
    reject(records, now)
    for _ in range(11):
        assert deliver(now) == ["waiting"]
    assert deliver(now) == ["failed"]
    assert queries.webhook(records.office, hook).paused_at is None  # for an hour of failing nobody is paused
    reject(records, now, "uuid:1")
    later = now + timedelta(hours=13)
    assert deliver(later) == ["failed", "waiting"]
    assert queries.webhook(records.office, hook).paused_by_us
    reject(records, now, "uuid:2")
    assert deliver(later) == ["failed", "held", "held"]
    listener.status = 200
    assert commands.resume_webhook(by=records.office, now=later, webhook_id=hook) == 2
    assert deliver(later) == ["failed", "delivered", "delivered"]
    first = Delivery.objects.get(state="failed")
    assert commands.replay_delivery(by=records.office, now=later, delivery_id=first.id)
    assert not commands.replay_delivery(by=records.office, now=later, delivery_id=first.id)
    assert deliver(later) == ["delivered"] * 3


def test_a_ping_goes_through_even_when_paused(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    assert commands.pause_webhook(by=records.office, now=now, webhook_id=hook)
    assert not commands.pause_webhook(by=records.office, now=now, webhook_id=hook)
    commands.ping_webhook(by=records.office, now=now, webhook_id=hook)
    reject(records, now)
    assert deliver(now) == ["delivered", "held"]
    assert json.loads(listener.got[0][1])["event"] == "ping"


def test_it_never_calls_into_our_own_house(
    records: Field, now: datetime, hook: UUID, listener: Listener, settings: Any
) -> None:
    settings.RAQUAN_WEBHOOKS_PRIVATE = False
    commands.ping_webhook(by=records.office, now=now, webhook_id=hook)
    assert deliver(now) == ["failed"]
    assert listener.got == []
    for url in (listener.url, listener.url.replace("127.0.0.1", "localhost"), "http://2130706433/"):
        with pytest.raises(CallForbidden):
            post(url, b"", {}, allow_private=False)


def test_no_redirect_is_followed(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    listener.status = 302
    with pytest.raises(CallFailed, match="302"):
        post(listener.url, b"{}", {}, allow_private=True)
    assert len(listener.got) == 1


def test_an_ended_webhook_is_told_nothing(records: Field, now: datetime, hook: UUID, listener: Listener) -> None:
    reject(records, now)
    commands.tell_webhooks(now=now)
    commands.end_webhook(by=records.office, now=now, webhook_id=hook)
    assert deliver(now) == ["held"]
    assert listener.got == []
    with pytest.raises(NotFound):
        commands.ping_webhook(by=records.office, now=now, webhook_id=hook)


def test_another_secret(records: Field, now: datetime, hook: UUID) -> None:
    before = queries.webhook_secret(records.office, hook)
    commands.renew_webhook_secret(by=records.office, now=now, webhook_id=hook)
    assert queries.webhook_secret(records.office, hook) != before
    with pytest.raises(NotFound):
        queries.webhook_secret(records.officer, hook)


def test_refusals(records: Field, now: datetime) -> None:
    def add(**said: Any) -> UUID:
        wanted: dict[str, Any] = {"by": records.office, "url": "https://a.vn", "events": [Event.RECEIVED]} | said
        return commands.add_webhook(now=now, **wanted)

    with pytest.raises(commands.AddressRefused):
        add(url="ftp://a.vn")
    with pytest.raises(commands.NoEvents):
        add(events=[])
    for who in (records.officer, records.helper):
        with pytest.raises(NotAllowed):
            add(by=who)
    request = uuid4()
    assert add(request_id=request) == add(request_id=request)
    assert Webhook.objects.count() == 1
