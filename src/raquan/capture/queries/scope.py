"""Which records an actor's duties let them touch, said to the database; the same rule as `people.rules.may`."""

from uuid import UUID

from django.db.models import QuerySet

from raquan.capture.models import Assist, Submission
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.queries import covered
from raquan.people.rules import Action, may


def readable(actor: Actor) -> QuerySet[Assist]:
    """Keep the assists of the actor's organizations and places; raises NotAllowed for who may read none anywhere.

    Those of deleted records are left out.
    """
    return Assist.objects.filter(covered(actor, Action.RECORD_READ), withdrawn_at__isnull=True)


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
