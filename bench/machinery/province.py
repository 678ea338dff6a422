"""A synthetic province to measure pages in: places, units, people, outings, help desks, tally sheets, cards, records.

Nobody in it is real. Rows are written as commands would have left them, without their checks, for there are many;
records come as telephones send them. The same numbers give the same province.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.rules import Envelope
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.text import fold, sort_key
from raquan.outings.rules import path_text
from raquan.people.rules import Level as Tier
from raquan.people.rules import Role
from raquan.places.commands import load_units
from raquan.places.rules import Level, UnitRow

SEED = UUID("6f0f3a52-6a2e-4d33-9f0e-66b1c6a0d102")
SERVICES = ("birth_registration", "mobile_money")
SINCE = date(2023, 1, 1)
FAMILY, GIVEN = ("Niê", "Ê Ban", "Nguyễn Thị", "Trần Văn", "Y", "H’"), ("Hòa", "Bhăm", "Lan", "Trang", "Minh", "Thoan")


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of each there is to be."""

    communes: int = 102
    departments: int = 40
    units: int = 300
    outings: int = 3000
    records: int = 10_000

    def times(self, factor: int) -> "Amounts":
        """Give so many times as much."""
        return Amounts(*(getattr(self, name) * factor for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Ground:
    """What a province is filled upon: its campaign, and the telephone that its records come from."""

    campaign_id: UUID
    starts_on: date
    ends_on: date
    district: str
    phone: Actor
    payload: Any  # (outing code, instance id) -> bytes


def fill(ground: Ground, amounts: Amounts, *, now: datetime, begin: int = 0) -> None:
    """Add so much to a province; `begin` is the number of the first new thing, so that it can be filled again."""
    places = _places(ground, amounts.communes, now, begin)
    units = _units(amounts, places, begin)
    people = _people(units, now)
    codes = _outings(ground, amounts.outings, units, places, people, now)
    _desks(units, places, people, now)
    _cards(ground, units, now, begin)
    _records(ground, amounts.records, codes, now)


def _id(kind: str, number: object) -> UUID:
    return uuid5(SEED, f"{kind} {number}")


def _rows(model: str, rows: Sequence[dict[str, Any]]) -> list[Any]:
    manager = apps.get_model(model).objects
    made: list[Any] = manager.bulk_create((manager.model(**row) for row in rows), batch_size=500)
    return made


def _places(ground: Ground, count: int, now: datetime, begin: int) -> list[Any]:
    """Make communes below a district."""
    rows = [
        UnitRow(
            f"{30000 + begin + n}", SINCE, None, Level.COMMUNE, "xã", f"Mẫu {begin + n}", ground.district, None, None
        )
        for n in range(count)
    ]
    load_units(by=SYSTEM, now=now, units=rows, changes=())
    return list(apps.get_model("places.Unit").objects.filter(code__in=[row.code for row in rows]).order_by("code"))


def _units(amounts: Amounts, places: Sequence[Any], begin: int) -> list[Any]:
    """Make departments, which have no place, and units of the communes."""
    rows = []
    for n in range(amounts.departments + amounts.units):
        department = n < amounts.departments
        number = begin + n
        name = f"Sở mẫu {number}" if department else f"Đơn vị mẫu {number} ({places[n % len(places)].name})"
        rows.append(
            {
                "id": _id("unit", number),
                "name": name,
                "level": (Tier.DEPARTMENT if department else Tier.COMMUNE).value,
                "place_code": None if department else places[n % len(places)].code,
                "sort_key": sort_key(name),
                "search_key": fold(name),
            }
        )
    return _rows("people.Organization", rows)


def _people(units: Sequence[Any], now: datetime) -> dict[UUID, list[Any]]:
    """Make three helpers of each unit."""
    user = apps.get_model("people.User")
    first = (user.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    rows, of = [], {}
    for n in range(len(units) * 3):
        unit = units[n // 3]
        name = f"{FAMILY[n % len(FAMILY)]} {GIVEN[n // 6 % len(GIVEN)]} {first + n}"
        rows.append(
            {
                "id": _id("person", first + n),
                "number": first + n,
                "full_name": name,
                "login": f"mau{first + n}@example.vn",
                "password": "!",
            }
        )
        of[n] = unit
    made = _rows("people.User", rows)
    duty = {"role": Role.HELPER.value, "starts_on": SINCE}
    _rows("people.Duty", [{"user": one, "organization": of[n], **duty} for n, one in enumerate(made)])
    return {unit.id: made[3 * n : 3 * n + 3] for n, unit in enumerate(units)}


def _site(number: int, unit: Any, place: Any, ground_path: str) -> dict[str, Any]:
    name = f"Nhà văn hóa của {unit.name}"
    return {
        "id": _id("site", f"{unit.id} {number}"),
        "name": name,
        "kind": "market",
        "place": place,
        "place_code": place.code,
        "place_path": ground_path,
        "sort_key": sort_key(name),
    }


def _path(place: Any) -> str:
    return path_text(("66", place.parent_code, place.code))


def _outings(
    ground: Ground,
    count: int,
    units: Sequence[Any],
    places: Sequence[Any],
    people: dict[UUID, list[Any]],
    now: datetime,
) -> list[str]:
    """Spread outings over the campaign's days, one after the other over the units; give their codes."""
    sites = [_site(0, unit, places[n % len(places)], _path(places[n % len(places)])) for n, unit in enumerate(units)]
    _rows("outings.Site", sites)
    days = (ground.ends_on - ground.starts_on).days + 1
    rows = []
    for n in range(count):
        k = n % len(units)
        held_on = ground.starts_on + timedelta(days=n * 7 % days)
        state = "done" if held_on < now.date() else "planned"
        rows.append(
            {
                "id": _id("outing", f"{units[k].id} {n}"),
                "code": f"MAU-{_id('code', f'{units[k].id} {n}').hex[:8].upper()}",
                "campaign_id": ground.campaign_id,
                "organization": units[k],
                "site_id": sites[k]["id"],
                "place_path": sites[k]["place_path"],
                "held_on": held_on,
                "starts_at": time(7, 30),
                "ends_at": time(11, n // len(units) % 60),
                "aim": "hands_on",
                "language": "vi",
                "state": state,
                "planned_at": now - timedelta(days=20),
                "opened_at": now - timedelta(days=2) if state == "done" else None,
                "ended_at": now - timedelta(days=1) if state == "done" else None,
            }
        )
    made = _rows("outings.Outing", rows)
    services = [{"outing": one, "service_code": code, "position": n} for one in made for n, code in enumerate(SERVICES)]
    _rows("outings.OutingService", services)
    team = [
        {"outing": one, "user": person, "part": "helper" if n else "leader"}
        for one in made
        for n, person in enumerate(people[one.organization_id][:2])
    ]
    _rows("outings.Assignment", team)
    sheets = [
        {
            "number": f"{one.code}-P01",
            "outing": one,
            "outing_code": one.code,
            "position": 1,
            "service_codes": list(SERVICES),
            "state": "issued",
            "issued_at": now,
        }
        for one in made[::5]
    ]
    _rows("tallies.TallySheet", sheets)
    return [one.code for one in made]


def _desks(units: Sequence[Any], places: Sequence[Any], people: dict[UUID, list[Any]], now: datetime) -> None:
    """Open a desk of each unit on weekday mornings, with somebody at it."""
    rows = [
        {
            "id": _id("desk", unit.id),
            "code": f"MAU-{_id('desk code', unit.id).hex[:9].upper()}",
            "organization": unit,
            "site_id": _id("site", f"{unit.id} 0"),
            "place_path": _path(places[n % len(places)]),
            "language": "vi",
            "valid_from": SINCE,
            "set_up_at": now,
        }
        for n, unit in enumerate(units)
    ]
    made = _rows("helpdesks.HelpDesk", rows)
    _rows("helpdesks.HelpDeskService", [{"desk": one, "service_code": SERVICES[0], "position": 0} for one in made])
    hours = {"opens_at": time(7, 30), "closes_at": time(11)}
    _rows("helpdesks.OpeningHours", [{"desk": one, "weekday": day, **hours} for one in made for day in range(1, 6)])
    shifts = [
        {"desk": one, "user": people[one.organization_id][2], "weekday": 0, "first_on": SINCE, "put_at": now}
        for one in made
    ]
    _rows("helpdesks.Shift", shifts)


def _cards(ground: Ground, units: Sequence[Any], now: datetime, begin: int) -> None:
    """Make a batch of cards for each unit; the cards themselves are nobody's."""
    first = 10_000 + begin
    rows = [
        {"number": first + n, "campaign_id": ground.campaign_id, "organization": unit, "count": 10, "made_at": now}
        for n, unit in enumerate(units)
    ]
    _rows("cards.CardBatch", rows)


def _records(ground: Ground, count: int, codes: Sequence[str], now: datetime) -> None:
    """Let records come from the outings, each outing in turn."""
    for start in range(0, count, 500):
        numbers = range(start, min(start + 500, count))
        sent = [ground.payload(codes[n % len(codes)], f"uuid:{_id('record', f'{codes[0]} {n}')}") for n in numbers]
        receive_submissions(by=ground.phone, now=now, envelopes=[Envelope(payload=one) for one in sent])
    while project_pending(now=now):
        pass
