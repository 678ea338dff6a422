"""Which rows an actor's duties cover, said to the database; the same rule as `people.rules.may`."""

from uuid import UUID

from django.db.models import Q

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.people.models import Organization
from raquan.people.rules import MAY, Action, Role, may
from raquan.places import queries as places


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
    codes = {code for place in around for code in places.codes_within(place)}
    if codes:
        own.update(Organization.objects.filter(place_code__in=codes).values_list("id", flat=True))
    return frozenset(own)


def _within(place_code: str | None) -> Q:
    if place_code is None:
        return Q()
    return Q(place_code=place_code) | Q(district_code=place_code) | Q(province_code=place_code)
