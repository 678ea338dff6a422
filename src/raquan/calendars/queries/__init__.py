"""What may be asked about calendars and their rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from raquan.calendars.models import Calendar, CalendarLine
from raquan.calendars.queries.columns import CALENDARS
from raquan.calendars.queries.shapes import (
    CalendarPage,
    CalendarView,
    LineOptions,
    LinePage,
    LineView,
    TemplateLists,
    calendar_view,
    line_views,
)
from raquan.calendars.rules import CalendarState, Show, Use
from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings import queries as outings
from raquan.people import queries as people
from raquan.people.rules import Action

__all__ = [
    "CALENDARS",
    "CalendarPage",
    "CalendarView",
    "LineOptions",
    "LinePage",
    "LineView",
    "TemplateLists",
    "calendar",
    "calendar_page",
    "calendars",
    "line_page",
    "organizations_to_plan_for",
    "template_lists",
]

PAGE_SIZE = 50
_MOST_PLACES = 400
_WAITING = Q(use=Use.WAITING.value)
_SHOWN: Mapping[Show, Q] = {
    Show.OPEN: _WAITING & Q(is_open=True),
    Show.READY: Q(use=Use.WAITING.value, is_open=False) | Q(use=Use.ASKED.value),
    Show.TAKEN: Q(use=Use.TAKEN.value),
    Show.ALL: Q(),
}


def calendars(actor: Actor, page: int = 1, sort: str = "", size: int = PAGE_SIZE) -> Page[CalendarView]:
    """List the calendars of the units that the actor plans for, the latest first or as the columns of CALENDARS allow.

    Discarded ones are left out.
    """
    own = people.organizations_of(actor, Action.OUTING_PLAN)
    found = Calendar.objects.exclude(state=CalendarState.DISCARDED.value)
    found = found if own is None else found.filter(organization_id__in=own)
    rows = list(CALENDARS.ordered(_counted().filter(id__in=found), sort)[window(page, size)])
    names = people.user_names({one.asked_by for one in rows if one.asked_by})
    items = [calendar_view(one, names) for one in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def calendar(actor: Actor, calendar_id: UUID) -> CalendarView:
    """Give a calendar and how far it has come. Raises NotFound, NotAllowed."""
    found = _counted().filter(id=calendar_id).first()
    if found is None:
        raise NotFound()
    own = people.organizations_of(actor, Action.OUTING_PLAN)
    if own is not None and found.organization_id not in own:
        raise NotAllowed()
    return calendar_view(found, people.user_names([found.asked_by]) if found.asked_by else {})


def calendar_page(actor: Actor, calendar_id: UUID, show: Show | None = None, page: int = 1) -> CalendarPage:
    """Give a page of a calendar's rows; without `show` those to put right, or those that can be taken in.

    Raises NotFound, NotAllowed.
    """
    found = calendar(actor, calendar_id)
    lines = CalendarLine.objects.filter(calendar_id=calendar_id)
    counted = lines.aggregate(**{one.value: Count("id", filter=_SHOWN[one]) for one in Show})
    show = show or next((one for one in (Show.OPEN, Show.READY, Show.TAKEN) if counted[one.value]), Show.ALL)
    rows = list(lines.filter(_SHOWN[show]).select_related("calendar").order_by("position")[window(page, PAGE_SIZE)])
    cut = Page(line_views(rows), max(page, 1), PAGE_SIZE, counted[show.value])
    return CalendarPage(found, show, {one: counted[one.value] for one in Show}, cut)


def line_page(actor: Actor, calendar_id: UUID, line_id: UUID, *, now: datetime) -> LinePage:
    """Give a row with what can be chosen for it. Raises NotFound, NotAllowed."""
    found = calendar(actor, calendar_id)
    rows = list(CalendarLine.objects.filter(calendar_id=calendar_id, id=line_id).select_related("calendar"))
    if not rows:
        raise NotFound()
    line = line_views(rows)[0]
    day = line.held_on or local_date(now)
    whose = line.organization_id or found.organization_id
    organization = people.organization(whose)
    area = (organization.place_code or "") if organization is not None else ""
    campaign = campaigns.current_campaign(now)
    wide = campaign.province_code if campaign is not None else ""
    within = [area] if area else [wide]
    sites = outings.sites(actor, day, within=[line.place_code] if line.place_code else within)
    options = LineOptions(
        organizations=tuple(people.choices_of_organizations(actor, Action.OUTING_PLAN)),
        places=outings.place_choices([wide], day)[:_MOST_PLACES],
        sites=tuple((str(one.id), f"{one.name} ({one.place_name})") for one in sites),
        people=outings.team_choices(whose, day),
        services=outings.service_choices(day),
    )
    return LinePage(found, line, options)


def organizations_to_plan_for(actor: Actor) -> tuple[tuple[str, str], ...]:
    """List the units whose calendars the actor may bring, by name."""
    return tuple(people.choices_of_organizations(actor, Action.OUTING_PLAN))


def template_lists(actor: Actor, organization_id: UUID, *, now: datetime) -> TemplateLists:
    """Give what an empty calendar offers to choose from: the unit's communes, sites, people, and the day's services.

    Raises NotFound, NotAllowed.
    """
    own = people.organizations_of(actor, Action.OUTING_PLAN)
    if own is not None and organization_id not in own:
        raise NotAllowed()
    organization, campaign = people.organization(organization_id), campaigns.current_campaign(now)
    if organization is None or campaign is None:
        raise NotFound()
    day = min(max(local_date(now), campaign.starts_on), campaign.ends_on)
    within = [organization.place_code or campaign.province_code]
    return TemplateLists(
        organization_name=organization.name,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        places=tuple(name for _, name in outings.place_choices(within, day)),
        sites=tuple(dict.fromkeys(one.name for one in outings.sites(actor, day, within=within))),
        people=tuple(dict.fromkeys(name for _, name in outings.team_choices(organization_id, day))),
        services=tuple(name for group in outings.service_choices(day) for _, name in group.services),
    )


def _counted() -> QuerySet[Any]:
    return Calendar.objects.select_related("organization").annotate(
        open=Count("lines", filter=Q(lines__use=Use.WAITING.value, lines__is_open=True)),
        ready=Count("lines", filter=Q(lines__use=Use.WAITING.value, lines__is_open=False)),
        asked=Count("lines", filter=Q(lines__use=Use.ASKED.value)),
        taken=Count("lines", filter=Q(lines__use=Use.TAKEN.value)),
    )
