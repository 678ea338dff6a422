"""Takes rows of a calendar in: each becomes a planned outing once, however often it is asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from raquan.calendars.commands.starting import CalendarClosed, campaign_of, load_calendar
from raquan.calendars.models import Calendar, CalendarLine
from raquan.calendars.rules import AT_ONCE, STRETCH, CalendarState, Doubt, Use
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.ledger.commands import publish, record
from raquan.outings import commands as outings
from raquan.people import queries as people

TOPIC = "calendars.take"


class NothingToTake(Refused):
    """No row was ticked, or none of them can be taken in as it is."""

    code = "calendar.nothing_to_take"
    message = N_("Chưa có dòng nào nhận được. Hãy đánh dấu dòng, hoặc sửa các dòng còn vướng trước.")


@dataclass(frozen=True, slots=True)
class Taking:
    """How many rows were asked for, and whether a worker is still at it."""

    asked: int
    goes_on: bool


def take_in(*, by: Actor, now: datetime, calendar_id: UUID, line_ids: Collection[UUID] | None = None) -> Taking:
    """Make outings of rows that nothing stands in the way of: those named, or all (None); many are a worker's.

    Rows that were taken in before, or are open, are left as they are. Raises NotAllowed, NotFound, CalendarClosed,
    NothingToTake.
    """
    calendar = load_calendar(by, calendar_id)
    if calendar.state != CalendarState.READ.value:
        raise CalendarClosed()
    with transaction.atomic():
        ready = CalendarLine.objects.filter(calendar=calendar, use=Use.WAITING.value, is_open=False)
        if line_ids is not None:
            ready = ready.filter(id__in=set(line_ids))
        asked = ready.update(use=Use.ASKED.value, version=F("version") + 1, changed_by=by.id, changed_at=now)
        if not asked:
            raise NothingToTake()
        _ask(calendar_id)
        record(by=by, verb="take_in", subject="calendars.Calendar", subject_id=calendar_id, detail={"rows": asked})
    goes_on = continue_taking(now=now, calendar_id=calendar_id, most=AT_ONCE) if asked <= AT_ONCE else True
    return Taking(asked, goes_on)


def continue_taking(*, now: datetime, calendar_id: UUID, most: int = STRETCH) -> bool:
    """Make outings of the next rows that were asked for, as who asked and may today; True when some are left.

    Each row is a transaction of its own with its outing: a crash neither loses one nor makes one twice.
    """
    calendar = Calendar.objects.get(id=calendar_id)
    asked = CalendarLine.objects.filter(calendar_id=calendar_id, use=Use.ASKED.value)
    actors: dict[UUID | None, Actor | None] = {None: SYSTEM}
    for line in asked.order_by("position")[:most]:
        if line.changed_by not in actors and line.changed_by is not None:
            actors[line.changed_by] = people.actor_of_user(line.changed_by, local_date(now))
        try:
            _take(actors[line.changed_by], now, calendar, line)
        except Refused as refusal:
            _give_back(line, refusal)
    return asked.exists()


def resume_taking(*, by: Actor, now: datetime, calendar_id: UUID) -> bool:
    """Ask a worker once more for rows whose taking in has stopped; False when it is asked for already, or done.

    Raises NotAllowed, NotFound.
    """
    calendar = load_calendar(by, calendar_id)
    with transaction.atomic():
        left = CalendarLine.objects.filter(calendar=calendar, use=Use.ASKED.value).exists()
        asked = left and _ask(calendar_id)
        if asked:
            record(by=by, verb="resume_taking", subject="calendars.Calendar", subject_id=calendar_id)
    return asked


def _ask(calendar_id: UUID) -> bool:
    return publish(topic=TOPIC, payload={"calendar": str(calendar_id)}, key=f"{TOPIC}:{calendar_id}")


@transaction.atomic
def _take(by: Actor | None, now: datetime, calendar: Calendar, line: CalendarLine) -> None:
    """Make the outing of one row, unless another worker has done so in this moment."""
    if by is None:
        raise NotAllowed()
    standing = CalendarLine.objects.filter(id=line.id, use=Use.ASKED.value)
    if not standing.update(version=F("version") + 1):
        return
    assert line.held_on and line.starts_at and line.ends_at and line.organization_id  # noqa: S101, PT018 - not open
    site_id = line.site_id or outings.add_site(
        by=by, now=now, name=line.site_name, kind=line.site_kind, place_code=line.place_code
    )
    outing_id = outings.plan_outing(
        by=by,
        now=now,
        request_id=line.id,
        campaign_id=campaign_of(calendar).id,
        task_id=None,
        organization_id=line.organization_id,
        site_id=site_id,
        held_on=line.held_on,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        service_codes=line.service_codes,
        team=[UUID(one) for one in line.team],
        expected_people=line.expected_people,
    )
    standing.update(use=Use.TAKEN.value, outing_id=outing_id, site_id=site_id)


def _give_back(line: CalendarLine, refusal: Refused) -> None:
    """Say on the row why it was not taken in; somebody puts it right."""
    doubts = [one for one in line.doubts if one[0] != Doubt.REFUSED.value]
    doubts.append([Doubt.REFUSED.value, "", refusal.text()[:300]])
    standing = CalendarLine.objects.filter(id=line.id, use=Use.ASKED.value)
    standing.update(use=Use.WAITING.value, doubts=doubts, is_open=True, version=F("version") + 1)
