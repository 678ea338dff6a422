"""What may be asked of planned messages: a list, a month, a calendar, what stands on the portal."""

import calendar
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Q, QuerySet, UUIDField
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.ical import Happening
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.ledger.queries import Question, Told
from raquan.outreach.models import Post
from raquan.outreach.queries.artworks import may_write
from raquan.outreach.queries.columns import POSTS
from raquan.outreach.queries.shapes import CalendarDay, MessageView, PostView
from raquan.outreach.rules import (
    CHANNEL_NAMES,
    HOW_TO,
    POST_STATE_NAMES,
    POST_TRANSITIONS,
    Channel,
    PostState,
)
from raquan.people.queries import organizations_of
from raquan.people.rules import Action, may

PAGE_SIZE = 20
MOST_IN_MONTH = 1000
"""So many messages of a month are put on its page; a campaign plans some dozens."""
MOST_ON_PORTAL = 50
MOST_DUE = 200
STANDS = timedelta(days=14)
"""How long a message on the portal is the newest that is shown on its home."""


def post(actor: Actor, post_id: UUID, *, now: datetime) -> PostView:
    """Give a planned message to its unit or the office. Raises NotAllowed, NotFound."""
    found = _whole().filter(id=post_id).first()
    if found is None:
        raise NotFound()
    if not may_write(actor, found.organization_id):
        raise NotAllowed()
    return _view(found, now, actor)


def posts(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    channel: str = "",
    state: str = "",
    text: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[PostView]:
    """List planned messages, in an order of POSTS' columns; `state` may be "late". Raises NotAllowed."""
    found = posts_seen(actor).filter(campaign_id=campaign_id)
    if channel:
        found = found.filter(channel=channel)
    if state == "late":
        found = found.filter(_late(now))
    elif state:
        found = found.filter(state=state)
    if text:
        named = Q(organization__search_key__contains=fold(text)) | Q(search_key__contains=fold(text))
        found = found.filter(named)
    rows = POSTS.ordered(found, sort)[window(page, size)]
    return Page([_view(one, now, None) for one in rows], max(page, 1), size, found.count())


def month(actor: Actor, campaign_id: UUID, first: date, *, now: datetime) -> tuple[tuple[CalendarDay, ...], ...]:
    """Give the weeks of a month, Monday first, with what is planned on each day. One query. Raises NotAllowed."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begins = datetime.combine(weeks[0][0], time(), VIETNAM)
    ends = datetime.combine(weeks[-1][-1] + timedelta(days=1), time(), VIETNAM)
    found = posts_seen(actor).filter(campaign_id=campaign_id, planned_at__gte=begins, planned_at__lt=ends)
    rows = found.exclude(state=PostState.CANCELLED.value).order_by("planned_at", "id")[:MOST_IN_MONTH]
    by_day: dict[date, list[PostView]] = {}
    for row in rows:
        by_day.setdefault(local_date(row.planned_at), []).append(_view(row, now, None))
    today = local_date(now)
    return tuple(
        tuple(CalendarDay(day, day.month != first.month, day == today, tuple(by_day.get(day, ()))) for day in week)
        for week in weeks
    )


def happenings(actor: Actor, campaign_id: UUID, *, now: datetime) -> tuple[Happening, ...]:
    """Give what is planned as entries of a calendar, half an hour each. Raises NotAllowed."""
    rows = posts_seen(actor).filter(campaign_id=campaign_id).order_by("planned_at", "id")[:MOST_IN_MONTH]
    return tuple(
        Happening(
            id=row.id,
            starts=row.planned_at,
            ends=row.planned_at + timedelta(minutes=30),
            summary=f"{gettext(CHANNEL_NAMES[Channel(row.channel)])}: {row.title}",
            location=row.organization.name,
            description=row.text,
            url=row.link,
            is_cancelled=row.state == PostState.CANCELLED.value,
        )
        for row in rows
    )


def late_count(actor: Actor, campaign_id: UUID, *, now: datetime) -> int:
    """Count the messages whose time is over and of which nobody has said that they went out. Raises NotAllowed."""
    return posts_seen(actor).filter(campaign_id=campaign_id).filter(_late(now)).count()


def due_posts(actor: Actor, channels: Collection[str], *, after: datetime, now: datetime) -> tuple[PostView, ...]:
    """List the messages of some channels that an actor may read whose time came since a moment and that nobody has
    told to be out; the portal is out by itself. Raises NotAllowed. One query."""
    found = posts_seen(actor).filter(channel__in=list(channels), planned_at__gt=after, planned_at__lte=now)
    waits = Q(state=PostState.PLANNED.value)
    out = Q(channel=Channel.PORTAL.value, state=PostState.DONE.value)
    return tuple(_view(one, now, None) for one in found.filter(waits | out).order_by("planned_at", "id")[:MOST_DUE])


def messages(campaign_id: UUID, *, now: datetime) -> tuple[MessageView, ...]:
    """List what stands on the portal, newest first: planned for it, its time come, not dropped. Public, one query."""
    return tuple(_message(row, now) for row in _ON_PORTAL.rows(MOST_ON_PORTAL, campaign_id=campaign_id, now=now))


def newest_message(campaign_id: UUID, *, now: datetime) -> MessageView | None:
    """Give the newest message on the portal while it stands; public, one query."""
    newest = next((_message(row, now) for row in _ON_PORTAL.rows(1, campaign_id=campaign_id, now=now)), None)
    return newest if newest and now - newest.at <= STANDS else None


def _on_portal(most: int) -> QuerySet[Post, Any]:
    come = Post.objects.filter(campaign_id=Told("campaign_id", UUIDField()), channel=Channel.PORTAL.value)
    found = come.filter(planned_at__lte=Told("now", DateTimeField())).exclude(state=PostState.CANCELLED.value)
    return found.order_by("-planned_at", "-id").values_list(
        *("id", "title", "text", "link", "planned_at", "artwork__state", "artwork__expires_on", "artwork__code"),
        *("artwork__picture_sha256", "artwork__wording"),
    )[:most]


_ON_PORTAL = Question(_on_portal)


def posts_seen(actor: Actor) -> QuerySet[Post]:
    """Give the planned messages that an actor may read: its units'. Raises NotAllowed."""
    if not may(actor, Action.OUTREACH_WRITE):
        raise NotAllowed()
    own = organizations_of(actor, Action.OUTREACH_WRITE)
    return _whole() if own is None else _whole().filter(organization_id__in=own)


def _whole() -> QuerySet[Post]:
    return Post.objects.select_related("organization", "campaign", "artwork")


def _late(now: datetime) -> Q:
    waits = Q(state=PostState.PLANNED.value, planned_at__lt=now)
    return waits & ~Q(channel=Channel.PORTAL.value)  # the portal shows its own at their time


def _message(row: tuple[Any, ...], now: datetime) -> MessageView:
    post_id, title, words, link, at, state, expires_on, code, sha256, wording = row
    shows = state == "approved" and (expires_on or local_date(now)) >= local_date(now)
    return MessageView(
        id=post_id,
        title=title,
        text=words,
        link=link,
        at=at,
        artwork_code=code if shows else "",
        picture_sha256=sha256 if shows else "",
        alternative=str((wording or {}).get("slogan", "")) if shows else "",
    )


def _steps(row: Post, actor: Actor | None) -> Sequence[str]:
    if actor is None or not may_write(actor, row.organization_id):
        return ()
    return tuple(step.value for step in POST_TRANSITIONS.steps_from(PostState(row.state)))


def _view(row: Post, now: datetime, actor: Actor | None) -> PostView:
    channel = Channel(row.channel)
    return PostView(
        id=row.id,
        year=row.campaign.year,
        is_synthetic=row.campaign.is_synthetic,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        artwork_id=row.artwork_id,
        artwork_code=row.artwork.code if row.artwork else "",
        artwork_title=row.artwork.title if row.artwork else "",
        channel=row.channel,
        channel_name=gettext(CHANNEL_NAMES[channel]),
        how_to=gettext(HOW_TO[channel]),
        planned_at=row.planned_at,
        title=row.title,
        text=row.text,
        link=row.link,
        who=row.who,
        state=row.state,
        state_name=gettext(POST_STATE_NAMES[PostState(row.state)]),
        edition=row.edition,
        proof=row.proof,
        note=row.note,
        done_at=row.done_at,
        done_by_name=row.done_by_name,
        changed_at=row.changed_at,
        is_late=row.state == PostState.PLANNED.value and row.planned_at < now and channel is not Channel.PORTAL,
        steps=tuple(_steps(row, actor)),
    )
