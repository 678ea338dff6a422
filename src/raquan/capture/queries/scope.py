"""Which records an actor's duties let them touch, said to the database; the same rule as `people.rules.may`."""

from uuid import UUID

from django.db.models import QuerySet

from raquan.capture.models import Assist, Submission
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.queries import covered
from raquan.people.rules import Action, may

NOBODY = UUID(int=0)
"""Stands for the unit of a record that is no unit's yet: it is for those whose duty covers every unit and place."""


def readable(actor: Actor) -> QuerySet[Assist]:
    """Keep the assists of the actor's organizations and places; raises NotAllowed for who may read none anywhere.

    Those of deleted records are left out.
    """
    return Assist.objects.filter(covered(actor, Action.RECORD_READ), withdrawn_at__isnull=True)


def check_record(actor: Actor, action: Action, row: Submission) -> None:
    """Hold a record to the scope of its assist; raises NotAllowed. One query."""
    assist = Assist.objects.filter(root_instance_id=row.root_instance_id).first()
    if not lets(actor, action, row, assist):
        raise NotAllowed()


def lets(actor: Actor, action: Action, row: Submission, assist: Assist | None) -> bool:
    """Tell whether a record is the actor's to do something with.

    It belongs to the unit and place of its assist; one without an assist belongs to the unit that sent it.
    """
    if assist is not None:
        path = (assist.province_code, assist.district_code, assist.place_code)
        return may(actor, action, organization_id=assist.organization_id or NOBODY, place_path=path)
    if row.organization_id is not None:
        return may(actor, action, organization_id=row.organization_id)
    return may(actor, action, organization_id=NOBODY, place_path=("",))
