"""Takes a calendar in and reads it row by row, at once when it is short, else by and by."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from raquan.calendars.commands.understanding import Said, Understanding, Understood, overlapping
from raquan.calendars.models import Calendar, CalendarLine
from raquan.calendars.rules import (
    BLOCKING,
    CHUNK,
    SMALL,
    STRETCH,
    CalendarState,
    Doubt,
    RowRead,
    Use,
    Window,
    read_calendar,
)
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.files.commands import store_file
from raquan.files.queries import read_file
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, NotAllowed, NotFound, Refused
from raquan.ledger.commands import publish, record
from raquan.outings import queries as outings
from raquan.people import queries as people
from raquan.people.commands import check_unit
from raquan.people.rules import Action
from raquan.readings.commands import open_sheets

TOPIC = "calendars.read"
_MEDIA = "application/octet-stream"


class NoCampaign(Refused):
    """There is no campaign whose outings these could be."""

    code = "calendar.no_campaign"
    message = N_("Chưa có chiến dịch nào. Hãy nhập kế hoạch của năm trước.")


class NotACalendar(Refused):
    """No sheet of the file has headings that say when and where."""

    code = "calendar.not_a_calendar"
    message = N_(
        "Không thấy bảng lịch nào trong tệp này: cần một dòng tiêu đề có ngày hoặc giờ, và địa điểm. "
        "Hãy dùng mẫu tải về, hoặc kiểm tra lại tệp đã chọn."
    )


class CalendarClosed(Refused):
    """The calendar has been discarded, or is still being read."""

    code = "calendar.closed"
    message = N_("Lịch này đã bị bỏ hoặc chưa đọc xong.")


@dataclass(frozen=True, slots=True)
class CalendarStarted:
    """A calendar by its id; `already` when the unit sent this very file before, and it was not discarded."""

    calendar_id: UUID
    already: bool


def start_calendar(*, by: Actor, now: datetime, organization_id: UUID, data: bytes, file_name: str) -> CalendarStarted:
    """Keep a unit's calendar and read it; a long one is read by a worker. The same file again is the same calendar.

    Raises NotAllowed, NoCampaign, NotACalendar, and the refusals of `readings.commands.open_sheets`.
    """
    check_unit(by, Action.OUTING_PLAN, organization_id)
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NoCampaign()
    sha256 = hashlib.sha256(data).hexdigest()
    if found := _standing(sha256, organization_id):
        return found
    rows = _rows(data, file_name, campaign)
    if not any(row.outings for row in rows):
        raise NotACalendar()
    store_file(by=by, data=data, media_type=_MEDIA)
    try:
        calendar = _begin(by, now, organization_id, campaign, sha256, file_name, rows)
    except IntegrityError:  # another upload of the same file was first in this moment
        if found := _standing(sha256, organization_id):
            return found
        raise
    if calendar.total <= SMALL:
        _read(by, calendar, rows, campaign, most=SMALL)
    return CalendarStarted(calendar.id, already=False)


def continue_calendar(*, now: datetime, calendar_id: UUID, most: int = STRETCH) -> bool:
    """Read the next rows of a calendar; True when some are left. Does nothing to one that is read or discarded.

    Rows and how far they have come are one transaction, so that a crash neither loses a row nor reads one twice.
    """
    calendar = Calendar.objects.filter(id=calendar_id, state=CalendarState.UNDER_WAY.value).first()
    if calendar is None:
        return False
    by = people.actor_of_user(calendar.asked_by, local_date(now)) if calendar.asked_by else SYSTEM
    if by is None:
        raise NotAllowed()
    campaign = campaign_of(calendar)
    rows = _rows(read_file(calendar.file_sha256), calendar.file_name, campaign)
    return _read(by, calendar, rows, campaign, most=most)


def resume_calendar(*, by: Actor, now: datetime, calendar_id: UUID) -> bool:
    """Ask a worker once more for a calendar that has stopped; False when it is asked for already, or is read.

    Raises NotAllowed, NotFound.
    """
    calendar = load_calendar(by, calendar_id)
    with transaction.atomic():
        asked = calendar.state == CalendarState.UNDER_WAY.value and _ask(calendar_id)
        if asked:
            record(by=by, verb="resume_calendar", subject="calendars.Calendar", subject_id=calendar_id)
    return asked


def discard_calendar(*, by: Actor, now: datetime, calendar_id: UUID) -> None:
    """Put a calendar aside; outings made of it stand, and no more are. The same again does nothing.

    Raises NotAllowed, NotFound.
    """
    load_calendar(by, calendar_id)
    with transaction.atomic():
        standing = Calendar.objects.filter(id=calendar_id).exclude(state=CalendarState.DISCARDED.value)
        if standing.update(state=CalendarState.DISCARDED.value):
            asked = CalendarLine.objects.filter(calendar_id=calendar_id, use=Use.ASKED.value)
            asked.update(use=Use.WAITING.value, version=F("version") + 1)
            record(by=by, verb="discard_calendar", subject="calendars.Calendar", subject_id=calendar_id)


def load_calendar(by: Actor, calendar_id: UUID) -> Calendar:
    """Give a calendar to who may plan for its unit. Raises NotFound, NotAllowed."""
    calendar = Calendar.objects.filter(id=calendar_id).first()
    if calendar is None:
        raise NotFound()
    check_unit(by, Action.OUTING_PLAN, calendar.organization_id)
    return calendar


def campaign_of(calendar: Calendar) -> CampaignView:
    """Give the campaign of a calendar. Raises NoCampaign."""
    found = next((one for one in campaigns.campaigns() if one.id == calendar.campaign_id), None)
    if found is None:
        raise NoCampaign()
    return found


def _rows(data: bytes, file_name: str, campaign: CampaignView) -> tuple[RowRead, ...]:
    return read_calendar(open_sheets(data=data, file_name=file_name), Window(campaign.starts_on, campaign.ends_on))


def _standing(sha256: str, organization_id: UUID) -> CalendarStarted | None:
    kept = Calendar.objects.filter(file_sha256=sha256, organization_id=organization_id)
    found = kept.exclude(state=CalendarState.DISCARDED.value).first()
    return CalendarStarted(found.id, already=True) if found else None


def _ask(calendar_id: UUID) -> bool:
    return publish(topic=TOPIC, payload={"calendar": str(calendar_id)}, key=f"{TOPIC}:{calendar_id}")


@transaction.atomic
def _begin(
    by: Actor,
    now: datetime,
    organization_id: UUID,
    campaign: CampaignView,
    sha256: str,
    file_name: str,
    rows: tuple[RowRead, ...],
) -> Calendar:
    """Keep a calendar. A worker is asked for a short one too: its officer's request may be cut off."""
    calendar = Calendar.objects.create(
        campaign_id=campaign.id,
        organization_id=organization_id,
        file_sha256=sha256,
        file_name=file_name[-255:],
        total=len(rows),
        asked_by=by.id,
        asked_at=now,
    )
    _ask(calendar.id)
    detail = {"file_sha256": sha256, "rows": len(rows), "outings": sum(len(row.outings) for row in rows)}
    record(by=by, verb="start_calendar", subject="calendars.Calendar", subject_id=calendar.id, detail=detail)
    return calendar


def _read(by: Actor, calendar: Calendar, rows: tuple[RowRead, ...], campaign: CampaignView, *, most: int) -> bool:
    """Write rows a chunk at a time until `most` are written or none is left; True when some are left."""
    understanding = Understanding(by, calendar.organization_id, campaign.province_code)
    for _ in range(0, most, CHUNK):
        calendar.refresh_from_db()
        if calendar.state != CalendarState.UNDER_WAY.value:
            return False
        _write_chunk(calendar, rows, understanding, campaign)
    return Calendar.objects.filter(id=calendar.id, state=CalendarState.UNDER_WAY.value).exists()


@transaction.atomic
def _write_chunk(
    calendar: Calendar, rows: tuple[RowRead, ...], understanding: Understanding, campaign: CampaignView
) -> None:
    """Write the rows after those that are written, unless another worker has done so in this moment."""
    end = min(calendar.done + CHUNK, calendar.total)
    state = CalendarState.READ if end == calendar.total else CalendarState.UNDER_WAY
    claimed = Calendar.objects.filter(id=calendar.id, done=calendar.done, state=CalendarState.UNDER_WAY.value)
    if not claimed.update(done=end, state=state.value):
        return
    chunk = rows[calendar.done : end]
    understanding.match_units(one.unit for row in chunk for one in row.outings)
    made = list(_lines(calendar, chunk, calendar.done, understanding, campaign))
    judge_standing(calendar, [(line, found) for line, found in made if found is not None])
    for line, found in made:
        if found is not None:
            fill(line, found)
    CalendarLine.objects.bulk_create(line for line, _ in made)


def _lines(
    calendar: Calendar, rows: tuple[RowRead, ...], begin: int, understanding: Understanding, campaign: CampaignView
) -> Iterator[tuple[CalendarLine, Understood | None]]:
    for at, row in enumerate(rows, start=begin):
        cells = [[one.address, one.heading, one.text] for one in row.cells]
        for part, read in enumerate(row.outings or (None,)):
            line = CalendarLine(
                id=uuid7(),
                calendar=calendar,
                position=at * 100 + part,
                sheet=row.sheet[:100],
                row=row.number,
                part=part,
                cells=cells,
                use=(Use.WAITING if read else Use.SAID).value,
            )
            yield line, understanding.row(read, row.cells, campaign.starts_on) if read else None


def judge_standing(calendar: Calendar, lines: list[tuple[CalendarLine, Understood]]) -> None:
    """Doubt rows that say an outing which stands already, or one that another row of the calendar says; two queries."""
    sites = {found.site_id for _, found in lines if found.site_id}
    days = {found.held_on for _, found in lines if found.held_on}
    visits = outings.site_visits(sites, days) if sites and days else ()
    mine = {line.id for line, _ in lines}
    kept = CalendarLine.objects.filter(calendar=calendar, held_on__in=days, use__in=_LIVE).exclude(id__in=mine)
    fields = ("organization_id", "place_code", "site_name", "held_on", "starts_at", "sheet", "row")
    seen = {tuple(one[:5]): f"{one[5]}!{one[6]}" for one in kept.values_list(*fields)}
    for line, found in lines:
        meeting, same = overlapping(visits, found)
        if meeting is not None:
            found.doubts.append(Said(Doubt.EXISTS, text=meeting.code))
        elif same is not None:
            found.doubts.append(Said(Doubt.SAME_DAY, text=same.code))
        key = (found.organization_id, found.place_code, found.site_name, found.held_on, found.starts_at)
        if found.held_on and found.starts_at and found.site_name and found.place_code:
            if key in seen:
                found.doubts.append(Said(Doubt.TWICE, text=seen[key]))
            seen.setdefault(key, f"{line.sheet}!{line.row}")


_LIVE = [Use.WAITING.value, Use.ASKED.value, Use.TAKEN.value]


def fill(line: CalendarLine, found: Understood) -> None:
    """Put what was understood into a line."""
    said = {name: value for name, value in asdict(found).items() if name not in ("doubts", "team")}
    for name, value in said.items():
        setattr(line, name, value)
    line.team = [str(one) for one in found.team]
    line.doubts = [one.packed() for one in found.doubts]
    line.is_open = any(one.doubt in BLOCKING for one in found.doubts)
