"""What may be asked of the places; these are public facts and need no actor."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.remembering import Remembered
from raquan.kernel.text import fold, sort_key
from raquan.places import rules
from raquan.places.models import Border, Succession, Unit, UnitQuerySet
from raquan.places.rules import LEVEL_ORDER, Level, Part

MOST_HITS = 50
_MOST_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as everybody may see it; `full_name` has its type in front (huyện Cư M’gar)."""

    id: UUID
    code: str
    name: str
    full_name: str
    level: Level
    type: str
    valid_from: date
    valid_to: date | None
    parent_code: str
    lat: Decimal | None
    lon: Decimal | None


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """The unit at the other end of a change; `share` is the part of the people, None when unknown."""

    unit: UnitView
    is_default: bool
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that search found, with the name of the unit above it: many communes share a name."""

    unit: UnitView
    parent_name: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What search found for a text, as on a day."""

    text: str
    on: date
    hits: tuple[UnitHit, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's page: the units above it from the top, those below it, and its past and future."""

    unit: UnitView
    on: date
    above: tuple[UnitView, ...]
    below: Page[UnitView]
    became: tuple[SuccessionView, ...]
    came_from: tuple[SuccessionView, ...]


def unit_on(code: str, on: date) -> UnitView | None:
    """Find the unit that bore a code on a day."""
    return units_by_codes([code], on).get(code)


def units_on(
    on: date,
    *,
    level: Level | None = None,
    parent_code: str | None = None,
    within: str | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[UnitView]:
    """List the units in force on a day by name: of a level, directly below a unit, or anywhere within one."""
    found = _narrow(Unit.objects.in_force(on), on, level, within)
    if parent_code is not None:
        found = found.filter(parent_code=parent_code)
    return _page(found, page, size)


def all_units() -> UnitQuerySet:
    """Select every unit there is or was; public, for the index."""
    return Unit.objects.all()


def unit_names(codes: Collection[str], on: date) -> dict[str, str]:
    """Name the units that bore these codes on a day (xã Ea KPam); unknown codes are left out."""
    return {code: unit.full_name for code, unit in units_by_codes(codes, on).items()}


def names_on_days(codes: Collection[str], days: Collection[date]) -> dict[date, dict[str, str]]:
    """Name units as `unit_names` does, on each of several days."""
    book = _book()
    units = [unit for code in set(codes) for unit in book.get(code, ())]
    return {day: {unit.code: unit.full_name for unit in units if _holds(unit, day)} for day in set(days)}


def units_by_codes(codes: Collection[str], on: date) -> dict[str, UnitView]:
    """Give the units that bore these codes on a day; unknown codes are left out."""
    book = _book()
    return {code: unit for code in set(codes) for unit in book.get(code, ()) if _holds(unit, on)}


def path_on(code: str, on: date) -> tuple[str, ...]:
    """Give the codes from the province down to a unit, as on a day; () when there was none."""
    return tuple(unit.code for unit in _line(code, on))


def communes_within(codes: Collection[str], on: date) -> tuple[UnitView, ...]:
    """List the communes of a day within any of some units, by name."""
    wanted, book = set(codes), _book()
    units = (unit for borne in book.values() for unit in borne if unit.level is Level.COMMUNE and _holds(unit, on))
    found = [unit for unit in units if any(one.code in wanted for one in _line(unit.code, on, book))]
    return tuple(sorted(found, key=lambda unit: (sort_key(unit.name), unit.code)))


def former_communes(name: str, within: str, on: date) -> tuple[UnitView, ...]:
    """List the communes of a name (folded) that had ended by a day and lay below a unit, the latest first."""
    book = _book()
    ended = (
        unit
        for borne in book.values()
        for unit in borne
        if unit.level is Level.COMMUNE and unit.valid_to is not None and unit.valid_to < on and fold(unit.name) == name
    )
    found = [unit for unit in ended if any(one.code == within for one in _line(unit.code, unit.valid_from, book))]
    return tuple(sorted(found, key=lambda unit: (unit.valid_from, unit.code), reverse=True))


Rings = tuple[tuple[tuple[float, float], ...], ...]
"""Outlines, each a ring of longitudes and latitudes."""


def borders(within: str, on: date) -> Mapping[str, Rings]:
    """Give the borders of a day's communes below a unit by code, as far as they were loaded; one query or none."""
    kept = _borders.get("all", _read_borders, seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS) or {}
    if not kept:
        return {}
    return {unit.code: kept[unit.id] for unit in communes_within([within], on) if unit.id in kept}


_borders: Remembered[str, Mapping[UUID, Rings]] = Remembered(1)


def forget_borders() -> None:
    """Look the borders up again: they have changed."""
    _borders.forget()


def _read_borders() -> Mapping[UUID, Rings]:
    rows = Border.objects.values_list("unit_id", "rings")
    return {id_: tuple(tuple((x, y) for x, y in ring) for ring in rings) for id_, rings in rows}


def children_codes(code: str, on: date) -> tuple[str, ...]:
    """Give the codes directly below a unit on a day, in the order of their names."""
    below = Unit.objects.in_force(on).filter(parent_code=code)
    return tuple(below.order_by("sort_key", "code").values_list("code", flat=True))


def codes_within(code: str) -> frozenset[str]:
    """Give a code and all that ever lay below it, on whatever day."""
    book, found, above = _book(), {code}, {code}
    while above:
        above = {one for one, borne in book.items() if any(unit.parent_code in above for unit in borne)} - found
        found |= above
    return frozenset(found)


def search_units(
    text: str, *, on: date, level: Level | None = None, within: str | None = None, limit: int = 10
) -> tuple[UnitView, ...]:
    """Find units in force on a day by a name, with or without marks, or by a code.

    The very name comes first, then the same without marks, then names and words that begin so,
    then the rest; at most 50.
    """
    query = rules.query_words(text)
    if not query:
        return ()
    found = _narrow(Unit.objects.in_force(on), on, level, within)
    candidates = found.filter(Q(search_key__contains=query) | Q(code=query)).order_by("sort_key", "code")
    best = sorted(
        candidates[:_MOST_CANDIDATES],
        key=lambda u: (rules.rank(text, u.type, u.name, u.search_key), LEVEL_ORDER[Level(u.level)]),
    )
    return tuple(_view(unit) for unit in best[: min(limit, MOST_HITS)])


def search_page(
    text: str, *, on: date, level: Level | None = None, within: str | None = None, limit: int = 10
) -> SearchPage:
    """Search as `search_units` does, and name the unit above each hit. Two queries."""
    units = search_units(text, on=on, level=level, within=within, limit=limit)
    parents = unit_names({unit.parent_code for unit in units}, on) if units else {}
    hits = tuple(UnitHit(unit, parents.get(unit.parent_code, "")) for unit in units)
    return SearchPage(text, on, hits)


def successors(code: str, on: date) -> tuple[SuccessionView, ...]:
    """Say what the unit that bore a code on a day became next, the default first."""
    rows = Succession.objects.filter(from_unit__in=Unit.objects.in_force(on).filter(code=code))
    found = [SuccessionView(_view(r.to_unit), r.is_default, r.share) for r in rows.select_related("to_unit")]
    return tuple(sorted(found, key=_default_first))


def predecessors(code: str, on: date) -> tuple[SuccessionView, ...]:
    """Say what the unit that bore a code on a day came from: units whose records fall to it come first."""
    rows = Succession.objects.filter(to_unit__in=Unit.objects.in_force(on).filter(code=code))
    found = [SuccessionView(_view(r.from_unit), r.is_default, r.share) for r in rows.select_related("from_unit")]
    return tuple(sorted(found, key=_default_first))


def successors_at(code: str, on: date, at: date) -> tuple[SuccessionView, ...]:
    """Say where the unit that bore a code on a day is to be found on a later day, the default first.

    Follows all changes between; a unit still in force is its own successor. Three queries.
    """
    start = Unit.objects.in_force(on).filter(code=code).first()
    if start is None:
        return ()
    changes: dict[UUID, dict[UUID, Part]] = {}
    for row in Succession.objects.all():
        changes.setdefault(row.from_unit_id, {})[row.to_unit_id] = Part(row.is_default, row.share)
    wanted = {unit.id: unit for unit in Unit.objects.in_force(at)}
    ends = rules.follow(start.id, changes, frozenset(wanted))
    found = [SuccessionView(_view(wanted[id_]), part.is_default, part.share) for id_, part in ends.items()]
    return tuple(sorted(found, key=_default_first))


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where what was counted in a unit belongs on a later map: codes with their weights, which add up to 1.

    `is_split` where several units share it by the people that each took, `is_guessed` where those are not known and
    the default takes all.
    """

    weights: Mapping[str, Decimal]
    is_split: bool
    is_guessed: bool


def crosswalk(wanted: Collection[tuple[str, date]], at: date) -> dict[tuple[str, date], Crossing]:
    """Lead codes, each as on its day, to the map of a later day; unknown ones are left out. One query."""
    book = _book()
    ends = {unit.id: unit for units in book.values() for unit in units if _holds(unit, at)}
    changes: dict[UUID, dict[UUID, Part]] = {}
    for row in Succession.objects.all():
        changes.setdefault(row.from_unit_id, {})[row.to_unit_id] = Part(row.is_default, row.share)
    by_unit: dict[UUID, Crossing | None] = {}
    found: dict[tuple[str, date], Crossing] = {}
    for code, on in set(wanted):
        unit = next((one for one in book.get(code, ()) if _holds(one, on)), None)
        if unit is None:
            continue
        if unit.id not in by_unit:
            by_unit[unit.id] = _crossing(rules.follow(unit.id, changes, frozenset(ends)), ends)
        if crossing := by_unit[unit.id]:
            found[code, on] = crossing
    return found


def _crossing(parts: Mapping[UUID, Part], ends: Mapping[UUID, UnitView]) -> Crossing | None:
    weights = rules.weights(parts)
    if not weights:
        return None
    by_code = {ends[id_].code: weight for id_, weight in weights.items()}
    return Crossing(by_code, len(by_code) > 1, len(parts) > len(weights))


def unit_page(code: str, on: date, *, page: int = 1) -> UnitPage | None:
    """Collect a unit's page as on a day; None when no unit bore the code then."""
    line = _line(code, on)
    if not line:
        return None
    return UnitPage(
        unit=line[-1],
        on=on,
        above=tuple(line[:-1]),
        below=units_on(on, parent_code=code, page=page),
        became=successors(code, on),
        came_from=predecessors(code, on),
    )


def days_of(code: str) -> tuple[tuple[date, date | None], ...]:
    """Give the spans in which a code was borne by a unit, the last one first."""
    spans = Unit.objects.filter(code=code).order_by("-valid_from").values_list("valid_from", "valid_to")
    return tuple(spans)


def _narrow(units: UnitQuerySet, on: date, level: Level | None, within: str | None) -> UnitQuerySet:
    if level is not None:
        units = units.filter(level=level)
    return units if within is None else units.within(within, on)


def _page(units: UnitQuerySet, number: int, size: int) -> Page[UnitView]:
    cut = window(number, size)
    rows = units.order_by("sort_key", "code")[cut]
    items = tuple(_view(unit) for unit in rows)
    total = total_of(items, number, size, units.count)
    return Page(items, number=max(number, 1), size=cut.stop - cut.start, total=total)


Book = Mapping[str, tuple[UnitView, ...]]
_remembered: Remembered[str, Book] = Remembered(1)


def forget_units() -> None:
    """Look the units up again: they have changed."""
    _remembered.forget()


def _book() -> Book:
    """Give every unit there ever was by its code, in one query or none: a province has some hundreds."""
    found = _remembered.get("units", _read_book, seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS)
    return found or {}


def _read_book() -> Book:
    book: dict[str, list[UnitView]] = {}
    for row in Unit.objects.all():
        book.setdefault(row.code, []).append(_view(row))
    return {code: tuple(units) for code, units in book.items()}


def _holds(unit: UnitView, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or on <= unit.valid_to)


def _line(code: str, on: date, book: Book | None = None) -> list[UnitView]:
    """Give the unit that bears a code and the units above it, from the top."""
    book, line, above = _book() if book is None else book, list[UnitView](), code
    while above and len(line) < len(LEVEL_ORDER):
        unit = next((one for one in book.get(above, ()) if _holds(one, on)), None)
        if unit is None:
            break
        line.insert(0, unit)
        above = unit.parent_code
    return line


def _default_first(one: SuccessionView) -> tuple[bool, str, str]:
    return (not one.is_default, sort_key(one.unit.name), one.unit.code)


def _view(unit: Unit) -> UnitView:
    return UnitView(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        full_name=rules.full_name(unit.type, unit.name),
        level=Level(unit.level),
        type=unit.type,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        parent_code=unit.parent_code,
        lat=unit.lat,
        lon=unit.lon,
    )
