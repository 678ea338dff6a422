"""Whose reports an actor may see and make: the office all, an officer of a unit that unit's."""

from uuid import UUID

from django.db.models import Q

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.reports.rules import Kind


def units_of(actor: Actor) -> frozenset[UUID] | None:
    """Give the units whose official reports an actor may see and make; None means every one."""
    found: frozenset[UUID] = frozenset()
    for action in (Action.REPORT_BUILD, Action.REPORT_WRITE):
        if may(actor, action):
            own = people.organizations_of(actor, action)
            if own is None:
                return None
            found |= own
    return found


def builds_all(actor: Actor) -> bool:
    """Tell whether an actor makes reports of the whole province."""
    return may(actor, Action.REPORT_BUILD) and people.organizations_of(actor, Action.REPORT_BUILD) is None


def check_unit(actor: Actor, organization_id: UUID | None) -> None:
    """Raise NotAllowed unless the actor may make a unit's report; the province's, where no unit is named."""
    if organization_id is None:
        is_allowed = builds_all(actor)
    else:
        own = units_of(actor)
        is_allowed = own is None or organization_id in own
    if not is_allowed:
        raise NotAllowed()


def readable(actor: Actor) -> Q:
    """Select the reports that an actor may read: that of the province, and those of the own units."""
    own = units_of(actor)
    return Q() if own is None else Q(kind=Kind.CAMPAIGN.value) | Q(organization_id__in=own)
