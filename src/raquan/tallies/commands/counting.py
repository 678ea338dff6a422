"""Turns what tally sheets say into facts, and counts them anew when their outing's records change."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from raquan.catalogue import queries as catalogue
from raquan.kernel.clock import VIETNAM
from raquan.outings import queries as outings
from raquan.outings.queries import OutingRef
from raquan.tallies.models import TallyCount, TallyEntry, TallyLine, TallySheet
from raquan.tallies.rules import TalliedSheet, Tally, TallyKey, TallyState, reconcile

MOST_SHEETS = 500
"""How many of the sheets that wait are counted at once."""

Cells = dict[TallyKey, int]
Recorded = Callable[[Collection[UUID]], Mapping[UUID, Tally]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sheet says now; nothing when it was withdrawn."""

    sheet: TallySheet
    cells: Cells
    recorded_too: bool
    is_synthetic: bool


def count_tally_sheets(*, outing_ids: Collection[UUID], recorded: Recorded, next_fact_seq: Callable[[], int]) -> int:
    """Count anew the sheets that wait, and those of outings whose records have changed; give how many waited.

    Whoever numbers facts calls it, in the transaction in which records became facts, so that no figure ever sees a
    person twice. `recorded` counts the records of some outings as a sheet's cells would; `next_fact_seq` gives the
    number that the next fact takes, once: from then on the caller's transaction has the turn.
    """
    waiting = TallySheet.objects.filter(is_pending=True).order_by("id").values_list("outing_id", flat=True)
    # A sheet that waits may wait for the next time; one whose records have changed would be forgotten.
    touched = {*waiting[:MOST_SHEETS], *outing_ids}
    # Sheets of one outing are reconciled together: what records cover of one sheet they do not cover of another.
    sheets = list(TallySheet.objects.filter(outing_id__in=touched, version__gt=0)) if touched else []
    if not sheets:
        return 0
    said = _read(sheets)
    _write(said, _reconciled(said, recorded), next_fact_seq)
    waited = [one for one in sheets if one.is_pending]
    for one in waited:
        seen = TallySheet.objects.filter(id=one.id, version=one.version, state=one.state)
        seen.update(is_pending=False)  # unless it was changed since it was read: then it waits on
    return len(waited)


def _write(said: Sequence[_Said], counted: Mapping[str, Cells], next_fact_seq: Callable[[], int]) -> None:
    sheets = [one.sheet for one in said]
    known = {(one.sheet_id, _key(one)): one for one in TallyCount.objects.filter(sheet__in=sheets)}
    cells = {(one.sheet.id, key): count for one in said for key, count in one.cells.items()}
    shapes: _Shapes | None = None
    fresh: list[TallyCount] = []
    next_seq = 0
    for one in said:
        keys = {*one.cells, *(key for sheet_id, key in known if sheet_id == one.sheet.id)}
        for key in sorted(keys):
            place = (one.sheet.id, key)
            now_said, quantity = cells.get(place, 0), counted.get(one.sheet.number, {}).get(key, 0)
            before = known.get(place)
            if before is not None and (before.said, before.quantity) == (now_said, quantity):
                continue
            next_seq = next_seq + 1 if next_seq else next_fact_seq()
            if before is not None:
                again = TallyCount.objects.filter(id=before.id)
                again.update(version=F("version") + 1, fact_seq=next_seq, said=now_said, quantity=quantity)
                continue
            shapes = shapes or _shapes(sheets)
            columns = shapes.columns(one, key)
            fresh.append(TallyCount(fact_seq=next_seq, version=1, said=now_said, quantity=quantity, **columns))
    TallyCount.objects.bulk_create(fresh)


def _read(sheets: Sequence[TallySheet]) -> list[_Said]:
    current = Q(sheet__in=sheets, version=F("sheet__version"))
    entries = {one.sheet_id: one for one in TallyEntry.objects.filter(current)}
    lines: dict[UUID, Cells] = {}
    for line in TallyLine.objects.filter(entry__in=[one.id for one in entries.values()]):
        lines.setdefault(line.entry_id, {})[_key(line)] = line.count
    found: list[_Said] = []
    for sheet in sheets:
        entry = entries[sheet.id]
        cells = lines[entry.id] if sheet.state == TallyState.ENTERED else {}
        found.append(_Said(sheet, cells, entry.recorded_too, entry.is_synthetic))
    return found


def _reconciled(said: Sequence[_Said], recorded: Recorded) -> dict[str, Cells]:
    by_outing: dict[UUID, list[_Said]] = {}
    for one in said:
        by_outing.setdefault(one.sheet.outing_id, []).append(one)
    records = recorded({id_ for id_, ones in by_outing.items() if any(one.recorded_too for one in ones)})
    counted: dict[str, Cells] = {}
    for outing_id, ones in by_outing.items():
        sheets = [TalliedSheet(one.sheet.number, one.cells, one.recorded_too) for one in ones]
        counted |= reconcile(sheets, records.get(outing_id, {}))
    return counted


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the columns of a fact are taken from, looked up once."""

    outings: Mapping[str, OutingRef]
    groups: Mapping[str, str]
    stages: Mapping[tuple[str, str], str]

    def columns(self, said: _Said, key: TallyKey) -> dict[str, Any]:
        """Give the columns of a cell's fact: its outing says where and when."""
        outing = self.outings[said.sheet.outing_code]
        path, group = outing.place_path, self.groups.get(key.service, "")
        return {
            "sheet_id": said.sheet.id,
            "outing_id": outing.id,
            "campaign_id": outing.campaign_id,
            "organization_id": outing.organization_id,
            "province_code": path[0] if path else "",
            "district_code": path[1] if len(path) > 2 else "",
            "place_code": outing.place_code,
            "service_code": key.service,
            "group_code": group,
            "rung": key.rung,
            "stage": self.stages.get((group, key.rung), ""),
            "how": key.how,
            "occurred_on": outing.held_on,
            "occurred_at": datetime.combine(outing.held_on, outing.starts_at, VIETNAM),
            "is_synthetic": said.is_synthetic,
        }


def _shapes(sheets: Sequence[TallySheet]) -> _Shapes:
    return _Shapes(
        outings=outings.outings_by_codes({one.outing_code for one in sheets}),
        groups={one.code: one.group_code for one in catalogue.all_services()},
        stages={(group.code, rung.code): rung.stage for group in catalogue.groups() for rung in group.rungs},
    )


def _key(row: TallyLine | TallyCount) -> TallyKey:
    return TallyKey(row.service_code, row.rung, row.how)
