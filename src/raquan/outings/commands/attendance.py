"""Checks people in at an outing: by its code or QR, on the spot or when the phone has signal again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel import clock
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, NotAllowed, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.outings.models import Assignment, CheckIn, Outing
from raquan.outings.rules import Part, State, arrival, minutes_after_start, path_codes, read_code
from raquan.people import queries as persons
from raquan.people.rules import Action, may


class CodeUnknown(NotFound):
    """No outing has this code."""

    code = "check_in.code_unknown"
    message = N_("Không có buổi ra quân mã {outing_code}. Hãy xem lại từng chữ.")


class PersonMissing(Refused):
    """A shared phone must say whom it checks in."""

    code = "check_in.person_missing"
    message = N_("Hãy chọn người cần điểm danh.")


class NotInTeam(Refused):
    """The person is not in the team and has no duty that would let them stand in for somebody."""

    code = "check_in.not_in_team"
    message = N_("{name} không ở trong đội của buổi {outing_code} và không được phân công cho đơn vị này.")


class OutingCalledOff(Refused):
    """Nobody is expected at an outing that was called off."""

    code = "check_in.called_off"
    message = N_("Buổi {outing_code} đã hủy: {reason}")


class OtherDay(Refused):
    """An arrival belongs to the outing's own day."""

    code = "check_in.other_day"
    message = N_("Buổi {outing_code} diễn ra ngày {held_on}, không phải ngày {at}.")


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What became of a check-in: the arrival that stands, `presence` and whole `minutes` from the start."""

    outing_id: UUID
    outing_code: str
    user_id: UUID
    at: datetime
    presence: str
    minutes: int


def check_in(
    *,
    by: Actor,
    now: datetime,
    outing_code: str,
    at: datetime,
    user_id: UUID | None = None,
    request_id: UUID | None = None,
) -> CheckedIn:
    """Say that somebody has come at `at`, which may be long before `now`; without `user_id` it is who acts.

    A leader checks in others of the outing, and a shared phone its team. Of several arrivals of a person the
    earliest stands, in whatever order they are sent; an arrival from the future is taken as now. Raises
    CodeUnknown, PersonMissing, NotInTeam, NotAllowed, OutingCalledOff, OtherDay.
    """
    outing = Outing.objects.filter(code=read_code(outing_code)).first()
    if outing is None:
        raise CodeUnknown(outing_code=outing_code)
    person = user_id or (by.id if by.kind is ActorKind.USER else None)
    if person is None:
        raise PersonMissing()
    _refuse_stranger(by, outing, person)
    came = min(at, now)
    _refuse_wrong_moment(outing, came)
    digest = hashlib.sha256(repr((outing.id, person, at.timestamp())).encode()).hexdigest()

    def do() -> dict[str, str]:
        return {"at": _write(by, now, outing, person, came).isoformat()}

    try:
        with transaction.atomic():
            answer = ledger.once(request_id=request_id, by=by, digest=digest, do=do)
    except IntegrityError:  # two came in for the same person at the same moment: one stands, the other is compared
        with transaction.atomic():
            answer = ledger.once(request_id=request_id, by=by, digest=digest, do=do)
    stands = datetime.fromisoformat(answer["at"])
    minutes = minutes_after_start(outing.held_on, outing.starts_at, stands)
    return CheckedIn(outing.id, outing.code, person, stands, arrival(minutes).value, minutes)


def _refuse_stranger(by: Actor, outing: Outing, person: UUID) -> None:
    place = path_codes(outing.place_path)
    team = dict(Assignment.objects.filter(outing=outing, ended_at__isnull=True).values_list("user_id", "part"))
    if by.id != person:
        leads = by.id in team and team[by.id] == Part.LEADER.value
        runs = may(by, Action.OUTING_RUN, organization_id=outing.organization_id, place_path=place)
        shares = by.kind is ActorKind.DEVICE and may(
            by, Action.SUBMISSION_SEND, organization_id=outing.organization_id, place_path=place
        )
        if not (leads or runs or shares):
            raise NotAllowed()
    if person in team:
        return
    known = persons.actors_of_users([person], outing.held_on).get(person)
    if known is None or not may(known, Action.FORM_FILL, organization_id=outing.organization_id, place_path=place):
        raise NotInTeam(name=known.name if known else str(person), outing_code=outing.code)


def _refuse_wrong_moment(outing: Outing, came: datetime) -> None:
    if outing.state == State.CANCELLED.value:
        raise OutingCalledOff(outing_code=outing.code, reason=outing.cancel_reason)
    if clock.local_date(came) != outing.held_on:
        raise OtherDay(outing_code=outing.code, held_on=format_date(outing.held_on), at=format_date(came))


def _write(by: Actor, now: datetime, outing: Outing, person: UUID, came: datetime) -> datetime:
    """Keep the earliest arrival, by a conditional update, and give it."""
    by_name = "" if by.id == person else by.name
    standing = CheckIn.objects.filter(outing=outing, user_id=person)
    earlier = standing.filter(at__gt=came).update(at=came, received_at=now, by_name=by_name)
    if not earlier:
        found = standing.values_list("at", flat=True).first()
        if found is not None:
            return found
        CheckIn.objects.create(outing=outing, user_id=person, at=came, received_at=now, by_name=by_name)
    detail = {"user_id": str(person), "at": came.isoformat()}
    ledger.record(by=by, verb="check_in", subject="outings.Outing", subject_id=outing.id, detail=detail)
    return came
