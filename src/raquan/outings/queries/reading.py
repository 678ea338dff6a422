"""What may be asked about outings: lists for the desk, references for records, what the public sees."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DateField, Exists, OuterRef, Q, QuerySet, TimeField, UUIDField

from raquan.kernel import clock
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.queries import Question, Told
from raquan.outings.models import Outing, OutingQuerySet, OutingService
from raquan.outings.queries.columns import OUTINGS
from raquan.outings.queries.places import place_names
from raquan.outings.queries.shapes import (
    SHOWN,
    NearOuting,
    OutingCounts,
    OutingRef,
    OutingRow,
    OutingView,
    rows_of,
    views_of,
)
from raquan.outings.rules import (
    ANY,
    TRANSITIONS,
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
)
from raquan.people.rules import MAY, Action, Role, may

PAGE_SIZE = 20

_REF = (
    *("id", "code", "campaign_id", "organization_id", "site__place_code", "place_path"),
    *("held_on", "starts_at", "ends_at", "state"),
)

_SOONEST = ("held_on", "starts_at", "code")
_NEAR = ("code", "site__name", "place_path", "held_on", "starts_at", "ends_at", "site__lat", "site__lon")


def outing(actor: Actor, outing_id: UUID) -> OutingView:
    """Give an outing; raises NotFound, or NotAllowed where the actor may not read it."""
    found = next(iter(rows_of(Outing.objects.filter(id=outing_id))), None)
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
    found = [OutingRow(*row) for row in _BY_CODE.rows(code=read_code(code))]
    return next(iter(views_of(found, with_team=False)), None)


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
    rows = rows_of(OUTINGS.ordered(found, sort)[window(page, size)])
    return Page(views_of(rows), max(page, 1), size, total_of(rows, page, size, found.count))


def next_outings(campaign_id: UUID, *, now: datetime, wish: Wish = ANY, limit: int = 5) -> tuple[OutingView, ...]:
    """List the public's next outings of a campaign: being held or to come, soonest first, nobody's name."""
    rows = _COMING.rows(wish, 0, limit, **_from(campaign_id, now))
    return tuple(views_of([OutingRow(*row) for row in rows], with_team=False))


def near_outings(campaign_id: UUID, *, now: datetime, on_to: date, limit: int) -> tuple[NearOuting, ...]:
    """List the public's outings up to a day whose spot on the earth is known, soonest first; one query."""
    rows = _NEAREST.rows(limit, on_to=on_to, **_from(campaign_id, now))
    names = place_names({(row[2], row[3]) for row in rows})
    return tuple(
        NearOuting(code, site, names[path, day], day, starts, ends, lat, lon)
        for code, site, path, day, starts, ends, lat, lon in rows
    )


def public_outings(
    campaign_id: UUID, *, now: datetime, wish: Wish = ANY, page: int = 1, size: int = PAGE_SIZE
) -> Page[OutingView]:
    """List as `next_outings` does, page by page, what a villager wishes."""
    at, told = window(page, size), _from(campaign_id, now)
    items = views_of([OutingRow(*row) for row in _COMING.rows(wish, at.start, at.stop, **told)], with_team=False)
    total = total_of(items, page, size, lambda: _ALL_COMING.count(wish, **told))
    return Page(items, max(page, 1), size, total)


def public_days(campaign_id: UUID, *, now: datetime, wish: Wish = ANY) -> dict[date, int]:
    """Count the public's outings to come by day, in the order of the days; one query."""
    return dict(_BY_DAY.rows(wish, **_from(campaign_id, now)))


def outing_codes(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the public codes of some outings, in one query; unknown ids are left out."""
    return dict(Outing.objects.filter(id__in=set(ids)).values_list("id", "code"))


def outings_by_codes(codes: Iterable[str]) -> dict[str, OutingRef]:
    """Give the outings of codes as stored (see rules.read_code), in one query; unknown codes are left out."""
    return {one.code: one for one in _refs(Outing.objects.filter(code__in=set(codes)))}


def outing_refs(
    actor: Actor,
    campaign_id: UUID,
    *,
    on_from: date,
    on_to: date,
    organization_id: UUID | None = None,
    without: "QuerySet[Any, UUID] | None" = None,
) -> tuple[OutingRef, ...]:
    """Refer to the outings of some days that the actor may read, called off or not, in one query; at most 2,000.

    With `organization_id` to those of that unit alone; `without` asks for the ids of those that are left out.
    """
    found = _readable(actor).filter(campaign_id=campaign_id, held_on__range=(on_from, on_to))
    if organization_id is not None:
        found = found.filter(organization_id=organization_id)
    if without is not None:
        found = found.exclude(id__in=without)
    return tuple(_refs(found.order_by(*_SOONEST)[:2000]))


def assigned_outings(actor: Actor, on: date, *, until: date | None = None) -> tuple[OutingView, ...]:
    """List the outings of a day, or up to another, that the person is in the team of; at most 50.

    Cancelled ones too: they must know.
    """
    if actor.kind != ActorKind.USER or actor.id is None:
        return ()
    days = (on, until or on)
    found = Outing.objects.filter(team__user_id=actor.id, team__ended_at__isnull=True, held_on__range=days)
    return tuple(views_of(rows_of(found.order_by(*_SOONEST)[:50])))


def unit_outings(
    actor: Actor, campaign_id: UUID, organization_ids: Collection[UUID], *, on_from: date, on_to: date, size: int = 5
) -> Page[OutingView]:
    """List the next outings of some units on some days that are still to be held or being held, soonest first."""
    found = _readable(actor).alive().filter(campaign_id=campaign_id, held_on__range=(on_from, on_to))
    found = found.filter(organization_id__in=set(organization_ids))
    rows = rows_of(found.order_by(*_SOONEST)[:size])
    return Page(views_of(rows), 1, size, total_of(rows, 1, size, found.count))


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
        for step in TRANSITIONS.steps_from(State(view.state))
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


def _refs(found: OutingQuerySet) -> Iterator[OutingRef]:
    """Refer to outings without making a model of each: there may be thousands."""
    for row in found.values_list(*_REF):
        id_, code, campaign_id, organization_id, place_code, path, held_on, starts_at, ends_at, state = row
        place = (place_code, path_codes(path))
        yield OutingRef(id_, code, campaign_id, organization_id, *place, held_on, starts_at, ends_at, state)


def _from(campaign_id: UUID, now: datetime) -> dict[str, Any]:
    local = now.astimezone(clock.VIETNAM)
    return {"campaign_id": campaign_id, "today": local.date(), "at": local.time()}


def _wished(wish: Wish) -> OutingQuerySet:
    """Select what is still to come of what is wished; `_from` tells the campaign and the moment."""
    today = Told("today", DateField())
    # That a day is today or later is said by itself: an index leads there.
    to_come = Q(held_on__gt=today) | Q(ends_at__gt=Told("at", TimeField()))
    within = Q()
    for code in wish.place_codes:
        within |= Q(place_path__contains=f"/{code}/")
    found = Outing.objects.alive().filter(to_come, campaign_id=Told("campaign_id", UUIDField()), held_on__gte=today)
    found = found.filter(within)
    if wish.on_from is not None:
        found = found.from_day(wish.on_from)
    if wish.on_to is not None:
        found = found.filter(held_on__lte=wish.on_to)
    if wish.service_code:
        offered = OutingService.objects.filter(service_code=wish.service_code)
        # Whether any offers it is asked once; of a service that none does, thousands would be gone through in vain.
        found = found.filter(Exists(offered), Exists(offered.filter(outing_id=OuterRef("pk"))))
    if wish.language:
        found = found.filter(language=wish.language)
    return found


_COMING = Question(lambda wish, start, stop: _wished(wish).order_by(*_SOONEST).values_list(*SHOWN)[start:stop])
_ALL_COMING = Question(lambda wish: _wished(wish).values_list("held_on"))
_BY_DAY = Question(lambda wish: _wished(wish).values_list("held_on").annotate(n=Count("*")).order_by("held_on"))
_BY_CODE = Question(lambda: Outing.objects.filter(code=Told("code", CharField())).values_list(*SHOWN))
_NEAREST = Question(
    lambda limit: (
        _wished(ANY)
        .filter(held_on__lte=Told("on_to", DateField()), site__lat__isnull=False, site__lon__isnull=False)
        .order_by(*_SOONEST)
        .values_list(*_NEAR)[:limit]
    )
)


def _readable(actor: Actor) -> OutingQuerySet:
    """Keep what the actor's duties let them read; the same rule as `people.rules.may`, said to the database."""
    if actor.kind == ActorKind.SYSTEM:
        return Outing.objects.all()
    covered = Q(pk__in=[])
    for duty in actor.duties:
        if Action.OUTING_READ not in MAY[Role(duty.role)]:
            continue
        own = Q() if duty.organization_id is None else Q(organization_id=duty.organization_id)
        here = Q() if duty.place_code is None else Q(place_path__contains=f"/{duty.place_code}/")
        covered |= Q(pk__isnull=False) & own & here
    return Outing.objects.filter(covered)


def outings_by_ids(actor: Actor, ids: Collection[UUID]) -> tuple[OutingView, ...]:
    """Give the outings of some ids that the actor may read, the last day first; at most 200, nobody's name."""
    rows = rows_of(_readable(actor).filter(id__in=set(ids)).order_by("-held_on", "-starts_at", "code")[:200])
    return tuple(views_of(rows, with_team=False))
