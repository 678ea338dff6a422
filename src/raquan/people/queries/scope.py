"""Which rows an actor's duties cover, said to the database; the same rule as `people.rules.may`."""

from django.db.models import Q

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import MAY, Action, Role, may


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


def _within(place_code: str | None) -> Q:
    if place_code is None:
        return Q()
    return Q(place_code=place_code) | Q(district_code=place_code) | Q(province_code=place_code)
