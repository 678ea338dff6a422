"""Sets help desks up, changes their hours and ends them."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from raquan.helpdesks.commands.loading import DeskEndsBeforeStart, DeskReasonMissing, hold_desk, load_desk
from raquan.helpdesks.models import HelpDesk, HelpDeskService, OpeningHours
from raquan.helpdesks.rules import Span, clashes
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.outings import queries as outings
from raquan.outings.commands import (
    LanguageUnknown,
    OrganizationUnknown,
    PlaceUnknown,
    SiteUnknown,
    hold_site,
    refuse_wrong_services,
)
from raquan.outings.rules import (
    DESK_CODE_LENGTH,
    LANGUAGE_NAMES,
    free_code,
    is_desk_code,
    naming_code,
    path_codes,
    path_text,
    read_code,
)
from raquan.people import commands as people
from raquan.people import queries as persons
from raquan.people.rules import Action
from raquan.places import queries as places


class HoursMissing(Refused):
    """A desk is open some time in the week."""

    code = "help_desk.hours_missing"
    message = N_("Hãy ghi giờ mở cửa của ít nhất một ngày trong tuần.")


class HoursClash(Refused):
    """Hours end before they begin, or run into each other."""

    code = "help_desk.hours_clash"
    message = N_("Giờ đóng phải sau giờ mở, và các khoảng giờ trong một ngày không được chồng lên nhau.")


class DeskDiffers(Conflict):
    """The unit's desk at this site from this day on is known as something else."""

    code = "help_desk.differs"
    message = N_("Đơn vị đã có điểm hỗ trợ ở địa điểm này từ ngày {valid_from} với nội dung khác.")


class DeskEndedOtherwise(Conflict):
    """The desk has ended on another day."""

    code = "help_desk.ended_otherwise"
    message = N_("Điểm hỗ trợ đã ngừng từ sau ngày {valid_to}.")


class DeskCodeWrong(Refused):
    """A desk's code has three letters and five signs: an outing's has four, and they must not meet."""

    code = "help_desk.code_wrong"
    message = N_("Mã {code} không có dạng mã của điểm hỗ trợ, ví dụ CMG-7K2QA.")


class DeskCodeTaken(Conflict):
    """Another desk has this code."""

    code = "help_desk.code_taken"
    message = N_("Mã {code} đã dùng cho điểm hỗ trợ khác.")


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
    code: str | None = None,
) -> UUID:
    """Set a desk up and give its id; the same again is the same desk, other content for its first day DeskDiffers.

    `capacity` is people a day; `code` is made at random unless given. Raises a refusal of this module or of
    planning for each thing that is wrong.
    """
    site = outings.site_on(site_id, valid_from)
    codes = site.place_path if site is not None else ()
    people.check(by, Action.OUTING_PLAN, organization_id=organization_id, place_path=codes)
    if site is None:
        raise SiteUnknown()
    if not codes:
        raise PlaceUnknown(place_code=site.place_code)
    services, spans = tuple(dict.fromkeys(service_codes)), tuple(sorted(set(hours)))
    desk = HelpDesk(
        code=read_code(code) if code else "",
        organization_id=organization_id,
        site_id=site_id,
        place_path=path_text(codes),
        language=language,
        capacity=capacity,
        valid_from=valid_from,
        valid_to=valid_to,
        set_up_at=now,
    )
    said = (organization_id, site_id, services, spans, valid_from, valid_to, language, capacity, desk.code)
    digest = hashlib.sha256(repr(said).encode()).hexdigest()

    def do() -> dict[str, str]:
        found = _standing(desk, services, spans)
        if found is None:
            _refuse_wrong(desk, services, spans)
        return {"desk_id": str(found or _insert(by, now, desk, services, spans))}

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
        desk = load_desk(by, desk_id)
        _refuse_wrong_hours(spans)
        hold_desk(desk)
        before = _spans(desk)
        if before == spans:
            return
        _standing_hours(desk).update(ended_at=now)
        _insert_hours(desk, spans, begun_at=now)
        detail = {"before": _written(before), "after": _written(spans)}
        ledger.record(by=by, verb="change_hours", subject="helpdesks.HelpDesk", subject_id=desk.id, detail=detail)


def end_help_desk(*, by: Actor, now: datetime, desk_id: UUID, on: date, reason: str) -> None:
    """Say that a day is the desk's last; the same again does nothing.

    A desk that was to end later may end sooner. Raises NotFound, DeskReasonMissing, DeskEndsBeforeStart,
    DeskEndedOtherwise.
    """
    desk = load_desk(by, desk_id)
    said = normalize(reason)[:300]
    if not said:
        raise DeskReasonMissing()
    if on < desk.valid_from:
        raise DeskEndsBeforeStart(valid_from=format_date(desk.valid_from), valid_to=format_date(on))
    with transaction.atomic():
        if HelpDesk.objects.filter(id=desk.id, end_reason="").update(valid_to=on, end_reason=said):
            hold_site(by=by, now=now, site_id=desk.site_id, holder_id=desk.id, until=on)
            detail = {"on": on.isoformat(), "reason": said}
            ledger.record(by=by, verb="end_help_desk", subject="helpdesks.HelpDesk", subject_id=desk.id, detail=detail)
            return
    desk.refresh_from_db()
    if desk.valid_to is not None and desk.valid_to != on:
        raise DeskEndedOtherwise(valid_to=format_date(desk.valid_to))


def _refuse_wrong(desk: HelpDesk, services: Sequence[str], spans: Sequence[Span]) -> None:
    if persons.organization(desk.organization_id) is None:
        raise OrganizationUnknown()
    if desk.valid_to is not None and desk.valid_to < desk.valid_from:
        raise DeskEndsBeforeStart(valid_from=format_date(desk.valid_from), valid_to=format_date(desk.valid_to))
    if desk.code and not is_desk_code(desk.code):
        raise DeskCodeWrong(code=desk.code)
    if HelpDesk.objects.filter(code=desk.code).exists():
        raise DeskCodeTaken(code=desk.code)
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


def _insert(by: Actor, now: datetime, desk: HelpDesk, services: Sequence[str], spans: Sequence[Span]) -> UUID:
    desk.code = desk.code or _free_code(desk)
    desk.save(force_insert=True)
    hold_site(by=by, now=now, site_id=desk.site_id, holder_id=desk.id, until=desk.valid_to)
    HelpDeskService.objects.bulk_create(
        HelpDeskService(desk=desk, service_code=one, position=position) for position, one in enumerate(services)
    )
    _insert_hours(desk, spans)
    detail = {
        "code": desk.code,
        "site_id": str(desk.site_id),
        "valid_from": desk.valid_from.isoformat(),
        "hours": _written(spans),
    }
    ledger.record(by=by, verb="set_up_help_desk", subject="helpdesks.HelpDesk", subject_id=desk.id, detail=detail)
    return desk.id


def _free_code(desk: HelpDesk) -> str:
    """Make a code that no desk has, with the letters that the outings of the same place have."""
    unit = places.unit_on(naming_code(path_codes(desk.place_path)), desk.valid_from)
    name = unit.name if unit is not None else ""
    taken = HelpDesk.objects.all()
    return free_code(name, secrets.choice, lambda code: taken.filter(code=code).exists(), length=DESK_CODE_LENGTH)


def _insert_hours(desk: HelpDesk, spans: Sequence[Span], begun_at: datetime | None = None) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(desk=desk, weekday=one.weekday, opens_at=one.opens_at, closes_at=one.closes_at, begun_at=begun_at)
        for one in spans
    )


def _standing_hours(desk: HelpDesk) -> QuerySet[OpeningHours]:
    return OpeningHours.objects.filter(desk=desk, ended_at__isnull=True)


def _spans(desk: HelpDesk) -> tuple[Span, ...]:
    return tuple(sorted(Span(one.weekday, one.opens_at, one.closes_at) for one in _standing_hours(desk)))


def _written(spans: Sequence[Span]) -> list[str]:
    return [f"{one.weekday} {one.opens_at:%H:%M}-{one.closes_at:%H:%M}" for one in spans]
