"""Loads administrative units: the only way in which they change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.kernel.text import sort_key
from raquan.ledger.commands import record_many
from raquan.places import gateways, rules
from raquan.places.models import Border, Succession, Unit
from raquan.places.queries import forget_borders, forget_units
from raquan.places.rules import ChangeRow, Level, UnitRow

UnitKey = tuple[str, date]


class UnitsUnsound(Refused):
    """The units and changes contradict each other, or what is loaded already."""

    code = "places.units_unsound"
    message = N_("Danh mục đơn vị hành chính có mâu thuẫn: {fault}.")


@dataclass(frozen=True, slots=True)
class LoadedUnits:
    """How many units a load added, changed, and found as they were."""

    added: int
    changed: int
    unchanged: int


def load_packaged_units(*, by: Actor, now: datetime) -> LoadedUnits:
    """Load the units that come with the project; does nothing when they are there already."""
    units, changes = gateways.read_packaged()
    return load_units(by=by, now=now, units=units, changes=changes)


def load_units(*, by: Actor, now: datetime, units: Sequence[UnitRow], changes: Sequence[ChangeRow]) -> LoadedUnits:
    """Make the stored units and their changes as given; units that are not given stay as they are.

    A unit is its code with its first day: the same again changes nothing, another content corrects
    it. The changes given replace all that begin at the units given. Only the system may do this.
    Raises UnitsUnsound.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed
    with transaction.atomic():
        stored = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
        _check(stored.values(), units, changes)
        wanted = {row.key: _to_model(row) for row in sorted(units, key=lambda row: row.key)}
        added = [unit for key, unit in wanted.items() if key not in stored]
        changed = [unit for key, unit in wanted.items() if key in stored and not _same(unit, stored[key])]
        if added or changed:
            Unit.objects.bulk_create(
                [*added, *changed],
                update_conflicts=True,
                unique_fields=["code", "valid_from"],
                update_fields=_CONTENT,
            )
        moved = _replace_changes(wanted.keys(), changes)
        forget_units()
        transaction.on_commit(forget_units)
        codes = sorted({unit.code for unit in [*added, *changed]} | moved)
        record_many(
            by=by,
            verb="load_units",
            subject="places.Unit",
            subject_ids=codes,
            detail={"added": len(added), "changed": len(changed), "on": now.isoformat()},
        )
    return LoadedUnits(len(added), len(changed), len(units) - len(added) - len(changed))


def load_borders(*, by: Actor, now: datetime, text: str, source: str, on: date) -> int:
    """Take the borders of a GeoJSON text for the units in force on a day, and give how many; others stay as they are.

    A feature names its unit by the property `code` (or its id). Only the system may do this. Raises BordersUnreadable.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed
    rings = gateways.read_borders(text)
    units = {one.code: one for one in Unit.objects.in_force(on).filter(code__in=rings)}
    found = [Border(unit=units[code], rings=outline, source=source) for code, outline in rings.items() if code in units]
    with transaction.atomic():
        Border.objects.bulk_create(
            found, update_conflicts=True, unique_fields=["unit"], update_fields=["rings", "source"]
        )
        detail = {"borders": len(found), "source": source, "on": now.isoformat()}
        record_many(by=by, verb="load_borders", subject="places.Unit", subject_ids=sorted(units), detail=detail)
        transaction.on_commit(forget_borders)
    return len(found)


_CONTENT = ["valid_to", "level", "type", "name", "parent_code", "lat", "lon", "sort_key", "search_key"]


def _check(stored: Iterable[Unit], units: Sequence[UnitRow], changes: Sequence[ChangeRow]) -> None:
    """Check what will be there afterwards: the units given and the stored ones that they do not replace."""
    given = {row.key for row in units}
    if len(given) != len(units):
        raise UnitsUnsound(fault="one unit stands twice")
    kept = [_to_row(unit) for unit in stored if (unit.code, unit.valid_from) not in given]
    fault = rules.find_fault([*units, *kept], changes)
    if fault is not None:
        raise UnitsUnsound(fault=fault)


def _to_row(unit: Unit) -> UnitRow:
    return UnitRow(
        unit.code,
        unit.valid_from,
        unit.valid_to,
        Level(unit.level),
        unit.type,
        unit.name,
        unit.parent_code,
        unit.lat,
        unit.lon,
    )


def _to_model(row: UnitRow) -> Unit:
    return Unit(
        code=row.code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        level=row.level.value,
        type=row.type,
        name=row.name,
        parent_code=row.parent_code,
        lat=row.lat,
        lon=row.lon,
        sort_key=sort_key(row.name),
        search_key=rules.search_key(row.type, row.name, row.aliases),
    )


def _same(a: Unit, b: Unit) -> bool:
    return all(getattr(a, field) == getattr(b, field) for field in _CONTENT)


def _replace_changes(keys: Iterable[UnitKey], changes: Sequence[ChangeRow]) -> set[str]:
    """Make the changes that begin at these units as given; give the codes where something moved."""
    ids = {(code, day): id_ for id_, code, day in Unit.objects.values_list("id", "code", "valid_from")}
    wanted = {(ids[c.from_key], ids[c.to_key]): c for c in changes}
    sources = {ids[key] for key in keys} | {from_id for from_id, _ in wanted}
    stale, found = [], set()
    for row in Succession.objects.filter(from_unit__in=sources):
        change = wanted.get((row.from_unit_id, row.to_unit_id))
        if change and (change.is_default, change.share) == (row.is_default, row.share):
            found.add((row.from_unit_id, row.to_unit_id))
        else:
            stale.append(row)
    # What is no more true goes first, so that a unit never has two defaults.
    Succession.objects.filter(id__in=[row.id for row in stale]).delete()
    missing = [
        Succession(from_unit_id=from_id, to_unit_id=to_id, is_default=change.is_default, share=change.share)
        for (from_id, to_id), change in wanted.items()
        if (from_id, to_id) not in found
    ]
    # Another load of the same file may run at this moment: what it has written is what we want.
    Succession.objects.bulk_create(missing, ignore_conflicts=True)
    code_of = {id_: code for (code, _), id_ in ids.items()}
    return {code_of[row.from_unit_id] for row in [*stale, *missing]}
