"""Which rows an actor's duties cover, said to the database; the same rule as `people.rules.may`."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.kernel.remembering import Remembered
from raquan.people.models import Organization
from raquan.people.rules import MAY, Action, Role, may
from raquan.places import queries as places

DOWN_THE_TREE = frozenset({Action.PEOPLE_READ, Action.PEOPLE_MANAGE})
"""What a duty for an organization also allows for those under it: an office manages its own people and theirs."""


def covered(actor: Actor, action: Action) -> Q:
    """Select the rows on which the actor may do something; raises NotAllowed for who may nowhere.

    For rows that say whose they are and where: `organization_id`, `place_code`, `district_code`, `province_code`.
    """
    if not may(actor, action):
        raise NotAllowed()
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    found = Q(pk__in=[])
    for duty in actor.duties:
        if action not in MAY[Role(duty.role)]:
            continue
        own = Q(pk__isnull=False) if duty.organization_id is None else Q(organization_id=duty.organization_id)
        found |= own & _within(duty.place_code)
    return found


def organizations_of(actor: Actor, action: Action) -> frozenset[UUID] | None:
    """Give the organizations for which the actor may do something; None means every one. Raises NotAllowed for none.

    For things that say whose they are but not where: a duty within a place reaches the organizations of that place.
    """
    if not may(actor, action):
        raise NotAllowed()
    duties = [one for one in actor.duties if action in MAY[Role(one.role)]]
    everywhere = any(one.organization_id is None and one.place_code is None for one in duties)
    if actor.kind is ActorKind.SYSTEM or everywhere:
        return None
    own = {one.organization_id for one in duties if one.organization_id is not None}
    around = {one.place_code for one in duties if one.organization_id is None and one.place_code is not None}
    if action in DOWN_THE_TREE:
        own |= below(own)
    seconds = settings.RAQUAN_REMEMBER_SECONDS
    for place in around:
        own |= _located.get(place, partial(_within_place, place), seconds=seconds) or frozenset()
    return frozenset(own)


def forget_places_of_organizations() -> None:
    """Ask anew which organizations are where: one was added or has moved."""
    _located.forget()


def _within_place(place_code: str) -> frozenset[UUID]:
    codes = places.codes_within(place_code)
    return frozenset(Organization.objects.filter(place_code__in=codes).values_list("id", flat=True))


_located: Remembered[str, frozenset[UUID]] = Remembered(500)


def below(organization_ids: Collection[UUID]) -> set[UUID]:
    """Give the organizations under some, at any depth, without those themselves; one query."""
    children: dict[UUID, list[UUID]] = {}
    for id_, parent_id in Organization.objects.filter(parent__isnull=False).values_list("id", "parent_id"):
        children.setdefault(parent_id, []).append(id_)
    found: set[UUID] = set()
    waiting = list(organization_ids)
    while waiting:
        new = [one for one in children.get(waiting.pop(), ()) if one not in found]
        found.update(new)
        waiting += new
    return found


def above(organization_id: UUID) -> tuple[UUID, ...]:
    """Give the organizations that one is under, from the nearest up; a query a level."""
    found: list[UUID] = []
    here: UUID | None = organization_id
    while here is not None:
        here = Organization.objects.filter(id=here).values_list("parent_id", flat=True).first()
        if here is None or here in found:
            break
        found.append(here)
    return tuple(found)


def _within(place_code: str | None) -> Q:
    if place_code is None:
        return Q()
    return Q(place_code=place_code) | Q(district_code=place_code) | Q(province_code=place_code)
