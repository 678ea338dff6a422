"""What may be asked of feedback: by its sender with the private address, by the unit that answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from raquan.feedback.models import Entry, Feedback
from raquan.feedback.queries.columns import FEEDBACK
from raquan.feedback.queries.shapes import About, EntryView, FeedbackView, MoodCount
from raquan.feedback.rules import (
    MOOD_NAMES,
    STATE_NAMES,
    TOPIC_NAMES,
    TRANSITIONS,
    Mood,
    State,
    Step,
    Topic,
)
from raquan.helpdesks import queries as helpdesks
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.kernel.open_forms import is_token, mark_of
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings import queries as outings
from raquan.outings.rules import is_desk_code, read_code
from raquan.people import queries as people
from raquan.people.queries import organizations_of
from raquan.people.rules import Action, may

PAGE_SIZE = 20


def about(code: str, *, now: datetime) -> About | None:
    """Give what a public code names, an outing or a help desk; public. None for a code that nobody knows."""
    read = read_code(code)
    if is_desk_code(read):
        desk = helpdesks.help_desk_by_code(read, now=now)
        if desk is None:
            return None
        href = f"/{local_date(now).year}/help-desks/{desk.code}/"
        return About(desk.code, desk.site_name, desk.organization_id, desk.organization_name, href)
    outing = outings.outing_by_code(read) if read else None
    if outing is None:
        return None
    name = gettext("%(site)s, ngày %(day)s") % {"site": outing.site_name, "day": format_date(outing.held_on)}
    href = f"/{outing.year}/outings/{outing.code}/"
    return About(outing.code, name, outing.organization_id, outing.organization_name, href)


def held_feedback(token: str, *, now: datetime) -> FeedbackView | None:
    """Give the feedback of a private address; who has the address may read it. None where there is none."""
    found = _whole().filter(mark=mark_of(token)).first() if is_token(token) else None
    return _view(found, now) if found else None


def feedback(actor: Actor, feedback_id: UUID, *, now: datetime) -> FeedbackView:
    """Give feedback to who answers it. Raises NotFound, NotAllowed."""
    found = _whole().filter(id=feedback_id).first()
    if found is None:
        raise NotFound()
    if not may_answer(actor, found.organization_id):
        raise NotAllowed()
    return _view(found, now)


def feedbacks(
    actor: Actor, campaign_id: UUID, *, state: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[FeedbackView]:
    """List what the actor answers, in an order of FEEDBACK's columns. Raises NotAllowed. Three queries or so."""
    found = readable(actor).filter(campaign_id=campaign_id)
    if state:
        found = found.filter(state=state)
    rows = list(FEEDBACK.ordered(found, sort)[window(page, size)])
    words = _entries(rows)
    items = [_shown(row, words.get(row.id, ()), None) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def waiting_count(actor: Actor, campaign_id: UUID) -> int:
    """Count what waits for the actor's answer."""
    return readable(actor).filter(campaign_id=campaign_id, state=State.WAITING.value).count()


def moods(actor: Actor, campaign_id: UUID) -> tuple[MoodCount, ...]:
    """Count by mood what the actor answers, the best first; who said nothing of it is not among them."""
    rows = readable(actor).filter(campaign_id=campaign_id).values_list("mood").annotate(n=Count("*")).order_by()
    counts = dict(rows)
    return tuple(MoodCount(one.value, gettext(MOOD_NAMES[one]), counts.get(one.value, 0)) for one in Mood)


def may_answer(actor: Actor, organization_id: UUID | None) -> bool:
    """Tell whether the actor answers for an organization; for None, the steering office."""
    if not may(actor, Action.FEEDBACK_ANSWER):
        return False
    own = organizations_of(actor, Action.FEEDBACK_ANSWER)
    return own is None or organization_id in own


def readable(actor: Actor) -> QuerySet[Feedback]:
    """Give the feedback that the actor answers. Raises NotAllowed."""
    own = organizations_of(actor, Action.FEEDBACK_ANSWER)
    return _whole() if own is None else _whole().filter(Q(organization_id__in=own))


def _whole() -> QuerySet[Feedback]:
    return Feedback.objects.select_related("organization")


def _entries(rows: Iterable[Feedback]) -> Mapping[UUID, tuple[EntryView, ...]]:
    found: dict[UUID, tuple[EntryView, ...]] = {}
    for one in Entry.objects.filter(feedback__in=list(rows)).order_by("feedback_id", "number"):
        name = one.organization_name or one.by_name
        view = EntryView(one.number, one.text, one.at, one.by_user_id is not None, name)
        found[one.feedback_id] = (*found.get(one.feedback_id, ()), view)
    return found


def _view(row: Feedback, now: datetime) -> FeedbackView:
    named = about(row.about_code, now=now) if row.about_code else None
    return _shown(row, _entries([row]).get(row.id, ()), named)


def _shown(row: Feedback, entries: tuple[EntryView, ...], named: About | None) -> FeedbackView:
    state = State(row.state)
    return FeedbackView(
        id=row.id,
        mood=row.mood,
        mood_name=gettext(MOOD_NAMES[Mood(row.mood)]) if row.mood else "",
        topic_names=tuple(gettext(TOPIC_NAMES[Topic(one)]) for one in row.topics),
        wants_answer=row.wants_answer,
        about_code=row.about_code,
        about=named,
        organization_id=row.organization_id,
        organization_name=row.organization.name if row.organization else "",
        state=row.state,
        state_name=gettext(STATE_NAMES[state]),
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        entries=entries,
        close_reason=row.close_reason,
        steps=tuple(step.value for step in Step if TRANSITIONS.leads_to(state, step)),
    )


def organization_named(written: str) -> tuple[UUID, str] | None:
    """Give the organization that a name means, accents and abbreviations allowed."""
    found = people.match_organization(written)
    return (found.organization_id, found.name) if found else None
