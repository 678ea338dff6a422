"""Says what a row means here: which commune, site, unit, people and services, and what stands in its way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from difflib import get_close_matches
from typing import TypeVar
from uuid import UUID

from raquan.calendars.rules import CellRead, Column, Doubt, OutingRead, place_parts, site_kind, swapped, topics_in
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.localized import in_language
from raquan.kernel.text import fold, same_name
from raquan.outings import queries as outings
from raquan.outings.queries import SiteView, SiteVisit
from raquan.people import queries as people
from raquan.people.rules import Action, Candidate, Matcher, may
from raquan.places import queries as places
from raquan.places.queries import UnitView

SURE_ENOUGH = 0.9
_CLOSE = 0.85
_LEAST_LETTERS = 8
Key = TypeVar("Key")
Value = TypeVar("Value")

_WHERE: Mapping[str, tuple[Column, ...]] = {
    "day": (Column.DAY, Column.TIME, Column.HOURS),
    "several": (Column.DAY, Column.TIME),
    "weekday": (Column.WEEKDAY, Column.DAY, Column.TIME),
    "hours": (Column.HOURS, Column.START, Column.TIME, Column.DAY),
    "end": (Column.END, Column.HOURS, Column.START, Column.TIME, Column.DAY),
    "place": (Column.PLACE, Column.SITE),
    "site": (Column.SITE, Column.PLACE),
    "unit": (Column.UNIT,),
    "leader": (Column.LEADER, Column.TEAM),
    "member": (Column.TEAM,),
    "service": (Column.SERVICES,),
    "services": (Column.SERVICES,),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A doubt about a row, the address of its cell ("" when it is about the whole row), and words of its own."""

    doubt: Doubt
    address: str = ""
    text: str = ""

    def packed(self) -> list[str]:
        """Give it as it is stored."""
        return [self.doubt.value, self.address, self.text]


@dataclass(slots=True)
class Understood:
    """What a row means here; None and "" where nothing was found."""

    held_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    place_code: str = ""
    site_id: UUID | None = None
    site_name: str = ""
    site_kind: str = ""
    organization_id: UUID | None = None
    team: list[UUID] = field(default_factory=list)
    service_codes: list[str] = field(default_factory=list)
    expected_people: int | None = None
    notes: str = ""
    doubts: list[Said] = field(default_factory=list)


class Understanding:
    """Looks rows of one calendar up; what was asked once is remembered for the rows after it."""

    def __init__(self, by: Actor, organization_id: UUID, province_code: str) -> None:
        self._by, self._own, self._province = by, organization_id, province_code
        self._units: dict[str, people.OrganizationMatch | None] = {}
        self._communes: dict[date, tuple[UnitView, ...]] = {}
        self._sites: dict[tuple[str, date], tuple[SiteView, ...]] = {}
        self._people: dict[tuple[UUID, date], tuple[tuple[str, str], ...]] = {}
        self._services: dict[date, _Services] = {}
        self._areas: dict[UUID, str] = {}

    def match_units(self, written: Iterable[str]) -> None:
        """Look many written units up at once."""
        new = sorted({one for one in written if one and one not in self._units})
        if new:
            self._units |= dict(zip(new, people.match_organizations(new), strict=True))

    def row(self, read: OutingRead, cells: Sequence[CellRead], fallback: date) -> Understood:
        """Understand one outing of a row; `fallback` is the day to look things up on when the row names none."""
        found = Understood(
            held_on=read.day,
            starts_at=read.hours.starts_at,
            ends_at=read.hours.ends_at,
            site_name=read.site[:200],
            expected_people=read.expected,
            notes=read.notes,
        )
        day = read.day or fallback
        self._unit(found, read)
        for doubt in read.doubts:
            _doubt(found, doubt, _swapped(read.day) if doubt is Doubt.DAY_SWAPPED else "")
        self._place(found, read, day)
        self._site(found, day)
        self._team(found, read, day)
        self._topics(found, read, day)
        self.judge_scope(found, day)
        found.doubts = [replace(one, address=_address(one.doubt, cells)) for one in found.doubts]
        return found

    def judge_scope(self, found: Understood, day: date) -> None:
        """Doubt what lies beyond the officer's duties: a unit or a place that they may not plan for."""
        path = places.path_on(found.place_code, day) if found.place_code else ()
        whose = found.organization_id
        if whose and not may(self._by, Action.OUTING_PLAN, organization_id=whose, place_path=path):
            _doubt(found, Doubt.PLACE_NOT_YOURS)

    def _unit(self, found: Understood, read: OutingRead) -> None:
        if not read.unit:
            found.organization_id = self._own
            return
        match = self._units.get(read.unit)
        if match is None:
            _doubt(found, Doubt.UNIT_UNKNOWN, read.unit)
            return
        found.organization_id = match.organization_id
        if match.score < SURE_ENOUGH:
            _doubt(found, Doubt.UNIT_UNSURE, match.name)

    def _place(self, found: Understood, read: OutingRead, day: date) -> None:
        communes = _remembered(self._communes, day, lambda: places.communes_within([self._province], day))
        if not read.place:
            self._assume_place(found, read, communes, day)
            return
        kind, name, district = place_parts(read.place)
        named = [one for one in communes if fold(one.name) == name]
        named = [one for one in named if one.type == kind] or named
        if len(named) > 1:
            named = self._nearest(named, district, found.organization_id, day)
        if len(named) == 1:
            found.place_code = named[0].code
        elif named:
            _doubt(found, Doubt.PLACE_SEVERAL, _named(named, day))
        elif not self._former(found, name, day):
            self._like(found, name, communes, read.place)

    def _nearest(self, named: list[UnitView], district: str, whose: UUID | None, day: date) -> list[UnitView]:
        """Keep those in the district that was written, else those where the unit works."""
        above = places.units_by_codes({one.parent_code for one in named}, day)
        if district:
            kept = [one for one in named if one.parent_code in above and fold(above[one.parent_code].name) == district]
        else:
            area = self._area(whose) if whose else ""
            kept = [one for one in named if area and area in places.path_on(one.code, day)]
        return kept or named

    def _area(self, organization_id: UUID) -> str:
        def ask() -> str:
            own = people.organization(organization_id)
            return (own.place_code or "") if own is not None else ""

        return _remembered(self._areas, organization_id, ask)

    def _former(self, found: Understood, name: str, day: date) -> bool:
        """Take a commune that has ended for the one that it became by default; say whether there was one."""
        for old in places.former_communes(name, self._province, day):
            ends = places.successors_at(old.code, old.valid_from, day)
            if ends:
                found.place_code = ends[0].unit.code
                _doubt(found, Doubt.PLACE_OLD, f"{old.full_name} → {', '.join(one.unit.full_name for one in ends)}")
                return True
        return False

    def _like(self, found: Understood, name: str, communes: Sequence[UnitView], written: str) -> None:
        by_name: dict[str, list[UnitView]] = {}
        for one in communes:
            by_name.setdefault(fold(one.name), []).append(one)
        close = get_close_matches(name, by_name, n=1, cutoff=_CLOSE)
        if close and len(by_name[close[0]]) == 1:
            found.place_code = by_name[close[0]][0].code
            _doubt(found, Doubt.PLACE_LIKE, by_name[close[0]][0].full_name)
        else:
            _doubt(found, Doubt.PLACE_UNKNOWN, written)

    def _assume_place(self, found: Understood, read: OutingRead, communes: Sequence[UnitView], day: date) -> None:
        """Find the commune by the site's own name where the unit works, or take the commune that the unit is."""
        area = self._area(found.organization_id) if found.organization_id else ""
        if any(one.code == area for one in communes):
            found.place_code = area
        elif read.site:
            words = f" {fold(read.site)} "
            near = [one for one in communes if area and area in places.path_on(one.code, day)] or list(communes)
            named = [one for one in near if f" {fold(one.name)} " in words]
            found.place_code = named[0].code if len(named) == 1 else ""
        if found.place_code:
            _doubt(found, Doubt.PLACE_ASSUMED, places.unit_names([found.place_code], day).get(found.place_code, ""))
        elif read.site:
            _doubt(found, Doubt.PLACE_MISSING)

    def _site(self, found: Understood, day: date) -> None:
        if not found.place_code or not found.site_name:
            return
        code = found.place_code
        known = _remembered(self._sites, (code, day), lambda: outings.sites(self._by, day, within=[code]))
        same = [one for one in known if fold(one.name) == fold(found.site_name)]
        exact = [one for one in same if same_name(one.name, found.site_name)] or same
        if exact:
            found.site_id, found.site_kind = exact[0].id, exact[0].kind
            return
        match = Matcher(Candidate(one.id, one.name, ()) for one in known).match(found.site_name)
        if match and match.score >= SURE_ENOUGH and isinstance(match.candidate.id, UUID):
            found.site_id, found.site_name = match.candidate.id, match.candidate.name
            found.site_kind = next(one.kind for one in known if one.id == found.site_id)
            _doubt(found, Doubt.SITE_LIKE, match.candidate.name)
            return
        found.site_kind = site_kind(found.site_name)
        _doubt(found, Doubt.SITE_NEW, found.site_name)

    def _team(self, found: Understood, read: OutingRead, day: date) -> None:
        if found.organization_id is None:
            return
        whose = found.organization_id
        staff = _remembered(self._people, (whose, day), lambda: outings.team_choices(whose, day))
        leader = _person(staff, read.leader)
        members = [(name, _person(staff, name)) for name in read.members]
        if leader is None and not read.leader:
            # Nobody is named to lead: the first of the team that is known does.
            leader = next((one for _, one in members if one), None)
            _doubt(found, Doubt.LEADER_ASSUMED if leader else Doubt.LEADER_MISSING)
        elif leader is None:
            _doubt(found, Doubt.LEADER_UNKNOWN, read.leader)
        for name, one in members:
            if one is None:
                _doubt(found, Doubt.MEMBER_UNKNOWN, name)
        # Without its leader a team has no order; who is known waits in the cells until somebody leads.
        if leader is not None:
            found.team = list(dict.fromkeys([leader, *(one for _, one in members if one)]))

    def _topics(self, found: Understood, read: OutingRead, day: date) -> None:
        known = _remembered(self._services, day, lambda: _Services(day))
        for cell in read.topic_cells:
            whole = known.exact(cell)
            for topic in [cell] if whole else topics_in(cell):
                codes, doubt, text = known.find(topic)
                found.service_codes += [code for code in codes if code not in found.service_codes]
                if doubt:
                    _doubt(found, doubt, text)
        if read.topic_cells and not found.service_codes:
            _doubt(found, Doubt.SERVICES_MISSING)


class _Services:
    """The catalogue of a day, looked up by what people write."""

    def __init__(self, day: date) -> None:
        services = catalogue.services_on(day)
        self._names = {one.code: in_language(one.name, "vi") for one in services}
        self._by_name = {fold(name): code for code, name in self._names.items()}
        self._groups = {
            fold(in_language(group.name, "vi")): [one.code for one in services if one.group_code == group.code]
            for group in catalogue.groups()
        }
        self._matcher = Matcher(Candidate(code, name, ()) for code, name in self._names.items())

    def exact(self, topic: str) -> bool:
        """Tell whether a whole cell is a service's own name."""
        return fold(topic) in self._by_name

    def find(self, topic: str) -> tuple[list[str], Doubt | None, str]:
        """Give the services that a topic means, with what is doubtful about it."""
        said = fold(topic)
        if said in self._by_name:
            return [self._by_name[said]], None, ""
        for name, codes in self._groups.items():
            if codes and len(said) >= _LEAST_LETTERS and (said in name or name in said):
                return codes, Doubt.SERVICE_GROUP, topic
        within = sorted((len(name), code) for name, code in self._by_name.items() if f" {said} " in _padded(name))
        within = within or sorted((-len(name), code) for name, code in self._by_name.items() if name in said)
        if within:
            code = within[0][1]
            return [code], Doubt.SERVICE_LIKE, self._names[code]
        match = self._matcher.match(topic)
        if match:
            return [str(match.candidate.id)], Doubt.SERVICE_LIKE, match.candidate.name
        return self._by_word(said, topic)

    def _by_word(self, said: str, topic: str) -> tuple[list[str], Doubt | None, str]:
        """Find a service by a name of its own that the topic holds: VNeID, Mobile Money."""
        for name, code in self._by_name.items():
            own = [word for word in _padded(name).split() if not word.isdigit() and word in said.split()]
            if any(word in {"vneid", "vietqr", "bhyt"} for word in own):
                return [code], Doubt.SERVICE_LIKE, self._names[code]
        return [], Doubt.SERVICE_UNKNOWN, topic


def overlapping(visits: Sequence[SiteVisit], found: Understood) -> tuple[SiteVisit | None, SiteVisit | None]:
    """Give an outing of the same unit, site and day whose hours meet these, and one whose do not."""
    same = [
        one
        for one in visits
        if (one.organization_id, one.site_id, one.held_on) == (found.organization_id, found.site_id, found.held_on)
    ]
    if found.starts_at is None or found.ends_at is None:
        return None, same[0] if same else None
    meeting = [one for one in same if one.starts_at < found.ends_at and found.starts_at < one.ends_at]
    return (meeting[0] if meeting else None), (same[0] if same else None)


def _doubt(found: Understood, doubt: Doubt, text: str = "") -> None:
    if not any(one.doubt is doubt and one.text == text for one in found.doubts):
        found.doubts.append(Said(doubt, text=text[:300]))


def _address(doubt: Doubt, cells: Sequence[CellRead]) -> str:
    """Give the address of the cell that a doubt is about, where there is one."""
    kind, _, what = doubt.value.partition("_")
    columns = () if what == "missing" else _WHERE.get(kind, ())
    found = (cell.address for column in columns for cell in cells if cell.column is column)
    return next(found, "")


def _swapped(day: date | None) -> str:
    other = swapped(day) if day else None
    return format_date(other) if other else ""


def _named(units: Sequence[UnitView], day: date) -> str:
    above = places.unit_names({one.parent_code for one in units}, day)
    return "; ".join(", ".join(filter(None, [one.full_name, above.get(one.parent_code, "")])) for one in units)


def _person(staff: Sequence[tuple[str, str]], name: str) -> UUID | None:
    """Give the one person of a name; nobody when two bear it."""
    same = [id_ for id_, own in staff if fold(own) == fold(name)] if name else []
    exact = [id_ for id_, own in staff if same_name(own, name)] if len(same) > 1 else same
    return UUID(exact[0]) if len(exact) == 1 else None


def _padded(name: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in name)
    return f" {' '.join(words.split())} "


def _remembered(store: dict[Key, Value], key: Key, ask: Callable[[], Value]) -> Value:
    if key not in store:
        store[key] = ask()
    return store[key]
