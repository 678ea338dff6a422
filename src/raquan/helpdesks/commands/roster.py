"""Puts people on a desk's roster, by day of the week or for some days, and takes them off it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from raquan.helpdesks.commands.loading import DeskEndsBeforeStart, hold_desk, load_desk
from raquan.helpdesks.models import HelpDesk, Shift
from raquan.helpdesks.rules import EVERY_DAY, WEEKDAY_NAMES
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.outings.commands import refuse_wrong_team
from raquan.outings.rules import path_codes


class WeekdayWrong(Refused):
    """The day of the week is none."""

    code = "roster.weekday_wrong"
    message = N_("Ngày trong tuần phải từ thứ Hai đến Chủ nhật.")


class OutsideDeskDays(Refused):
    """The desk does not stand on all of these days."""

    code = "roster.outside_desk"
    message = N_("Điểm hỗ trợ chỉ mở từ ngày {valid_from} đến ngày {valid_to}.")


class ShiftDiffers(Conflict):
    """The person is on the roster from this day on already, until another last day."""

    code = "roster.differs"
    message = N_("Người này đã có trong lịch trực từ ngày {first_on}. Hãy bỏ ca cũ rồi thêm lại.")


def put_on_roster(
    *,
    by: Actor,
    now: datetime,
    desk_id: UUID,
    user_id: UUID,
    weekdays: Sequence[int] = (),
    first_on: date,
    last_on: date | None = None,
) -> tuple[UUID, ...]:
    """Put a person on a desk's roster on some days of the week, or without any on each day that it is open.

    Between two days, both included; one date is its own first and last. The same again is the same shifts. Gives
    their ids, a shift a day of the week. Raises NotFound, WeekdayWrong, DeskEndsBeforeStart, OutsideDeskDays,
    ShiftDiffers, and MemberWithoutDuty where the person may not record for the desk's unit.
    """
    desk = load_desk(by, desk_id)
    wanted = sorted(set(weekdays)) or [EVERY_DAY]
    _refuse_wrong(desk, user_id, wanted, first_on, last_on)
    with transaction.atomic():
        hold_desk(desk)
        found = {day: _standing(desk, user_id, day, first_on, last_on) for day in wanted}
        fresh = [
            Shift(desk=desk, user_id=user_id, weekday=day, first_on=first_on, last_on=last_on, put_at=now)
            for day, shift_id in found.items()
            if shift_id is None
        ]
        Shift.objects.bulk_create(fresh)
        if fresh:
            detail = {
                "user_id": str(user_id),
                "weekdays": [one.weekday for one in fresh],
                "first_on": first_on.isoformat(),
                "last_on": last_on.isoformat() if last_on else None,
            }
            ledger.record(by=by, verb="put_on_roster", subject=_SUBJECT, subject_id=desk.id, detail=detail)
    made = {one.weekday: one.id for one in fresh}
    return tuple(found[day] or made[day] for day in wanted)


def take_off_roster(*, by: Actor, now: datetime, shift_id: UUID, last_on: date) -> UUID:
    """Say that a day is a shift's last, or take it back when it would end before it begins; give its desk's id.

    The same again does nothing. Raises NotFound.
    """
    shift = Shift.objects.filter(id=shift_id).first()
    if shift is None:
        raise NotFound()
    desk = load_desk(by, shift.desk_id)
    standing = Shift.objects.filter(id=shift.id, withdrawn_at__isnull=True)
    with transaction.atomic():
        if last_on < shift.first_on:
            changed = standing.update(withdrawn_at=now)
        else:
            changed = standing.exclude(last_on__lte=last_on).update(last_on=last_on)
        if changed:
            detail = {"user_id": str(shift.user_id), "weekday": shift.weekday, "last_on": last_on.isoformat()}
            ledger.record(by=by, verb="take_off_roster", subject=_SUBJECT, subject_id=desk.id, detail=detail)
    return desk.id


_SUBJECT = "helpdesks.HelpDesk"


def _refuse_wrong(desk: HelpDesk, user_id: UUID, weekdays: Sequence[int], first_on: date, last_on: date | None) -> None:
    if not set(weekdays) <= {EVERY_DAY, *WEEKDAY_NAMES}:
        raise WeekdayWrong()
    if last_on is not None and last_on < first_on:
        raise DeskEndsBeforeStart(valid_from=format_date(first_on), valid_to=format_date(last_on))
    ended = desk.valid_to is not None and (first_on > desk.valid_to or (last_on or first_on) > desk.valid_to)
    if first_on < desk.valid_from or ended:
        until = format_date(desk.valid_to) if desk.valid_to else "…"
        raise OutsideDeskDays(valid_from=format_date(desk.valid_from), valid_to=until)
    refuse_wrong_team([user_id], desk.organization_id, first_on, path_codes(desk.place_path))


def _standing(desk: HelpDesk, user_id: UUID, weekday: int, first_on: date, last_on: date | None) -> UUID | None:
    found = Shift.objects.filter(
        desk=desk, user_id=user_id, weekday=weekday, first_on=first_on, withdrawn_at__isnull=True
    ).first()
    if found is None:
        return None
    if found.last_on != last_on:
        raise ShiftDiffers(first_on=format_date(first_on))
    return found.id
