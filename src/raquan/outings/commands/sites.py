"""Adds, corrects and ends the places where people can be met."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.outings.models import Outing, Site, SiteHold
from raquan.outings.queries.planning import may_correct
from raquan.outings.rules import SiteKind, path_codes, path_text
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.places import queries as places


class NameMissing(Refused):
    """A site without a name cannot be found by anybody."""

    code = "site.name_missing"
    message = N_("Hãy ghi tên địa điểm.")


class PlaceUnknown(NotFound):
    """No unit of that code stood on that day."""

    code = "site.place_unknown"
    message = N_("Không có đơn vị hành chính mã {place_code} vào ngày này.")
    status = 422


class CoordinatesWrong(Refused):
    """Latitude and longitude come together and lie on the globe."""

    code = "site.coordinates"
    message = N_("Tọa độ phải có đủ vĩ độ (từ -90 đến 90) và kinh độ (từ -180 đến 180).")


class SiteDiffers(Conflict):
    """A site of that name in that place is known as something else."""

    code = "site.differs"
    message = N_("Địa điểm “{name}” đã có ở đây với loại khác. Hãy chọn địa điểm đã có hoặc đặt tên khác.")


class SiteNameTaken(Conflict):
    """Another site there has this name."""

    code = "site.name_taken"
    message = N_("Ở đây đã có địa điểm khác tên “{name}”.")


class SiteEnded(Refused):
    """Nobody can be met at the site any more on that day."""

    code = "outing.site_ended"
    message = N_("Địa điểm “{name}” chỉ dùng đến hết ngày {ended_on}. Hãy chọn địa điểm khác.")


class SiteReasonMissing(Refused):
    """Who ends a site says why."""

    code = "site.reason_missing"
    message = N_("Hãy ghi lý do ngừng dùng địa điểm.")


class SiteInUse(Refused):
    """Outings are still to be held there."""

    code = "site.in_use"
    message = N_("Sau ngày {on} còn buổi ra quân ở đây: {codes}. Hãy hủy các buổi đó trước.")


class SiteHasDesk(Refused):
    """A help desk is still open there."""

    code = "site.has_desk"
    message = N_("Sau ngày {on} điểm hỗ trợ ở đây vẫn mở. Hãy cho điểm hỗ trợ ngừng trước.")


class SiteEndedOtherwise(Conflict):
    """The site has ended, on another day."""

    code = "site.ended_otherwise"
    message = N_("Địa điểm “{name}” đã ngừng dùng từ sau ngày {ended_on}.")


def add_site(
    *,
    by: Actor,
    now: datetime,
    name: str,
    kind: str,
    place_code: str,
    address: str = "",
    lat: float | None = None,
    lon: float | None = None,
) -> UUID:
    """Add a site in a unit that stands now; the same name there again is the same site.

    Raises NameMissing, PlaceUnknown, CoordinatesWrong (degrees, WGS 84), SiteDiffers.
    """
    today = clock.local_date(now)
    codes = places.path_on(place_code, today)
    people.check(by, Action.OUTING_PLAN, place_path=codes)
    said = normalize(name)
    if not said:
        raise NameMissing()
    place = places.unit_on(place_code, today)
    if place is None:
        raise PlaceUnknown(place_code=place_code)
    if not _whole(lat, lon):
        raise CoordinatesWrong()
    site = Site(
        name=said,
        kind=SiteKind(kind).value,
        place_id=place.id,
        place_code=place_code,
        place_path=path_text(codes),
        address=normalize(address),
        lat=lat,
        lon=lon,
        sort_key=sort_key(said)[:600],
    )
    try:
        with transaction.atomic():
            return _known(site) or _insert(by, site)
    except IntegrityError:  # somebody added it at the same moment
        found = _known(site)
        if found is None:
            raise
        return found


def correct_site(
    *,
    by: Actor,
    now: datetime,
    site_id: UUID,
    name: str,
    kind: str,
    address: str = "",
    lat: float | None = None,
    lon: float | None = None,
) -> None:
    """Write a site as it truly is; outings of the past show it so too, and what it was stays in the history.

    The same again does nothing. Raises NotFound, NameMissing, CoordinatesWrong, SiteNameTaken.
    """
    site = _load(by, site_id)
    said = normalize(name)
    if not said:
        raise NameMissing()
    if not _whole(lat, lon):
        raise CoordinatesWrong()
    true = {"name": said, "kind": SiteKind(kind).value, "address": normalize(address), "lat": lat, "lon": lon}
    before = {field: getattr(site, field) for field in true}
    changed = {field: value for field, value in true.items() if before[field] != value}
    if not changed:
        return
    try:
        with transaction.atomic():
            Site.objects.filter(id=site.id).update(**true, sort_key=sort_key(said)[:600])
            detail = {"before": {field: before[field] for field in changed}, "after": changed}
            ledger.record(by=by, verb="correct_site", subject="outings.Site", subject_id=site.id, detail=detail)
    except IntegrityError as error:
        raise SiteNameTaken(name=said) from error


def end_site(*, by: Actor, now: datetime, site_id: UUID, on: date, reason: str) -> None:
    """Say that nobody can be met there after a day; its past stays. The same again does nothing.

    Raises NotFound, SiteReasonMissing, SiteInUse while outings are planned there for later days, SiteHasDesk,
    SiteEndedOtherwise.
    """
    site = _load(by, site_id)
    said = normalize(reason)[:300]
    if not said:
        raise SiteReasonMissing()
    later = Outing.objects.alive().filter(site=site, held_on__gt=on).order_by("held_on", "code")
    codes = list(later.values_list("code", flat=True)[:5])
    if codes:
        raise SiteInUse(on=format_date(on), codes=", ".join(codes))
    with transaction.atomic():
        standing = Site.objects.filter(id=site.id, ended_on__isnull=True)
        if standing.update(ended_on=on, end_reason=said):
            # Asked after the write: whoever holds the site at the same moment has waited for it, or is seen here.
            if site.holds.filter(Q(until__isnull=True) | Q(until__gt=on)).exists():
                raise SiteHasDesk(on=format_date(on))
            detail = {"on": on.isoformat(), "reason": said}
            ledger.record(by=by, verb="end_site", subject="outings.Site", subject_id=site.id, detail=detail)
            return
    site.refresh_from_db()
    if site.ended_on is not None and site.ended_on != on:
        raise SiteEndedOtherwise(name=site.name, ended_on=format_date(site.ended_on))


def hold_site(*, by: Actor, now: datetime, site_id: UUID, holder_id: UUID, until: date | None) -> None:
    """Note that something of a room above needs a site until a day; None is until further notice. The last word holds.

    For the commands of that room, in their transaction and after their check of who may; it is on record there.
    Raises SiteEnded when the site has ended before.
    """
    Site.objects.filter(id=site_id).update(kind=F("kind"))  # who ends the site waits until the commit
    SiteHold.objects.update_or_create(holder_id=holder_id, defaults={"site_id": site_id, "until": until})
    site = Site.objects.get(id=site_id)
    if site.ended_on is not None and (until is None or until > site.ended_on):
        raise SiteEnded(name=site.name, ended_on=format_date(site.ended_on))


def _load(by: Actor, site_id: UUID) -> Site:
    site = Site.objects.filter(id=site_id).first()
    if site is None:
        raise NotFound()
    if not may_correct(by, path_codes(site.place_path)):
        raise NotAllowed()
    return site


def _whole(lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None:
        return lat is None and lon is None
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _known(site: Site) -> UUID | None:
    found = Site.objects.filter(name=site.name, place_id=site.place_id, ended_on__isnull=True).first()
    if found is not None and found.kind != site.kind:
        raise SiteDiffers(name=site.name)
    return found.id if found is not None else None


def _insert(by: Actor, site: Site) -> UUID:
    site.save(force_insert=True)
    detail = {"name": site.name, "kind": site.kind, "place_code": site.place_code}
    ledger.record(by=by, verb="add_site", subject="outings.Site", subject_id=site.id, detail=detail)
    return site.id
