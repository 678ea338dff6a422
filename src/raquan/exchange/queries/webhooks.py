"""Webhooks as their owner sees them, and the log of what was sent."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from raquan.exchange.models import Delivery, PendingChange, Webhook
from raquan.exchange.rules import EVENT_NAMES, STATE_NAMES, DeliveryState, Event, derive_secret
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.outreach import queries as outreach
from raquan.outreach.rules import CHANNEL_NAMES, Channel
from raquan.ui.columns import Column, Columns, ranked


@dataclass(frozen=True, slots=True)
class WebhookView:
    """A webhook; `paused_by_us` when it failed for too long."""

    id: UUID
    url: str
    event_names: tuple[str, ...]
    channel_names: tuple[str, ...]
    made_at: datetime
    failing_since: datetime | None
    failures: int
    paused_at: datetime | None
    paused_by_us: bool


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A message: what of, what became of it, how often it was tried and what the other side said last."""

    id: UUID
    event_name: str
    state: str
    state_name: str
    tries: int
    status: int | None
    error: str
    body: str
    made_at: datetime
    tried_at: datetime | None


def webhooks(actor: Actor) -> tuple[WebhookView, ...]:
    """List the actor's own webhooks, the latest first."""
    if actor.id is None:
        raise NotAllowed()
    found = Webhook.objects.filter(owner_id=actor.id, ended_at__isnull=True).order_by("-made_at")
    return tuple(_view(row) for row in found[:100])


def webhook(actor: Actor, webhook_id: UUID) -> WebhookView:
    """Give a webhook of the actor's own. Raises NotFound."""
    return _view(_own(actor, webhook_id))


def webhook_secret(actor: Actor, webhook_id: UUID) -> str:
    """Give the secret with which a webhook's messages are signed, to its owner. Raises NotFound."""
    row = _own(actor, webhook_id)
    return derive_secret(settings.SECRET_KEY, str(row.id), row.generation)


DELIVERIES: Columns[DeliveryView] = Columns(
    name="tin-da-gui",
    title=N_("Tin đã gửi"),
    first="-made_at",
    columns=(
        Column("made_at", N_("Lúc"), lambda one: one.made_at, by=("made_at",)),
        Column("event", N_("Việc"), lambda one: one.event_name, by=(ranked("event", Event),)),
        Column("state", N_("Tình trạng"), lambda one: one.state_name, by=(ranked("state", DeliveryState),)),
        Column("tries", N_("Số lần"), lambda one: one.tries, by=("tries",), numeric=True),
        Column("answer", N_("Bên kia trả lời"), lambda one: one.error or one.status),
    ),
)


def deliveries(actor: Actor, webhook_id: UUID, page: int = 1, size: int = 20, sort: str = "") -> Page[DeliveryView]:
    """List what was sent to a webhook, the latest first."""
    found = _own(actor, webhook_id).deliveries.all()
    rows = DELIVERIES.ordered(found, sort)[window(page, size)]
    items = [_delivery(row) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


@dataclass(frozen=True, slots=True)
class PostDelivery:
    """How a planned message fared on its way to a webhook; of the address the host alone, the rest may be a secret."""

    host: str
    state: str
    state_name: str
    tries: int
    tried_at: datetime | None
    trouble: str


def post_deliveries(actor: Actor, post_id: UUID, *, now: datetime) -> tuple[PostDelivery, ...]:
    """List where a planned message was sent to, for who may read it. Raises NotAllowed, NotFound. Two queries."""
    outreach.post(actor, post_id, now=now)
    rows = Delivery.objects.filter(post_id=post_id).select_related("webhook").order_by("made_at", "id")
    return tuple(
        PostDelivery(
            host=urlsplit(row.webhook.url).hostname or "",
            state=row.state,
            state_name=gettext(STATE_NAMES[DeliveryState(row.state)]),
            tries=row.tries,
            tried_at=row.tried_at,
            trouble=_trouble(row),
        )
        for row in rows[:100]
    )


def _trouble(row: Delivery) -> str:
    """Say in words why a message has not arrived; "" where it has, or was not tried yet."""
    if not row.error:
        return ""
    if row.status is not None:
        return gettext("Máy bên kia trả lời mã %(status)s.") % {"status": row.status}
    return gettext("Không nối được tới máy bên kia, hoặc địa chỉ nằm trong mạng riêng.")


def has_changes() -> bool:
    """Tell whether a change of a record waits to be told; cheap enough to ask every second."""
    return PendingChange.objects.exists()


def _own(actor: Actor, webhook_id: UUID) -> Webhook:
    row = Webhook.objects.filter(id=webhook_id, ended_at__isnull=True).first()
    if row is None or row.owner_id != actor.id:
        raise NotFound()
    return row


def _view(row: Webhook) -> WebhookView:
    return WebhookView(
        id=row.id,
        url=row.url,
        event_names=tuple(gettext(EVENT_NAMES[event]) for event in row.events),
        channel_names=tuple(gettext(CHANNEL_NAMES[Channel(one)]) for one in row.channels),
        made_at=row.made_at,
        failing_since=row.failing_since,
        failures=row.failures,
        paused_at=row.paused_at,
        paused_by_us=row.paused_by_us,
    )


def _delivery(row: Delivery) -> DeliveryView:
    state = DeliveryState(row.state)
    return DeliveryView(
        id=row.id,
        event_name=gettext(EVENT_NAMES[row.event]),
        state=state.value,
        state_name=gettext(STATE_NAMES[state]),
        tries=row.tries,
        status=row.status,
        error=row.error,
        body=row.body,
        made_at=row.made_at,
        tried_at=row.tried_at,
    )
