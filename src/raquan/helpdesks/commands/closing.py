"""Closes a desk, or every desk, for days, and takes that back."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.helpdesks.commands.loading import DeskEndsBeforeStart, DeskReasonMissing, load_desk
from raquan.helpdesks.models import Closure
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import NotFound
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action


def close_days(
    *, by: Actor, now: datetime, first_on: date, last_on: date, reason: str, desk_id: UUID | None = None
) -> UUID:
    """Close a desk, or without one every desk, for some days, both ends included; the same again changes nothing.

    Raises NotFound, DeskReasonMissing, DeskEndsBeforeStart; for every desk NotAllowed to who plans not everywhere.
    """
    if desk_id is None:
        people.check_whole(by, Action.OUTING_PLAN, on=first_on)
    else:
        load_desk(by, desk_id)
    said = normalize(reason)[:300]
    if not said:
        raise DeskReasonMissing()
    if last_on < first_on:
        raise DeskEndsBeforeStart(valid_from=format_date(first_on), valid_to=format_date(last_on))
    standing = Closure.objects.filter(
        desk_id=desk_id, first_on=first_on, last_on=last_on, withdrawn_at__isnull=True
    ).values_list("id", flat=True)
    try:
        with transaction.atomic():
            found = standing.first()
            if found is None:
                found = Closure.objects.create(desk_id=desk_id, first_on=first_on, last_on=last_on, reason=said).id
                detail = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat(), "reason": said}
                subject_id = desk_id or found
                ledger.record(
                    by=by, verb="close_days", subject="helpdesks.HelpDesk", subject_id=subject_id, detail=detail
                )
            return found
    except IntegrityError:  # somebody closed the same days at the same moment
        return standing.get()


def reopen_days(*, by: Actor, now: datetime, closure_id: UUID) -> None:
    """Take a closure back; doing so again does nothing. Raises NotFound, NotAllowed as `close_days` does."""
    closure = Closure.objects.filter(id=closure_id).first()
    if closure is None:
        raise NotFound()
    if closure.desk_id is None:
        people.check_whole(by, Action.OUTING_PLAN, on=closure.first_on)
    else:
        load_desk(by, closure.desk_id)
    with transaction.atomic():
        if Closure.objects.filter(id=closure_id, withdrawn_at__isnull=True).update(withdrawn_at=now):
            subject_id = closure.desk_id or closure.id
            detail = {"closure_id": str(closure_id)}
            ledger.record(by=by, verb="reopen_days", subject="helpdesks.HelpDesk", subject_id=subject_id, detail=detail)
