"""Webhooks are set up, told what happens to records, and paused when they fail for long."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from raquan.capture import queries as capture
from raquan.capture.queries import ChangedRecord
from raquan.capture.rules import Change
from raquan.exchange.models import Delivery, PendingChange, Webhook
from raquan.exchange.rules import (
    MAX_URL,
    PING,
    DeliveryState,
    Event,
    derive_secret,
    is_given_up,
    said_as,
    sign,
)
from raquan.kernel.actor import Actor
from raquan.kernel.calling import CallFailed, CallForbidden, is_plain_address, post
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, NotAllowed, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.ledger.rules import MAX_ATTEMPTS
from raquan.outreach.rules import Channel
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action

TOPIC = "exchange.deliver"
SCHEMA = 1
_BATCH = 500


class AddressRefused(Refused):
    """The address is none that can be called."""

    code = "webhook.address"
    message = N_("Hãy ghi địa chỉ bắt đầu bằng https:// (hoặc http://), không kèm tên hay mật khẩu.")


class NoEvents(Refused):
    """The webhook would never be told anything."""

    code = "webhook.no_events"
    message = N_("Hãy chọn ít nhất một loại việc cần báo.")


class NoChannels(Refused):
    """The webhook is to be told of messages, and of no channel's."""

    code = "webhook.no_channels"
    message = N_("Hãy chọn kênh có tin cần báo.")


def add_webhook(
    *,
    by: Actor,
    now: datetime,
    url: str,
    events: Collection[Event],
    channels: Collection[Channel] = (),
    request_id: UUID | None = None,
) -> UUID:
    """Tell an address from now on what happens to the records that the actor may read, and of `channels` the planned
    messages when their time comes. Gives the webhook's id.

    Raises NotAllowed, AddressRefused, NoEvents, NoChannels.
    """
    people.check(by, Action.WEBHOOK_MANAGE)
    address = url.strip()
    if not is_plain_address(address, longest=MAX_URL):
        raise AddressRefused()
    if not events:
        raise NoEvents()
    if Event.POST in events and not channels:
        raise NoChannels()
    owner_id = by.id
    if owner_id is None:
        raise NotAllowed()
    said = sorted(event.value for event in events)
    of = sorted(one.value for one in channels) if Event.POST in events else []

    def work() -> dict[str, Any]:
        one = Webhook.objects.create(owner_id=owner_id, url=address, events=said, channels=of, made_at=now)
        _record(by, "add_webhook", one.id, url=address, events=said, channels=of)
        return {"id": str(one.id)}

    digest = hashlib.sha256(f"{address} {said} {of}".encode()).hexdigest()
    with transaction.atomic():
        return UUID(ledger.once(request_id=request_id, by=by, digest=digest, do=work)["id"])


def pause_webhook(*, by: Actor, now: datetime, webhook_id: UUID) -> bool:
    """Send nothing more for now; what happens meanwhile is held. False when it was paused already."""
    with transaction.atomic():
        one = _own(by, webhook_id)
        changed = Webhook.objects.filter(id=one.id, paused_at__isnull=True).update(paused_at=now, paused_by_us=False)
        if changed:
            _record(by, "pause_webhook", one.id)
    return bool(changed)


def resume_webhook(*, by: Actor, now: datetime, webhook_id: UUID) -> int:
    """Send again, what was held first; count it."""
    with transaction.atomic():
        one = _own(by, webhook_id)
        Webhook.objects.filter(id=one.id).update(paused_at=None, paused_by_us=False, failing_since=None, failures=0)
        held = list(one.deliveries.filter(state=DeliveryState.HELD.value).order_by("made_at", "id"))
        for delivery in held:
            _send_again(delivery)
        _record(by, "resume_webhook", one.id, held=len(held))
    return len(held)


def end_webhook(*, by: Actor, now: datetime, webhook_id: UUID) -> None:
    """Tell an address nothing any more, for good; its log stays."""
    with transaction.atomic():
        one = _own(by, webhook_id)
        Webhook.objects.filter(id=one.id).update(ended_at=now)
        _record(by, "end_webhook", one.id)


def renew_webhook_secret(*, by: Actor, now: datetime, webhook_id: UUID) -> None:
    """Sign with another secret from now on; the one before is worth nothing."""
    with transaction.atomic():
        one = _own(by, webhook_id)
        Webhook.objects.filter(id=one.id).update(generation=F("generation") + 1)
        _record(by, "renew_webhook_secret", one.id)


def ping_webhook(*, by: Actor, now: datetime, webhook_id: UUID) -> UUID:
    """Send a message that says nothing, to see whether the other side gets it."""
    with transaction.atomic():
        one = _own(by, webhook_id)
        delivery = make_delivery(one, PING, now)
        delivery.save(force_insert=True)
        _send_again(delivery)
        _record(by, "ping_webhook", one.id)
    return delivery.id


def replay_delivery(*, by: Actor, now: datetime, delivery_id: UUID) -> bool:
    """Send a message again, to the byte; False while it is being sent."""
    with transaction.atomic():
        delivery = Delivery.objects.filter(id=delivery_id).first()
        if delivery is None:
            raise NotFound()
        one = _own(by, delivery.webhook_id)
        sent = _send_again(delivery)
        if sent:
            _record(by, "replay_delivery", one.id, delivery=str(delivery_id))
    return sent


def note_changes(changes: Sequence[Change]) -> None:
    """Keep what happened to records for the webhooks, in its own transaction; nothing where there are no webhooks."""
    if Webhook.objects.filter(ended_at__isnull=True).exists():
        PendingChange.objects.bulk_create(
            PendingChange(kind=change.kind.value, submission_id=change.submission_id) for change in changes
        )


def tell_webhooks(*, now: datetime) -> int:
    """Make the deliveries for what has happened, of what each webhook's owner may read today; count the changes."""
    with transaction.atomic():
        pending = list(PendingChange.objects.order_by("id")[:_BATCH])
        ids = {one.submission_id for one in pending}
        for hook in Webhook.objects.filter(ended_at__isnull=True) if pending else ():
            owner = people_queries.actor_of_user(hook.owner_id, local_date(now))
            readable = _readable(owner, ids) if owner else {}
            wanted = [one for one in pending if one.kind in hook.events and one.submission_id in readable]
            told = [(one.kind, _said(readable[one.submission_id])) for one in wanted]
            send_all(hook, [make_delivery(hook, kind, now, record=record) for kind, record in told])
        PendingChange.objects.filter(id__in=[one.id for one in pending]).delete()
    return len(pending)


def send_delivery(*, now: datetime, real_now: datetime, delivery_id: UUID) -> None:
    """Send one message; raises CallFailed when it did not arrive, so that the outbox sends it again later."""
    found = Delivery.objects.filter(id=delivery_id, state=DeliveryState.WAITING.value).select_related("webhook")
    delivery = found.first()
    if delivery is None:
        return
    hook = delivery.webhook
    if hook.ended_at is not None or (hook.paused_at is not None and delivery.event != PING):
        Delivery.objects.filter(id=delivery_id).update(state=DeliveryState.HELD.value)
        return
    body, stamp = delivery.body.encode(), int(real_now.timestamp())
    try:
        status = post(hook.url, body, _headers(hook, delivery, stamp, body), allow_private=_private())
    except CallForbidden as failure:  # another try would find the same
        _failed(delivery, hook, now, failure, is_last=True)
        return
    except CallFailed as failure:
        _failed(delivery, hook, now, failure, is_last=delivery.tries + 1 >= MAX_ATTEMPTS)
        raise
    said = {"state": DeliveryState.DELIVERED.value, "status": status, "error": "", "tried_at": now}
    Delivery.objects.filter(id=delivery_id).update(tries=F("tries") + 1, **said)
    Webhook.objects.filter(id=hook.id).update(failing_since=None, failures=0)


def _private() -> bool:
    return bool(settings.RAQUAN_WEBHOOKS_PRIVATE)


def _failed(delivery: Delivery, hook: Webhook, now: datetime, failure: CallFailed, *, is_last: bool) -> None:
    state = DeliveryState.FAILED if is_last else DeliveryState.WAITING
    told = {"state": state.value, "status": failure.status, "error": str(failure)[:300], "tried_at": now}
    Delivery.objects.filter(id=delivery.id).update(tries=F("tries") + 1, **told)
    Webhook.objects.filter(id=hook.id, failing_since__isnull=True).update(failing_since=now)
    Webhook.objects.filter(id=hook.id).update(failures=F("failures") + 1)
    hook.refresh_from_db()
    if is_given_up(hook.failing_since, hook.failures, now):
        Webhook.objects.filter(id=hook.id, paused_at__isnull=True).update(paused_at=now, paused_by_us=True)


def _headers(hook: Webhook, delivery: Delivery, stamp: int, body: bytes) -> dict[str, str]:
    secret = derive_secret(settings.SECRET_KEY, str(hook.id), hook.generation)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "raquan-webhook/1",
        "X-Raquan-Event": said_as(delivery.event),
        "X-Raquan-Delivery": str(delivery.id),
        "X-Raquan-Timestamp": str(stamp),
        "X-Raquan-Signature": f"v1={sign(secret, stamp, body)}",
    }


def _readable(owner: Actor, ids: Collection[UUID]) -> dict[UUID, ChangedRecord]:
    try:
        return capture.changed_records(owner, ids)
    except NotAllowed:  # who has no duty any more is told nothing
        return {}


def send_all(hook: Webhook, made: Sequence[Delivery]) -> None:
    """Keep messages and send them, within a transaction; to a webhook that is paused they are held."""
    Delivery.objects.bulk_create(made)
    for delivery in made if hook.paused_at is None else ():
        _publish(delivery.id)


def make_delivery(
    hook: Webhook, event: str, now: datetime, *, post_id: UUID | None = None, **about: dict[str, Any]
) -> Delivery:
    """Write a message to a webhook; `about` is what it tells of, by its kind."""
    id_ = uuid7()
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "id": str(id_),
        "event": said_as(event),
        "at": now.isoformat(),
        "from": settings.RAQUAN_PUBLIC_URL,
        **about,
    }
    state = DeliveryState.HELD if hook.paused_at is not None and about else DeliveryState.WAITING
    return Delivery(
        id=id_,
        webhook=hook,
        event=event,
        post_id=post_id,
        body=json.dumps(said, ensure_ascii=False, sort_keys=True),
        state=state.value,
        made_at=now,
    )


def _said(record: ChangedRecord) -> dict[str, Any]:
    return {
        "id": str(record.submission_id),
        "instance_id": record.instance_id,
        "root_instance_id": record.root_instance_id,
        "form_id": record.form_id,
        "form_version": record.form_version,
        "review_state": record.review_state,
        "received_at": record.received_at.isoformat(),
        "occurred_on": record.occurred_on.isoformat(),
        "place_code": record.place_code,
        "organization_id": str(record.organization_id) if record.organization_id else None,
        "outing_id": str(record.outing_id) if record.outing_id else None,
        "service_code": record.service_code,
        "edits": record.edits,
        "synthetic": record.is_synthetic,
        "href": f"{settings.RAQUAN_PUBLIC_URL}/desk/records/{record.submission_id}/",
    }


def _publish(delivery_id: UUID) -> bool:
    return ledger.publish(topic=TOPIC, payload={"delivery": str(delivery_id)}, key=f"{TOPIC}:{delivery_id}")


def _send_again(delivery: Delivery) -> bool:
    Delivery.objects.filter(id=delivery.id).update(state=DeliveryState.WAITING.value, tries=0)
    return _publish(delivery.id)


def _own(by: Actor, webhook_id: UUID) -> Webhook:
    people.check(by, Action.WEBHOOK_MANAGE)
    one = Webhook.objects.filter(id=webhook_id, ended_at__isnull=True).first()
    if one is None or one.owner_id != by.id:
        raise NotFound()
    return one


def _record(by: Actor, verb: str, webhook_id: UUID, **detail: Any) -> None:
    ledger.record(by=by, verb=verb, subject="exchange.Webhook", subject_id=webhook_id, detail=detail)
