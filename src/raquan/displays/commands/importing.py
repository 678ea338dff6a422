"""Takes places from a list, row by row: what is refused stays on the page with why, what is there stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from raquan.displays.commands.sites import SiteKnown, SiteTold, add_display_site
from raquan.displays.models import DisplaySite
from raquan.displays.rules.importing import MOST_ROWS, RowState, SiteRow, read_claim, read_kind
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action
from raquan.places import queries as places


class TooManyRows(Refused):
    """A list is longer than one request takes."""

    code = "displays.too_many_rows"
    message = N_("Mỗi lần nhập nhiều nhất {most} dòng. Hãy chia tệp làm nhiều phần.")


class KindUnknown(Refused):
    """The words of a row name no kind of place."""

    code = "displays.kind_unknown"
    message = N_("Chưa rõ loại “{written}”. Hãy ghi một loại có trong trang thêm nơi.")


class ClaimUnknown(Refused):
    """The words of a row do not say whether the place must show."""

    code = "displays.claim_unknown"
    message = N_("Hãy ghi “bắt buộc” hoặc “mời”.")


class CommuneUnknown(Refused):
    """There is no commune of this name."""

    code = "displays.commune_unknown"
    message = N_("Không nhận ra xã, phường “{written}”.")


class UnitUnknown(Refused):
    """There is no unit of this name, or the officer has none or several and the row names none."""

    code = "displays.unit_unknown"
    message = N_("Không nhận ra đơn vị phụ trách “{written}”.")


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row from 1 on, what comes of it, and why it was refused; `told` and `unit_name` as they were understood."""

    number: int
    row: SiteRow
    state: RowState
    refusal: Refused | None = None
    told: SiteTold | None = None
    unit_id: UUID | None = None
    unit_name: str = ""
    site_id: UUID | None = None


def read_display_sites(*, by: Actor, now: datetime, rows: Sequence[SiteRow]) -> tuple[RowSeen, ...]:
    """Tell what would come of each row; nothing is written. Raises NotAllowed, TooManyRows."""
    understanding = _Understanding(by, now, rows)
    seen: list[RowSeen] = []
    for number, row in enumerate(rows, start=1):
        try:
            found = understanding.row(number, row)
        except Refused as refusal:
            seen.append(RowSeen(number, row, RowState.REFUSED, refusal))
        else:
            seen.append(understanding.beside_others(found))
    return tuple(seen)


def take_display_sites(*, by: Actor, now: datetime, rows: Sequence[SiteRow]) -> tuple[RowSeen, ...]:
    """Add the places of a list, each by itself; a row that is refused stops no other, the same list again adds nothing.

    Raises NotAllowed, TooManyRows.
    """
    return tuple(_take(by, now, one) for one in read_display_sites(by=by, now=now, rows=rows))


def _take(by: Actor, now: datetime, one: RowSeen) -> RowSeen:
    if one.state is not RowState.NEW or one.told is None or one.unit_id is None:
        return one
    try:
        made = add_display_site(by=by, now=now, organization_id=one.unit_id, told=one.told)
    except Refused as refusal:
        return RowSeen(one.number, one.row, RowState.REFUSED, refusal)
    return RowSeen(one.number, one.row, RowState.ADDED, None, one.told, one.unit_id, one.unit_name, made)


class _Understanding:
    """Reads rows against what there is: units, communes, places that stand already; a few queries for all rows."""

    def __init__(self, by: Actor, now: datetime, rows: Sequence[SiteRow]) -> None:
        people.check(by, Action.DISPLAY_MANAGE)
        if len(rows) > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        self._own = dict(people_queries.choices_of_organizations(by, Action.DISPLAY_MANAGE))
        written = list({row.unit for row in rows if row.unit})
        found = people_queries.match_organizations(written) if written else []
        self._units = {one: match.organization_id for one, match in zip(written, found, strict=True) if match}
        standing = DisplaySite.objects.filter(name__in={row.name for row in rows}, ended_on__isnull=True)
        self._standing: dict[tuple[UUID, str], tuple[UUID | None, Mapping[str, object]]] = {
            (one.organization_id, one.name): (one.id, vars(one)) for one in standing
        }
        self._commune = lru_cache(maxsize=MOST_ROWS)(lambda name: _commune(name, now))

    def row(self, number: int, row: SiteRow) -> RowSeen:
        """Understand a row. Raises its first refusal."""
        kind = read_kind(row.kind)
        if kind is None:
            raise KindUnknown(written=row.kind)
        claim = read_claim(row.claim, kind)
        if claim is None:
            raise ClaimUnknown()
        address = ", ".join(part for part in (row.address, self._commune(row.commune)) if part)
        told = SiteTold(row.name, kind, claim, address, row.page_url)
        told.values()
        unit_id = self._unit(row.unit)
        return RowSeen(number, row, RowState.NEW, None, told, unit_id, self._own[str(unit_id)])

    def beside_others(self, found: RowSeen) -> RowSeen:
        """Hold a row against the places that stand, and against the rows before it."""
        assert found.told is not None and found.unit_id is not None  # noqa: S101, PT018 - understood
        values = found.told.values()
        key = (found.unit_id, values["name"])
        site_id, standing = self._standing.setdefault(key, (None, {}))
        if not standing:
            self._standing[key] = (None, values)
            return found
        if any(standing[name] != value for name, value in values.items()):
            return RowSeen(found.number, found.row, RowState.REFUSED, SiteKnown())
        more = (found.told, found.unit_id, found.unit_name, site_id)
        return RowSeen(found.number, found.row, RowState.KNOWN, None, *more)

    def _unit(self, written: str) -> UUID:
        if not written and len(self._own) == 1:
            return UUID(next(iter(self._own)))
        found = self._units.get(written)
        if found is None:
            raise UnitUnknown(written=written)
        if str(found) not in self._own:
            raise NotAllowed()
        return found


def _commune(written: str, now: datetime) -> str:
    """Give a commune's name with its type in front; "" where none is written. Raises CommuneUnknown."""
    if not written:
        return ""
    found = places.search_units(written, on=local_date(now), limit=1)
    if not found:
        raise CommuneUnknown(written=written)
    return found[0].full_name
