"""Puts a row of a calendar right, sets it aside, or takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import F

from raquan.calendars.commands.starting import CalendarClosed, campaign_of, fill, judge_standing, load_calendar
from raquan.calendars.commands.understanding import Said, Understanding, Understood
from raquan.calendars.models import Calendar, CalendarLine
from raquan.calendars.rules import CalendarState, Doubt, Use, Window
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.kernel.text import normalize
from raquan.ledger.commands import record
from raquan.outings import queries as outings

_CHANGEABLE = (Use.WAITING.value, Use.SAID.value, Use.DISMISSED.value)


class CalendarLineChanged(Conflict):
    """Somebody has changed the row, or it is being taken in, since the page was shown."""

    code = "calendar.line_changed"
    message = N_("Dòng này vừa có người sửa hoặc đã được nhận. Hãy xem lại dòng như bây giờ.")


@dataclass(frozen=True, slots=True)
class LineWanted:
    """What a row is to be; `site_id` None adds the site that `site_name` and `site_kind` say, in `place_code`."""

    held_on: date
    starts_at: time
    ends_at: time
    organization_id: UUID
    place_code: str
    site_id: UUID | None
    site_name: str
    site_kind: str
    team: Sequence[UUID]
    service_codes: Sequence[str]
    expected_people: int | None = None


def correct_calendar_line(*, by: Actor, now: datetime, line_id: UUID, version: int, wanted: LineWanted) -> None:
    """Write what a row is, as an officer says; what is still in its way is judged anew. The same again does nothing.

    Raises NotAllowed, NotFound, CalendarClosed, CalendarLineChanged.
    """
    with transaction.atomic():
        calendar, line = _hold(by, line_id, version)
        found = Understood(
            held_on=wanted.held_on,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            place_code=wanted.place_code,
            site_id=wanted.site_id,
            site_name=normalize(wanted.site_name)[:200],
            site_kind=wanted.site_kind,
            organization_id=wanted.organization_id,
            team=list(dict.fromkeys(wanted.team)),
            service_codes=list(dict.fromkeys(wanted.service_codes)),
            expected_people=wanted.expected_people,
            notes=line.notes,
        )
        _judge(by, calendar, line, found)
        fill(line, found)
        line.use, line.changed_by, line.changed_at = Use.WAITING.value, by.id, now
        line.save()
        detail = {"row": f"{line.sheet}!{line.row}", "doubts": [one.doubt.value for one in found.doubts]}
        record(by=by, verb="correct_calendar_line", subject="calendars.Calendar", subject_id=calendar.id, detail=detail)


def dismiss_calendar_line(*, by: Actor, now: datetime, line_id: UUID, version: int) -> None:
    """Say that no outing is to be made of a row; it stays on the page. Raises as `correct_calendar_line`."""
    _set(by, now, line_id, version, (Use.WAITING, Use.DISMISSED), "dismiss_calendar_line")


def restore_calendar_line(*, by: Actor, now: datetime, line_id: UUID, version: int) -> None:
    """Take a row back that was set aside. Raises as `correct_calendar_line`."""
    _set(by, now, line_id, version, (Use.DISMISSED, Use.WAITING), "restore_calendar_line")


def _set(by: Actor, now: datetime, line_id: UUID, version: int, uses: tuple[Use, Use], verb: str) -> None:
    use_before, use = uses
    with transaction.atomic():
        calendar, line = _hold(by, line_id, version)
        if line.use != use_before.value:
            raise CalendarLineChanged()
        line.use, line.changed_by, line.changed_at = use.value, by.id, now
        line.save(update_fields=["use", "changed_by", "changed_at"])
        detail = {"row": f"{line.sheet}!{line.row}"}
        record(by=by, verb=verb, subject="calendars.Calendar", subject_id=calendar.id, detail=detail)


def _hold(by: Actor, line_id: UUID, version: int) -> tuple[Calendar, CalendarLine]:
    """Claim a row at the version that its officer saw, so that of two at once one is told."""
    line = CalendarLine.objects.filter(id=line_id).first()
    if line is None:
        raise NotFound()
    calendar = load_calendar(by, line.calendar_id)
    if calendar.state != CalendarState.READ.value:
        raise CalendarClosed()
    standing = CalendarLine.objects.filter(id=line_id, version=version, use__in=_CHANGEABLE)
    if not standing.update(version=F("version") + 1):
        raise CalendarLineChanged()
    line.refresh_from_db()
    return calendar, line


def _judge(by: Actor, calendar: Calendar, line: CalendarLine, found: Understood) -> None:
    """Doubt what an officer's own words still leave: a day outside, hours reversed, a place that is not theirs."""
    campaign = campaign_of(calendar)
    day = found.held_on or campaign.starts_on
    if not Window(campaign.starts_on, campaign.ends_on).holds(day):
        found.doubts.append(Said(Doubt.DAY_OUTSIDE))
    if found.starts_at and found.ends_at and found.ends_at <= found.starts_at:
        found.doubts.append(Said(Doubt.HOURS_REVERSED))
    if found.site_id is not None:
        site = outings.site_on(found.site_id, day)
        if site is None:
            raise NotFound()
        found.place_code, found.site_name = site.place_code, site.name
    elif found.site_name:
        found.doubts.append(Said(Doubt.SITE_NEW, text=found.site_name))
    if not found.site_name:
        found.doubts.append(Said(Doubt.SITE_MISSING))
    if not found.place_code:
        found.doubts.append(Said(Doubt.PLACE_MISSING))
    if not found.service_codes:
        found.doubts.append(Said(Doubt.SERVICES_MISSING))
    if not found.team:
        found.doubts.append(Said(Doubt.LEADER_MISSING))
    Understanding(by, calendar.organization_id, campaign.province_code).judge_scope(found, day)
    judge_standing(calendar, [(line, found)])
