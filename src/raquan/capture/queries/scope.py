"""Which records an actor's duties let them touch, said to the database; the same rule as `people.rules.may`."""

from uuid import UUID

from django.db.models import Q, QuerySet

from raquan.capture.models import Assist, Submission
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import MAY, Action, Role, may


def readable(actor: Actor) -> QuerySet[Assist]:
    """Keep the assists of the actor's organizations and places; raises NotAllowed for who may read none anywhere.

    Those of deleted records are left out.
    """
    return Assist.objects.filter(covered(actor, Action.RECORD_READ), withdrawn_at__isnull=True)


def covered(actor: Actor, action: Action) -> Q:
    """Select the assists or rows on which the actor may do something; raises NotAllowed for who may nowhere."""
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


def check_record(actor: Actor, action: Action, row: Submission) -> None:
    """Hold a record to the scope of its assist; one without an assist belongs to the unit that sent it."""
    assists = Assist.objects.filter(root_instance_id=row.root_instance_id)
    if assists.filter(covered(actor, action)).exists():
        return
    if row.organization_id is not None:
        allowed = may(actor, action, organization_id=row.organization_id)
    else:  # nobody's yet: for those whose duty covers every unit and every place
        allowed = may(actor, action, organization_id=UUID(int=0), place_path=("",))
    if assists.exists() or not allowed:
        raise NotAllowed()


def _within(place_code: str | None) -> Q:
    if place_code is None:
        return Q()
    return Q(place_code=place_code) | Q(district_code=place_code) | Q(province_code=place_code)
