"""Webhooks of channels are told of a planned message when its time has come, each once."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from raquan.exchange.commands.webhooks import make_delivery, send_all
from raquan.exchange.models import Delivery, Webhook
from raquan.exchange.rules import POSTS_STAY, Event
from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotAllowed
from raquan.outreach import queries as outreach
from raquan.outreach.queries import PostView
from raquan.people import queries as people


def tell_of_posts(*, now: datetime) -> int:
    """Send each webhook the messages of its channels whose time has come and that its owner may read; count them.

    Nothing that was planned for before the webhook was made, was told to be out or dropped, or is older than
    POSTS_STAY. The database lets a message to a webhook once.
    """
    return sum(_tell(hook, now) for hook in Webhook.objects.filter(ended_at__isnull=True).exclude(channels=[]))


def _tell(hook: Webhook, now: datetime) -> int:
    owner = people.actor_of_user(hook.owner_id, local_date(now))
    if owner is None:
        return 0
    after = max(hook.made_at, now - POSTS_STAY)
    try:
        due = outreach.due_posts(owner, hook.channels, after=after, now=now)
    except NotAllowed:  # who has no duty any more is told nothing
        return 0
    with transaction.atomic():
        Webhook.objects.filter(id=hook.id).update(channels=hook.channels)  # two at once wait for each other here
        told = Delivery.objects.filter(webhook=hook, post_id__in=[one.id for one in due])
        known = set(told.values_list("post_id", flat=True))
        fresh = [one for one in due if one.id not in known]
        send_all(hook, [make_delivery(hook, Event.POST, now, post_id=one.id, post=_said(one)) for one in fresh])
    return len(fresh)


def _said(post: PostView) -> dict[str, Any]:
    public = settings.RAQUAN_PUBLIC_URL
    return {
        "id": str(post.id),
        "edition": post.edition,
        "channel": post.channel,
        "planned_at": post.planned_at.isoformat(),
        "title": post.title,
        "text": post.text,
        "link": post.link,
        "artwork": post.artwork_code,
        "organization": post.organization_name,
        "year": post.year,
        "synthetic": post.is_synthetic,
        "href": f"{public}/desk/outreach/posts/{post.id}/",
    }
