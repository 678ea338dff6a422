"""Tally sheets: an outing's, one with all that it said, what is printed, and the cells behind a figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import segno
from django.conf import settings
from django.db.models import F, Sum
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext

from raquan.catalogue import queries as catalogue
from raquan.catalogue.rules import HOW_NAMES, How
from raquan.files import queries as files
from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.kernel.refused import NotFound
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.outings.rules import State
from raquan.people.queries import covered
from raquan.people.rules import Action, may
from raquan.places import queries as places
from raquan.tallies.models import TallyCount, TallyEntry, TallyLine, TallySheet
from raquan.tallies.queries.layout import TallyRow, tally_rows
from raquan.tallies.rules import TALLY_SOURCE_NAMES, TALLY_STATE_NAMES, TallyKey, TallySource, TallyState


@dataclass(frozen=True, slots=True)
class TallyEntryView:
    """A version of what a sheet says; `photo` is an address that holds for some hours, "" without one."""

    version: int
    entered_at: datetime
    entered_by_name: str
    source: str
    source_name: str
    recorded_too: bool
    reason: str
    total: int
    photo: str


@dataclass(frozen=True, slots=True)
class TallySheetView:
    """A sheet with its boxes; `said` is what was ticked, `counted` what of it figures count.

    `entries` are its versions, the latest first; none while it is blank.
    """

    id: UUID
    number: str
    outing: OutingView
    state: str
    state_name: str
    issued_at: datetime
    withdraw_reason: str
    is_pending: bool
    rows: tuple[TallyRow, ...]
    said: Mapping[TallyKey, int]
    counted: Mapping[TallyKey, int]
    entries: tuple[TallyEntryView, ...]
    may_enter: bool
    may_withdraw: bool

    @property
    def version(self) -> int:
        """Give the version that holds, 0 while the sheet is blank."""
        return self.entries[0].version if self.entries else 0

    @property
    def total(self) -> int:
        """Count the people on the sheet."""
        return sum(self.said.values())

    @property
    def counted_total(self) -> int:
        """Count those of them that figures count."""
        return sum(self.counted.values())


@dataclass(frozen=True, slots=True)
class TallyListRow:
    """A sheet in the list of its outing's: how many people it says, and how many of them count."""

    number: str
    state: str
    state_name: str
    said: int
    counted: int
    is_pending: bool


@dataclass(frozen=True, slots=True)
class OutingTallies:
    """An outing's sheets in their order."""

    outing: OutingView
    sheets: tuple[TallyListRow, ...]
    may_issue: bool
    may_enter: bool

    @property
    def said(self) -> int:
        """Count the people on all sheets."""
        return sum(one.said for one in self.sheets)

    @property
    def counted(self) -> int:
        """Count those of them that figures count."""
        return sum(one.counted for one in self.sheets)


@dataclass(frozen=True, slots=True)
class TallyPrint:
    """A sheet as it is printed; the QR code leads to where it is entered."""

    number: str
    address: str
    qr_svg: str
    rows: tuple[TallyRow, ...]


@dataclass(frozen=True, slots=True)
class TalliedView:
    """A cell behind a figure: `quantity` people count of the `said` on the sheet."""

    id: UUID
    number: str
    outing_code: str
    occurred_on: date
    place_name: str
    service_name: str
    rung_name: str
    how_name: str
    said: int
    quantity: int


def tally_sheet(actor: Actor, number: str) -> TallySheetView:
    """Give a sheet; raises NotFound, or NotAllowed where the actor may not read its outing."""
    sheet = TallySheet.objects.filter(number=number).first()
    if sheet is None:
        raise NotFound()
    outing = outings.outing(actor, sheet.outing_id)
    entries = TallyEntry.objects.filter(sheet=sheet).order_by("-version")
    lines = TallyLine.objects.filter(entry__sheet=sheet, entry__version=sheet.version)
    counts = TallyCount.objects.filter(sheet=sheet, quantity__gt=0)
    alive = sheet.state != TallyState.WITHDRAWN
    return TallySheetView(
        id=sheet.id,
        number=sheet.number,
        outing=outing,
        state=sheet.state,
        state_name=gettext(TALLY_STATE_NAMES[TallyState(sheet.state)]),
        issued_at=sheet.issued_at,
        withdraw_reason=sheet.withdraw_reason,
        is_pending=sheet.is_pending,
        rows=tally_rows(sheet.service_codes, outing.held_on),
        said={TallyKey(one.service_code, one.rung, one.how): one.count for one in lines},
        counted={TallyKey(one.service_code, one.rung, one.how): one.quantity for one in counts},
        entries=tuple(_entry(number, one) for one in entries),
        may_enter=alive and _may(actor, Action.FORM_FILL, outing),
        may_withdraw=alive and _may(actor, Action.OUTING_RUN, outing),
    )


def outing_tallies(actor: Actor, outing_id: UUID) -> OutingTallies:
    """List an outing's sheets; raises NotFound, or NotAllowed where the actor may not read the outing."""
    outing = outings.outing(actor, outing_id)
    sheets = TallySheet.objects.filter(outing_id=outing_id).order_by("position")
    current = TallyEntry.objects.filter(sheet__outing_id=outing_id, version=F("sheet__version"))
    said = dict(current.values_list("sheet_id", "total"))
    counts = TallyCount.objects.filter(outing_id=outing_id).order_by().values_list("sheet_id")
    counted = dict(counts.annotate(n=Sum("quantity")))
    return OutingTallies(
        outing=outing,
        sheets=tuple(
            TallyListRow(
                number=one.number,
                state=one.state,
                state_name=gettext(TALLY_STATE_NAMES[TallyState(one.state)]),
                said=said.get(one.id, 0) if one.state == TallyState.ENTERED else 0,
                counted=counted.get(one.id, 0),
                is_pending=one.is_pending,
            )
            for one in sheets
        ),
        may_issue=outing.state != State.CANCELLED and _may(actor, Action.OUTING_RUN, outing),
        may_enter=_may(actor, Action.FORM_FILL, outing),
    )


def blank_sheets(actor: Actor, outing_id: UUID) -> tuple[OutingView, tuple[TallyPrint, ...]]:
    """Give an outing and its sheets that wait to be filled in, as they are printed."""
    outing = outings.outing(actor, outing_id)
    sheets = TallySheet.objects.filter(outing_id=outing_id, state=TallyState.ISSUED.value).order_by("position")
    return outing, tuple(
        _print(sheet, rows) for sheet in sheets for rows in [tally_rows(sheet.service_codes, outing.held_on)]
    )


def tallies_by_ids(actor: Actor, ids: Iterable[UUID | str]) -> list[TalliedView]:
    """Give the sheets' cells of some ids that the actor may read, latest first; at most 200."""
    found = TallyCount.objects.filter(covered(actor, Action.RECORD_READ), id__in=[str(one) for one in ids])
    rows = list(found.select_related("sheet").order_by("-occurred_at", "sheet__number", "id")[:200])
    if not rows:
        return []
    language = get_language() or "vi"
    services = catalogue.service_names({row.service_code for row in rows})
    rungs = {(group.code, rung.code): rung.name for group in catalogue.groups() for rung in group.rungs}
    units = places.unit_names({row.place_code for row in rows}, max(row.occurred_on for row in rows))

    def said(names: Mapping[str, str] | None, code: str) -> str:
        return in_language(names, language) if names else code

    return [
        TalliedView(
            id=row.id,
            number=row.sheet.number,
            outing_code=row.sheet.outing_code,
            occurred_on=row.occurred_on,
            place_name=units.get(row.place_code, row.place_code),
            service_name=said(services.get(row.service_code), row.service_code),
            rung_name=said(rungs.get((row.group_code, row.rung)), row.rung),
            how_name=gettext(HOW_NAMES[How(row.how)]),
            said=row.said,
            quantity=row.quantity,
        )
        for row in rows
    ]


def _entry(number: str, row: TallyEntry) -> TallyEntryView:
    return TallyEntryView(
        version=row.version,
        entered_at=row.entered_at,
        entered_by_name=row.entered_by_name,
        source=row.source,
        source_name=gettext(TALLY_SOURCE_NAMES[TallySource(row.source)]),
        recorded_too=row.recorded_too,
        reason=row.reason,
        total=row.total,
        photo=files.download_address(row.photo_sha256, name=f"{number}-v{row.version}") if row.photo_sha256 else "",
    )


def _print(sheet: TallySheet, rows: tuple[TallyRow, ...]) -> TallyPrint:
    with translation.override("vi"):  # the paper is read in any language's session
        address = settings.RAQUAN_PUBLIC_URL + reverse("tallies:sheet", kwargs={"number": sheet.number})
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(scale=4, border=2, dark="#000000", light="#ffffff", omitsize=True)
    return TallyPrint(number=sheet.number, address=address, qr_svg=svg, rows=rows)


def _may(actor: Actor, action: Action, outing: OutingView) -> bool:
    return may(actor, action, organization_id=outing.organization_id, place_path=outing.place_path)
