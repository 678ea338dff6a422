"""What webhooks are told, how it is signed, and when one that fails is given up."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from raquan.kernel.refused import N_

GIVE_UP_AFTER = timedelta(hours=12)
GIVE_UP_FAILURES = 10
MAX_URL = 500


class Event(StrEnum):
    """What a webhook can be told of."""

    RECEIVED = "received"
    CORRECTED = "corrected"
    REVIEWED = "reviewed"
    DELETED = "deleted"
    POST = "post"


class DeliveryState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    HELD = "held"


PING = "ping"

EVENT_NAMES: Mapping[str, str] = {
    Event.RECEIVED: N_("Nhận bản ghi mới"),
    Event.CORRECTED: N_("Sửa bản ghi"),
    Event.REVIEWED: N_("Xem xét bản ghi"),
    Event.DELETED: N_("Xóa bản ghi"),
    Event.POST: N_("Tin trong lịch đưa tin đến giờ"),
    PING: N_("Gửi thử"),
}

STATE_NAMES: Mapping[DeliveryState, str] = {
    DeliveryState.WAITING: N_("Đang gửi"),
    DeliveryState.DELIVERED: N_("Đã nhận"),
    DeliveryState.FAILED: N_("Không gửi được"),
    DeliveryState.HELD: N_("Giữ lại, chờ mở lại"),
}


POSTS_STAY = timedelta(days=2)
"""A message whose time came so long ago is news no more: a worker that stood still does not send it."""


def said_as(event: str) -> str:
    """Name what happened as messages do: record.received, post.due, ping."""
    if event == Event.POST:
        return "post.due"
    return event if event == PING else f"record.{event}"


def derive_secret(key: str, webhook_id: str, generation: int) -> str:
    """Give a webhook's secret: nothing that a copy of the database holds tells it."""
    told = f"raquan.exchange.webhook:{webhook_id}:{generation}"
    return "rqwh_" + hmac.new(key.encode(), told.encode(), hashlib.sha256).hexdigest()


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Sign a message: HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def is_given_up(failing_since: datetime | None, failures: int, now: datetime) -> bool:
    """Tell whether a webhook has failed for so long that nothing more is sent to it."""
    return failing_since is not None and failures >= GIVE_UP_FAILURES and now - failing_since >= GIVE_UP_AFTER
