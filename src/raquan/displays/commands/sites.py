"""Places where something is shown: added by the unit that answers for them, changed, ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.displays.commands.running import Changed
from raquan.displays.models import DisplaySite
from raquan.displays.rules import INVITED_ONLY, Claim, SiteKind
from raquan.kernel.actor import Actor
from raquan.kernel.calling import is_plain_address
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

SUBJECT = "displays.DisplaySite"


class NameMissing(Refused):
    """A place has a name."""

    code = "displays.name_missing"
    message = N_("Hãy ghi tên nơi treo, nơi đăng.")


class AddressRefused(Refused):
    """A web page's address is http or https, without a name or password in it."""

    code = "displays.address_refused"
    message = N_("Hãy chép nguyên địa chỉ trang, bắt đầu bằng https:// hoặc http://.")


class SiteKnown(Conflict):
    """The unit has a place of this name already."""

    code = "displays.site_known"
    message = N_("Đơn vị đã có nơi tên này.")


@dataclass(frozen=True, slots=True)
class SiteTold:
    """What is told of a place; shops are invited whatever else is said."""

    name: str
    kind: SiteKind
    claim: Claim
    address: str = ""
    page_url: str = ""

    def values(self) -> dict[str, Any]:
        """Give it as it is stored. Raises NameMissing, AddressRefused."""
        name, url = normalize(self.name)[:200], self.page_url.strip()
        if not name:
            raise NameMissing()
        if url and not is_plain_address(url, longest=500):
            raise AddressRefused()
        return {
            "name": name,
            "sort_key": sort_key(name)[:400],
            "search_key": fold(name)[:400],
            "kind": self.kind.value,
            "claim": (Claim.INVITED if self.kind in INVITED_ONLY else self.claim).value,
            "address": normalize(self.address)[:300],
            "page_url": url,
        }


def add_display_site(*, by: Actor, now: datetime, organization_id: UUID, told: SiteTold) -> UUID:
    """Add a place that a unit answers for; the same again is the same place.

    Raises NotAllowed, NameMissing, AddressRefused, SiteKnown for other particulars under its name.
    """
    people.check_unit(by, Action.DISPLAY_MANAGE, organization_id)
    values = told.values()
    row = DisplaySite(organization_id=organization_id, next_check_at=now if values["page_url"] else None, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"name": row.name, "kind": row.kind, "claim": row.claim}
            ledger.record(by=by, verb="add_display_site", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:
        same = DisplaySite.objects.filter(organization_id=organization_id, name=row.name, ended_on__isnull=True).first()
        if same is None or any(getattr(same, name) != value for name, value in values.items()):
            raise SiteKnown() from None
        return same.id
    return row.id


def change_display_site(*, by: Actor, now: datetime, site_id: UUID, told: SiteTold, seen: int) -> None:
    """Change what is told of a place, from the edition that was seen; the same again does nothing.

    Raises NotFound, NotAllowed, NameMissing, AddressRefused, SiteKnown, Changed.
    """
    found, values = load_site(by, site_id), told.values()
    if found.edition == seen + 1 and all(getattr(found, name) == value for name, value in values.items()):
        return
    more: dict[str, Any] = {}
    if values["page_url"] != found.page_url:
        more = {"etag": "", "last_modified": "", "next_check_at": now if values["page_url"] else None}
    _write(found, seen, by=by, verb="change_display_site", **values, **more)


def end_display_site(*, by: Actor, now: datetime, site_id: UUID, on: date, reason: str, seen: int) -> None:
    """Say that a place is used no more, from a day, with why; its displays stay in the record.

    Raises NotFound, NotAllowed, NameMissing without a reason, Changed.
    """
    found, said = load_site(by, site_id), normalize(reason)[:300]
    if not said:
        raise NameMissing()
    if found.ended_on == on and found.end_reason == said:
        return
    _write(found, seen, by=by, verb="end_display_site", ended_on=on, end_reason=said, next_check_at=None)


def load_site(by: Actor, site_id: UUID) -> DisplaySite:
    """Give a place of a unit that the actor manages displays for. Raises NotFound, NotAllowed."""
    found = DisplaySite.objects.filter(id=site_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.DISPLAY_MANAGE, found.organization_id)
    return found


def _write(found: DisplaySite, seen: int, verb: str, *, by: Actor, **values: Any) -> None:
    try:
        with transaction.atomic():
            same = DisplaySite.objects.filter(id=found.id, edition=seen, ended_on__isnull=True)
            if not same.update(edition=seen + 1, **values):
                raise Changed()
            detail = {"name": values.get("name", found.name)}
            ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=found.id, detail=detail)
    except IntegrityError:
        raise SiteKnown() from None
