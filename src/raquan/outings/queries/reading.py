"""What may be asked about outings: lists for the desk, references for records, what the public sees."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from raquan.kernel import clock
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings.models import Outing, OutingQuerySet, OutingService
from raquan.outings.queries.columns import OUTINGS
from raquan.outings.queries.shapes import OutingCounts, OutingRef, OutingView, views_of
from raquan.outings.rules import (
    ANY,
    Aim,
    OutingPlan,
    Part,
    State,
    Step,
    Wish,
    is_now,
    may_open_on,
    path_codes,
    read_code,
    steps_from,
)
from raquan.people.rules import MAY, Action, Role, may

PAGE_SIZE = 20

_REF = (
    *("id", "code", "campaign_id", "organization_id", "site__place_code", "place_path"),
    *("held_on", "starts_at", "ends_at", "state"),
)


def outing(actor: Actor, outing_id: UUID) -> OutingView:
    """Give an outing; raises NotFound, or NotAllowed where the actor may not read it."""
    found = _whole().filter(id=outing_id).first()
    if found is None:
        raise NotFound()
    codes = path_codes(found.place_path)
    if not may(actor, Action.OUTING_READ, organization_id=found.organization_id, place_path=codes):
        raise NotAllowed()
    return views_of([found])[0]


def outing_by_code(code: str) -> OutingView | None:
    """Give the outing of a public code, however it was typed; anybody may ask whether a code is real.

    The team's names are not told to the public.
    """
    found = _whole().filter(code=read_code(code)).first()
    return views_of([found], with_team=False)[0] if found is not None else None


def outings(
    actor: Actor,
    campaign_id: UUID,
    *,
    page: int = 1,
    state: str = "",
    place_code: str = "",
    on_from: date | None = None,
    on_to: date | None = None,
    task_id: UUID | None = None,
    sort: str = "",
    size: int = PAGE_SIZE,
) -> Page[OutingView]:
    """List the outings that the actor may read, by day and hour or by a column of OUTINGS.

    `place_code` covers all units below it.
    """
    found = _readable(actor).filter(campaign_id=campaign_id)
    if state:
        found = found.filter(state=state)
    if place_code:
        found = found.within_place(place_code)
    if on_from is not None:
        found = found.from_day(on_from)
    if on_to is not None:
        found = found.filter(held_on__lte=on_to)
    if task_id is not None:
        found = found.filter(task_id=task_id)
    total = found.count()
    rows = OUTINGS.ordered(found, sort)[window(page, size)]
    return Page(views_of(list(rows)), max(page, 1), size, total)


def next_outings(campaign_id: UUID, *, now: datetime, wish: Wish = ANY, limit: int = 5) -> tuple[OutingView, ...]:
    """List the public's next outings of a campaign: being held or to come, soonest first, nobody's name."""
    found = _wished(campaign_id, now, wish)
    return tuple(views_of(list(found.order_by("held_on", "starts_at", "code")[:limit]), with_team=False))


def public_outings(
    campaign_id: UUID, *, now: datetime, wish: Wish = ANY, page: int = 1, size: int = PAGE_SIZE
) -> Page[OutingView]:
    """List as `next_outings` does, page by page, what a villager wishes."""
    found = _wished(campaign_id, now, wish)
    rows = found.order_by("held_on", "starts_at", "code")[window(page, size)]
    return Page(views_of(list(rows), with_team=False), max(page, 1), size, found.count())


def public_days(campaign_id: UUID, *, now: datetime, wish: Wish = ANY) -> dict[date, int]:
    """Count the public's outings to come by day, in the order of the days; one query."""
    rows = _wished(campaign_id, now, wish).values_list("held_on").annotate(n=Count("*")).order_by("held_on")
    return dict(rows)


def outing_codes(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the public codes of some outings, in one query; unknown ids are left out."""
    return dict(Outing.objects.filter(id__in=set(ids)).values_list("id", "code"))


def outings_by_codes(codes: Iterable[str]) -> dict[str, OutingRef]:
    """Give the outings of codes as stored (see rules.read_code), in one query; unknown codes are left out."""
    return {one.code: one for one in _refs(Outing.objects.filter(code__in=set(codes)))}


def outing_refs(
    actor: Actor, campaign_id: UUID, *, on_from: date, on_to: date, organization_id: UUID | None = None
) -> tuple[OutingRef, ...]:
    """Refer to the outings of some days that the actor may read, called off or not, in one query; at most 2,000.

    With `organization_id` to those of that unit alone.
    """
    found = _readable(actor).filter(campaign_id=campaign_id, held_on__range=(on_from, on_to))
    if organization_id is not None:
        found = found.filter(organization_id=organization_id)
    return tuple(_refs(found.order_by("held_on", "starts_at", "code")[:2000]))


def assigned_outings(actor: Actor, on: date, *, until: date | None = None) -> tuple[OutingView, ...]:
    """List the outings of a day, or up to another, that the person is in the team of; at most 50.

    Cancelled ones too: they must know.
    """
    if actor.kind != ActorKind.USER or actor.id is None:
        return ()
    days = (on, until or on)
    found = _whole().filter(team__user_id=actor.id, team__ended_at__isnull=True, held_on__range=days)
    return tuple(views_of(list(found.order_by("held_on", "starts_at", "code")[:50])))


def unit_outings(
    actor: Actor, campaign_id: UUID, organization_ids: Collection[UUID], *, on_from: date, on_to: date, size: int = 5
) -> Page[OutingView]:
    """List the next outings of some units on some days that are still to be held or being held, soonest first."""
    found = _readable(actor).alive().filter(campaign_id=campaign_id, held_on__range=(on_from, on_to))
    found = found.filter(organization_id__in=set(organization_ids))
    rows = list(found.order_by("held_on", "starts_at", "code")[:size])
    return Page(views_of(rows), 1, size, found.count())


def outing_counts(campaign_id: UUID) -> OutingCounts:
    """Count a campaign's outings by state; a public figure."""
    rows = Outing.objects.filter(campaign_id=campaign_id).values_list("state").annotate(n=Count("*"))
    counts = dict(rows.order_by())
    return OutingCounts(**{state.value: counts.get(state.value, 0) for state in State})


def plan_of(found: Outing) -> OutingPlan:
    """Give the plan that an outing was made from."""
    team = sorted(found.team.filter(ended_at__isnull=True), key=lambda one: (one.part != Part.LEADER.value, one.id))
    return OutingPlan(
        campaign_id=found.campaign_id,
        task_id=found.task_id,
        organization_id=found.organization_id,
        site_id=found.site_id,
        held_on=found.held_on,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        service_codes=tuple(one.service_code for one in found.services.all()),
        team=tuple(one.user_id for one in team),
        aim=Aim(found.aim),
        language=found.language,
        expected_people=found.expected_people,
        capacity=found.capacity,
    )


def steps_for(actor: Actor, view: OutingView, on: date) -> tuple[str, ...]:
    """List the steps that the outing's state and the day allow and the actor may take, by command name."""
    return tuple(
        step.value
        for step in steps_from(State(view.state))
        if (step != Step.OPEN or may_open_on(on, view.held_on))
        and may(
            actor,
            Action.OUTING_PLAN if step == Step.CANCEL else Action.OUTING_RUN,
            organization_id=view.organization_id,
            place_path=view.place_path,
        )
    )


def happens_now(view: OutingView, now: datetime) -> bool:
    """Tell whether people can be met at an outing at this moment."""
    return view.state in (State.PLANNED, State.OPEN) and is_now(view.held_on, view.starts_at, view.ends_at, now)


def readable_outings(actor: Actor) -> OutingQuerySet:
    """Select the outings that the actor may read; for what belongs to outings and is read by whoever reads them."""
    return _readable(actor)


def _whole() -> OutingQuerySet:
    return Outing.objects.select_related("campaign", "task", "organization", "site").defer("campaign__theme")


def _refs(found: OutingQuerySet) -> Iterator[OutingRef]:
    """Refer to outings without making a model of each: there may be thousands."""
    for row in found.values_list(*_REF):
        id_, code, campaign_id, organization_id, place_code, path, held_on, starts_at, ends_at, state = row
        place = (place_code, path_codes(path))
        yield OutingRef(id_, code, campaign_id, organization_id, *place, held_on, starts_at, ends_at, state)


def _to_come(campaign_id: UUID, now: datetime) -> OutingQuerySet:
    local = now.astimezone(clock.VIETNAM)
    # That a day is today or later is said by itself: an index leads there.
    to_come = Q(held_on__gt=local.date()) | Q(ends_at__gt=local.time())
    return _whole().alive().filter(to_come, campaign_id=campaign_id, held_on__gte=local.date())


def _wished(campaign_id: UUID, now: datetime, wish: Wish) -> OutingQuerySet:
    within = Q()
    for code in wish.place_codes:
        within |= Q(place_path__contains=f"/{code}/")
    found = _to_come(campaign_id, now).filter(within)
    if wish.on_from is not None:
        found = found.from_day(wish.on_from)
    if wish.on_to is not None:
        found = found.filter(held_on__lte=wish.on_to)
    if wish.service_code:
        found = found.filter(
            Exists(OutingService.objects.filter(outing_id=OuterRef("pk"), service_code=wish.service_code))
        )
    if wish.language:
        found = found.filter(language=wish.language)
    return found


def _readable(actor: Actor) -> OutingQuerySet:
    """Keep what the actor's duties let them read; the same rule as `people.rules.may`, said to the database."""
    if actor.kind == ActorKind.SYSTEM:
        return _whole()
    covered = Q(pk__in=[])
    for duty in actor.duties:
        if Action.OUTING_READ not in MAY[Role(duty.role)]:
            continue
        own = Q() if duty.organization_id is None else Q(organization_id=duty.organization_id)
        here = Q() if duty.place_code is None else Q(place_path__contains=f"/{duty.place_code}/")
        covered |= Q(pk__isnull=False) & own & here
    return _whole().filter(covered)


def outings_by_ids(actor: Actor, ids: Collection[UUID]) -> tuple[OutingView, ...]:
    """Give the outings of some ids that the actor may read, the last day first; at most 200, nobody's name."""
    rows = _readable(actor).filter(id__in=set(ids)).order_by("-held_on", "-starts_at", "code")[:200]
    return tuple(views_of(list(rows), with_team=False))
