"""What can be chosen when an outing is planned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language, gettext

from raquan.campaign import queries as campaigns
from raquan.catalogue import queries as catalogue
from raquan.kernel import clock
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings.models import Outing, Site
from raquan.outings.queries.columns import SITES
from raquan.outings.queries.places import place_choices, place_names
from raquan.outings.queries.shapes import OutingView, SiteView
from raquan.outings.rules import SITE_KIND_NAMES, SiteKind, State, path_codes
from raquan.people import queries as people
from raquan.people.rules import MAY, Action, Role, may
from raquan.places import queries as places

Choices = tuple[tuple[str, str], ...]

MOST_CHOICES = 200
SITES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SiteOnDay:
    """What a plan for a site needs to know of it; `place_path` is () when its own unit is gone on that day."""

    id: UUID
    name: str
    place_code: str
    place_path: tuple[str, ...]
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class ServiceGroupChoices:
    """The services of one group, to tick."""

    code: str
    name: str
    services: Choices


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the plan form offers; `organization_id` is None while the officer has not chosen one."""

    campaign_id: UUID
    starts_on: date
    ends_on: date
    held_on: date
    task_id: UUID | None
    organization_id: UUID | None
    organization_name: str
    organizations: Choices
    tasks: Choices
    sites: Choices
    places: Choices
    people: Choices
    services: tuple[ServiceGroupChoices, ...]


def sites(actor: Actor, on: date, *, within: Sequence[str] = ()) -> tuple[SiteView, ...]:
    """List the sites whose unit stands on a day, in the given units or anywhere, by name; at most 200."""
    if not may(actor, Action.OUTING_READ):
        raise NotAllowed()
    here = Q()
    for code in within:
        here |= Q(place_path__contains=f"/{code}/")
    stands = Q(place__valid_to__isnull=True) | Q(place__valid_to__gte=on)
    stands &= Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    rows = list(Site.objects.filter(here & stands).order_by("sort_key", "id")[:MOST_CHOICES])
    names = place_names({(site.place_path, on) for site in rows})
    return tuple(_site_view(site, names[site.place_path, on]) for site in rows)


def site(actor: Actor, site_id: UUID) -> SiteView:
    """Give a site to who may correct it, ended or not; raises NotFound, NotAllowed."""
    found = Site.objects.select_related("place").filter(id=site_id).first()
    if found is None:
        raise NotFound()
    if not may_correct(actor, path_codes(found.place_path)):
        raise NotAllowed()
    named_on = found.place.valid_to or found.place.valid_from  # a day on which its unit bore its name
    return _site_view(found, place_names({(found.place_path, named_on)})[found.place_path, named_on])


def site_on(site_id: UUID, on: date) -> SiteOnDay | None:
    """Give a site as on a day, for the rooms that plan there; what a person may do is decided there."""
    found = Site.objects.filter(id=site_id).first()
    if found is None:
        return None
    unit = places.unit_on(found.place_code, on)  # its code may have been used again since, for another unit
    path = places.path_on(found.place_code, on) if unit is not None and unit.id == found.place_id else ()
    return SiteOnDay(found.id, found.name, found.place_code, tuple(path), found.ended_on)


def own_sites(actor: Actor, on: date, page: int = 1, sort: str = "", size: int = SITES_A_PAGE) -> Page[SiteView]:
    """List the sites that the actor may correct, by name or as the columns of SITES allow; ended ones are left out."""
    own = planning_places(actor)
    here = Q(pk__isnull=False) if own is None else Q(pk__in=[])
    for code in own or ():
        here |= Q(place_path__contains=f"/{code}/")
    stands = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    found = Site.objects.filter(here & stands)
    rows = list(SITES.ordered(found, sort)[window(page, size)])
    names = place_names({(one.place_path, on) for one in rows})
    views = tuple(_site_view(one, names[one.place_path, on]) for one in rows)
    return Page(views, max(page, 1), size, total_of(views, page, size, found.count))


def may_correct(actor: Actor, place_path: tuple[str, ...]) -> bool:
    """Tell whether a site is the actor's to correct: it lies where a duty of theirs, or its unit, works.

    Whoever may plan may plan anywhere, for a unit may be sent across a border; what a site is, its neighbors know.
    """
    own = planning_places(actor)
    return own is None or not own.isdisjoint(place_path)


def planning_places(actor: Actor) -> set[str] | None:
    """Give the units that the actor plans for; None means everywhere."""
    if actor.kind is ActorKind.SYSTEM:
        return None
    found: set[str] = set()
    for duty in actor.duties:
        if Action.OUTING_PLAN not in MAY[Role(duty.role)]:
            continue
        codes = (duty.place_code,) if duty.place_code else _place_of(actor, duty.organization_id)
        if not codes:
            return None
        found.update(codes)
    return found


def _site_view(site: Site, place_name: str) -> SiteView:
    return SiteView(
        id=site.id,
        name=site.name,
        kind=site.kind,
        kind_name=gettext(SITE_KIND_NAMES[SiteKind(site.kind)]),
        place_code=site.place_code,
        place_name=place_name,
        place_path=path_codes(site.place_path),
        address=site.address,
        lat=site.lat,
        lon=site.lon,
        ended_on=site.ended_on,
        end_reason=site.end_reason,
    )


def plan_options(actor: Actor, *, now: datetime, task: str = "", organization: str = "") -> PlanOptions | None:
    """Collect what the plan form offers; `task` and `organization` are ids as they stand in the address.

    None when there is no campaign. An organization that the actor may not plan for is as if not named.
    """
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        return None
    today = min(max(clock.local_date(now), campaign.starts_on), campaign.ends_on)
    units = _organizations(actor)
    chosen = organization if organization in dict(units) else units[0][0] if len(units) == 1 else ""
    organization_id = UUID(chosen) if chosen else None
    within = _place_of(actor, organization_id)
    task_id = _uuid(task)
    return PlanOptions(
        campaign_id=campaign.id,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        held_on=today,
        task_id=task_id,
        organization_id=organization_id,
        organization_name=dict(units).get(chosen, ""),
        organizations=units,
        tasks=_tasks(actor, campaign.id, organization_id, task_id),
        sites=tuple((str(site.id), f"{site.name} ({site.place_name})") for site in sites(actor, today, within=within)),
        places=place_choices(within or (campaign.province_code,), today),
        people=_people(organization_id, today),
        services=service_choices(today),
    )


def _organizations(actor: Actor) -> Choices:
    """List the organizations that the actor's duties let them plan for."""
    duties = [d for d in actor.duties if Action.OUTING_PLAN in MAY[Role(d.role)]]
    if any(duty.organization_id is None for duty in duties):
        found = people.organizations(actor, page=1, size=MOST_CHOICES).items
        return tuple((str(one.id), one.name) for one in found)
    names = people.organization_names({d.organization_id for d in duties if d.organization_id is not None})
    return tuple(sorted(((str(id_), name) for id_, name in names.items()), key=lambda pair: pair[1]))


def _place_of(actor: Actor, organization_id: UUID | None) -> tuple[str, ...]:
    """Give the units that an organization works in: its duty's places, else its own."""
    if organization_id is None:
        return ()
    codes = {
        duty.place_code
        for duty in actor.duties
        if duty.organization_id == organization_id and duty.place_code is not None
    }
    if codes:
        return tuple(sorted(codes))
    own = people.organization(organization_id)
    return (own.place_code,) if own is not None and own.place_code else ()


def _tasks(actor: Actor, campaign_id: UUID, organization_id: UUID | None, task_id: UUID | None) -> Choices:
    """List the plan's tasks, those in which the organization has a part first, and the one that was asked for."""
    offered = campaigns.task_choices(actor, campaign_id, organization_id)
    found = {str(id_): title for id_, title in offered.items()}
    if task_id is not None and str(task_id) not in found:
        asked = campaigns.task(actor, task_id)
        found |= {str(task_id): asked.title} if asked is not None else {}
    return tuple(found.items())


def team_choices(organization_id: UUID, on: date) -> Choices:
    """List the people of a unit who may go out for it on a day, by name."""
    return _people(organization_id, on)


def team_to_choose(actor: Actor, view: OutingView) -> Choices:
    """List the people who may be made an outing's team, for who may change it. Raises NotAllowed."""
    if not may(actor, Action.OUTING_PLAN, organization_id=view.organization_id, place_path=view.place_path):
        raise NotAllowed()
    return _people(view.organization_id, view.held_on)


def _people(organization_id: UUID | None, on: date) -> Choices:
    """List the unit's people who may record in the field on a day."""
    if organization_id is None:
        return ()
    staff = people.staff_of(organization_id, on)
    able = [one for one in staff if may(one, Action.FORM_FILL, organization_id=organization_id)]
    return tuple((str(one.id), one.name) for one in able)


def service_choices(on: date) -> tuple[ServiceGroupChoices, ...]:
    """List the services of a day, group by group."""
    language = get_language() or "vi"
    services = catalogue.services_on(on)
    return tuple(
        ServiceGroupChoices(
            code=group.code,
            name=in_language(group.name, language),
            services=tuple((s.code, in_language(s.name, language)) for s in services if s.group_code == group.code),
        )
        for group in catalogue.groups()
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """An outing that stands, by whom, where and when."""

    outing_id: UUID
    code: str
    organization_id: UUID
    site_id: UUID
    held_on: date
    starts_at: time
    ends_at: time


def site_visits(site_ids: Collection[UUID], days: Collection[date]) -> tuple[SiteVisit, ...]:
    """Give the outings at some sites on some days that were not called off, for rooms that plan; one query."""
    found = Outing.objects.filter(site_id__in=set(site_ids), held_on__in=set(days))
    rows = found.exclude(state=State.CANCELLED.value).order_by("held_on", "starts_at", "code")
    return tuple(
        SiteVisit(one.id, one.code, one.organization_id, one.site_id, one.held_on, one.starts_at, one.ends_at)
        for one in rows
    )
