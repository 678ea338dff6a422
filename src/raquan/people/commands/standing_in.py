"""Lets somebody do another's duty while they are away."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger.commands import record
from raquan.people.commands.accounts import DutyDiffers, DutyEndsTooSoon
from raquan.people.commands.checking import check_over
from raquan.people.models import Duty, User
from raquan.people.queries import forget_actors
from raquan.people.queries.actors import in_force


class StandInPassedOn(Refused):
    """A duty that is itself done for somebody else is not given on."""

    code = "people.stand_in_passed_on"
    message = N_("Việc này bạn đang làm thay, không giao tiếp cho người khác được.")


class StandInOutside(Refused):
    """The stand-in is the person themselves, or has no duty in the same organization."""

    code = "people.stand_in_outside"
    message = N_("Người làm thay phải là người khác, đang có phân công ở cùng đơn vị.")


class StandInBeyond(Refused):
    """The days go beyond those of the duty."""

    code = "people.stand_in_beyond"
    message = N_("Những ngày làm thay phải nằm trong thời gian của phân công.")


class HasDutyAlready(Conflict):
    """The stand-in holds the very same role there on their own account."""

    code = "people.has_duty_already"
    message = N_("Người này đã có chính vai trò ấy ở đơn vị, không cần giao làm thay.")


def delegate_duty(*, by: Actor, now: datetime, duty_id: UUID, user_id: UUID, starts_on: date, ends_on: date) -> UUID:
    """Let a person do a duty instead of its holder from day to day; give the id of the duty that they hold then.

    Its holder may do so, and who manages people there. The ledger names both from then on. The same again is the
    same one. Raises StandInPassedOn, StandInOutside, StandInBeyond, HasDutyAlready, DutyEndsTooSoon, DutyDiffers.
    """
    duty = Duty.objects.filter(id=duty_id).first()
    if duty is None:
        raise NotFound()
    if by.id != duty.user_id or by.id is None:
        check_over(by, [duty], on=local_date(now))
    _must_fit(duty, user_id, starts_on, ends_on, local_date(now))
    same = {"role": duty.role, "organization_id": duty.organization_id, "place_code": duty.place_code}
    with transaction.atomic():
        made, is_new = Duty.objects.get_or_create(
            user_id=user_id, starts_on=starts_on, **same, defaults={"ends_on": ends_on, "instead_of": duty}
        )
        if is_new:
            detail = {"role": duty.role, "user": str(user_id), "instead_of": str(duty.user_id)}
            record(by=by, verb="delegate_duty", subject="people.Duty", subject_id=made.id, detail=detail)
            transaction.on_commit(forget_actors)
    if made.instead_of_id != duty.id:
        raise HasDutyAlready()
    if made.ends_on != ends_on:
        raise DutyDiffers()
    return made.id


def _must_fit(duty: Duty, user_id: UUID, starts_on: date, ends_on: date, today: date) -> None:
    if duty.instead_of_id is not None:
        raise StandInPassedOn()
    if ends_on < starts_on:
        raise DutyEndsTooSoon()
    if starts_on < duty.starts_on or ends_on < today or (duty.ends_on is not None and ends_on > duty.ends_on):
        raise StandInBeyond()
    whole = duty.organization_id is None
    here = Q(organization__isnull=True) if whole else Q(organization=duty.organization)
    colleagues = in_force(today).filter(here, user_id=user_id)
    active = User.objects.filter(id=user_id, is_active=True).exists()
    if user_id == duty.user_id or not active or not colleagues.exists():
        raise StandInOutside()
    own = in_force(starts_on).filter(user_id=user_id, role=duty.role, instead_of__isnull=True)
    if any((one.organization_id, one.place_code) == (duty.organization_id, duty.place_code) for one in own):
        raise HasDutyAlready()
