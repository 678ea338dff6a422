"""Checks who may do what, where: what every room's commands and queries begin with."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotAllowed
from raquan.people.models import Duty
from raquan.people.queries.scope import DOWN_THE_TREE, above, organizations_of
from raquan.people.rules import Action, covers, may
from raquan.places import queries as places


def check(
    actor: Actor, action: Action, *, organization_id: UUID | None = None, place_path: tuple[str, ...] = ()
) -> None:
    """Raise NotAllowed unless a duty of the actor allows the action there (see rules.may)."""
    if not may(actor, action, organization_id=organization_id, place_path=place_path):
        raise NotAllowed()


def check_unit(actor: Actor, action: Action, organization_id: UUID) -> None:
    """Raise NotAllowed unless a duty allows the action for an organization, or where that organization is.

    For things that say whose they are but not where, which `check` would let a duty within any place have.
    """
    own = organizations_of(actor, action)
    if own is not None and organization_id not in own:
        raise NotAllowed()


def check_whole(
    actor: Actor, action: Action, *, on: date, organization_id: UUID | None = None, place_code: str | None = None
) -> None:
    """Raise NotAllowed unless one duty allows the action on all of a scope; None means every one, everywhere.

    A duty for an organization reaches those under it where people are managed.
    This is what giving power needs: nobody gives more than they have.
    """
    path = (places.path_on(place_code, on) or (place_code,)) if place_code else ()
    if covers(actor, action, organization_id=organization_id, place_path=path):
        return
    over = above(organization_id) if organization_id is not None and action in DOWN_THE_TREE else ()
    if not any(covers(actor, action, organization_id=one, place_path=path) for one in over):
        raise NotAllowed()


def check_over(actor: Actor, duties: Iterable[Duty], *, on: date) -> None:
    """Raise NotAllowed unless the actor manages people in every scope of these duties."""
    check(actor, Action.PEOPLE_MANAGE)
    for duty in duties:
        check_whole(
            actor, Action.PEOPLE_MANAGE, on=on, organization_id=duty.organization_id, place_code=duty.place_code
        )


def check_over_person(actor: Actor, user_id: UUID, now: datetime) -> None:
    """Raise NotAllowed unless the actor manages people wherever this person has or will have duties."""
    today = local_date(now)
    current = Duty.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), user_id=user_id)
    check_over(actor, current, on=today)
