"""Sets help desks up, changes their hours, closes them for days and ends them."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.outings.commands.planning import (
    LanguageUnknown,
    OrganizationUnknown,
    SiteEnded,
    SiteUnknown,
    refuse_wrong_services,
    site_path,
)
from raquan.outings.commands.sites import PlaceUnknown
from raquan.outings.models import Closure, HelpDesk, HelpDeskService, OpeningHours, Site
from raquan.outings.rules import LANGUAGE_NAMES, Span, clashes, path_codes, path_text
from raquan.people import commands as people
from raquan.people import queries as persons
from raquan.people.rules import Action


class HoursMissing(Refused):
    """A desk is open some time in the week."""

    code = "help_desk.hours_missing"
    message = N_("Hãy ghi giờ mở cửa của ít nhất một ngày trong tuần.")


class HoursClash(Refused):
    """Hours end before they begin, or run into each other."""

    code = "help_desk.hours_clash"
    message = N_("Giờ đóng phải sau giờ mở, và các khoảng giờ trong một ngày không được chồng lên nhau.")


class DeskEndsBeforeStart(Refused):
    """The last day would come before the first."""

    code = "help_desk.ends_before_start"
    message = N_("Ngày cuối ({valid_to}) phải từ ngày đầu ({valid_from}) trở đi.")


class DeskDiffers(Conflict):
    """The unit's desk at this site from this day on is known as something else."""

    code = "help_desk.differs"
    message = N_("Đơn vị đã có điểm hỗ trợ ở địa điểm này từ ngày {valid_from} với nội dung khác.")


class DeskEndedOtherwise(Conflict):
    """The desk has ended on another day."""

    code = "help_desk.ended_otherwise"
    message = N_("Điểm hỗ trợ đã ngừng từ sau ngày {valid_to}.")


class DeskReasonMissing(Refused):
    """Who closes a desk says why: the public reads it."""

    code = "help_desk.reason_missing"
    message = N_("Hãy ghi lý do; người dân sẽ đọc được.")


def set_up_help_desk(
    *,
    by: Actor,
    now: datetime,
    request_id: UUID | None = None,
    organization_id: UUID,
    site_id: UUID,
    service_codes: Sequence[str],
    hours: Sequence[Span],
    valid_from: date,
    valid_to: date | None = None,
    language: str = "vi",
    capacity: int | None = None,
) -> UUID:
    """Set a desk up and give its id; the same again is the same desk, other content for its first day DeskDiffers.

    `capacity` is people a day. Raises a refusal of this module or of planning for each thing that is wrong.
    """
    site = Site.objects.filter(id=site_id).first()
    codes = site_path(site, valid_from) if site is not None else ()
    people.check(by, Action.OUTING_PLAN, organization_id=organization_id, place_path=codes)
    if site is None:
        raise SiteUnknown()
    if not codes:
        raise PlaceUnknown(place_code=site.place_code)
    services, spans = tuple(dict.fromkeys(service_codes)), tuple(sorted(set(hours)))
    desk = HelpDesk(
        organization_id=organization_id,
        site=site,
        place_path=path_text(codes),
        language=language,
        capacity=capacity,
        valid_from=valid_from,
        valid_to=valid_to,
        set_up_at=now,
    )
    said = (organization_id, site_id, services, spans, valid_from, valid_to, language, capacity)
    digest = hashlib.sha256(repr(said).encode()).hexdigest()

    def do() -> dict[str, str]:
        found = _standing(desk, services, spans)
        if found is None:
            _refuse_wrong(desk, services, spans)
        return {"desk_id": str(found or _insert(by, desk, services, spans))}

    try:
        with transaction.atomic():
            answer = ledger.once(request_id=request_id, by=by, digest=digest, do=do)
    except IntegrityError:  # somebody set it up at the same moment
        found = _standing(desk, services, spans)
        if found is None:
            raise
        return found
    return UUID(answer["desk_id"])


def change_hours(*, by: Actor, now: datetime, desk_id: UUID, hours: Sequence[Span]) -> None:
    """Give a desk other hours from now on; what they were stays in the history. The same again does nothing.

    Raises NotFound, HoursMissing, HoursClash.
    """
    spans = tuple(sorted(set(hours)))
    with transaction.atomic():
        desk = _load(by, desk_id)
        _refuse_wrong_hours(spans)
        HelpDesk.objects.filter(id=desk.id).update(set_up_at=F("set_up_at"))  # others wait until the commit
        before = _spans(desk)
        if before == spans:
            return
        desk.hours.all().delete()
        _insert_hours(desk, spans)
        detail = {"before": _written(before), "after": _written(spans)}
        ledger.record(by=by, verb="change_hours", subject="outings.HelpDesk", subject_id=desk.id, detail=detail)


def close_days(
    *, by: Actor, now: datetime, first_on: date, last_on: date, reason: str, desk_id: UUID | None = None
) -> UUID:
    """Close a desk, or without one every desk, for some days, both ends included; the same again changes nothing.

    Raises NotFound, DeskReasonMissing, DeskEndsBeforeStart; for every desk NotAllowed to who plans not everywhere.
    """
    if desk_id is None:
        people.check_whole(by, Action.OUTING_PLAN, on=first_on)
    else:
        _load(by, desk_id)
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
                    by=by, verb="close_days", subject="outings.HelpDesk", subject_id=subject_id, detail=detail
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
        _load(by, closure.desk_id)
    with transaction.atomic():
        if Closure.objects.filter(id=closure_id, withdrawn_at__isnull=True).update(withdrawn_at=now):
            subject_id = closure.desk_id or closure.id
            detail = {"closure_id": str(closure_id)}
            ledger.record(by=by, verb="reopen_days", subject="outings.HelpDesk", subject_id=subject_id, detail=detail)


def end_help_desk(*, by: Actor, now: datetime, desk_id: UUID, on: date, reason: str) -> None:
    """Say that a day is the desk's last; the same again does nothing.

    A desk that was to end later may end sooner. Raises NotFound, DeskReasonMissing, DeskEndsBeforeStart,
    DeskEndedOtherwise.
    """
    desk = _load(by, desk_id)
    said = normalize(reason)[:300]
    if not said:
        raise DeskReasonMissing()
    if on < desk.valid_from:
        raise DeskEndsBeforeStart(valid_from=format_date(desk.valid_from), valid_to=format_date(on))
    with transaction.atomic():
        if HelpDesk.objects.filter(id=desk.id, end_reason="").update(valid_to=on, end_reason=said):
            detail = {"on": on.isoformat(), "reason": said}
            ledger.record(by=by, verb="end_help_desk", subject="outings.HelpDesk", subject_id=desk.id, detail=detail)
            return
    desk.refresh_from_db()
    if desk.valid_to is not None and desk.valid_to != on:
        raise DeskEndedOtherwise(valid_to=format_date(desk.valid_to))


def _load(by: Actor, desk_id: UUID) -> HelpDesk:
    desk = HelpDesk.objects.filter(id=desk_id).first()
    if desk is None:
        raise NotFound()
    place = path_codes(desk.place_path)
    people.check(by, Action.OUTING_PLAN, organization_id=desk.organization_id, place_path=place)
    return desk


def _refuse_wrong(desk: HelpDesk, services: Sequence[str], spans: Sequence[Span]) -> None:
    if persons.organization(desk.organization_id) is None:
        raise OrganizationUnknown()
    if desk.valid_to is not None and desk.valid_to < desk.valid_from:
        raise DeskEndsBeforeStart(valid_from=format_date(desk.valid_from), valid_to=format_date(desk.valid_to))
    ended = desk.site.ended_on
    if ended is not None and (desk.valid_to is None or desk.valid_to > ended):
        raise SiteEnded(name=desk.site.name, ended_on=format_date(ended))
    if desk.language not in LANGUAGE_NAMES:
        raise LanguageUnknown(language=desk.language)
    refuse_wrong_services(services, desk.valid_from)
    _refuse_wrong_hours(spans)


def _refuse_wrong_hours(spans: Sequence[Span]) -> None:
    if not spans:
        raise HoursMissing()
    if clashes(spans):
        raise HoursClash()


def _standing(desk: HelpDesk, services: tuple[str, ...], spans: tuple[Span, ...]) -> UUID | None:
    """Find the desk of the same unit, site and first day; raise DeskDiffers when it is another one."""
    found = HelpDesk.objects.filter(
        organization_id=desk.organization_id, site_id=desk.site_id, valid_from=desk.valid_from
    ).first()
    if found is None:
        return None
    same = (found.language, found.capacity, found.valid_to) == (desk.language, desk.capacity, desk.valid_to)
    known = set(found.services.values_list("service_code", flat=True))
    if not same or known != set(services) or _spans(found) != spans:
        raise DeskDiffers(valid_from=format_date(desk.valid_from))
    return found.id


def _insert(by: Actor, desk: HelpDesk, services: Sequence[str], spans: Sequence[Span]) -> UUID:
    desk.save(force_insert=True)
    HelpDeskService.objects.bulk_create(
        HelpDeskService(desk=desk, service_code=one, position=position) for position, one in enumerate(services)
    )
    _insert_hours(desk, spans)
    detail = {"site_id": str(desk.site_id), "valid_from": desk.valid_from.isoformat(), "hours": _written(spans)}
    ledger.record(by=by, verb="set_up_help_desk", subject="outings.HelpDesk", subject_id=desk.id, detail=detail)
    return desk.id


def _insert_hours(desk: HelpDesk, spans: Sequence[Span]) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(desk=desk, weekday=one.weekday, opens_at=one.opens_at, closes_at=one.closes_at) for one in spans
    )


def _spans(desk: HelpDesk) -> tuple[Span, ...]:
    return tuple(sorted(Span(one.weekday, one.opens_at, one.closes_at) for one in desk.hours.all()))


def _written(spans: Sequence[Span]) -> list[str]:
    return [f"{one.weekday} {one.opens_at:%H:%M}-{one.closes_at:%H:%M}" for one in spans]
