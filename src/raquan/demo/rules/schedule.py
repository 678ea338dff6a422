"""Which outings the demo's campaign has: where, when, of what kind, for which services."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from raquan.kernel.clock import VIETNAM

STARTS_AT = datetime(2023, 10, 5, 9, 0, tzinfo=VIETNAM)
"""What the demo's clock shows at its first load."""

MINORITY: dict[str, tuple[float, str]] = {
    "643": (0.12, "rad"),
    "644": (0.25, "rad"),
    "645": (0.25, "rad"),
    "646": (0.2, "rad"),
    "647": (0.4, "rad"),
    "648": (0.4, "rad"),
    "649": (0.3, "rad"),
    "652": (0.35, "rad"),
    "653": (0.3, "rad"),
    "655": (0.3, "rad"),
    "656": (0.5, "cmo"),
    "657": (0.35, "rad"),
}
"""By district: the share of people who would rather speak another language, and which (invented)."""

SEATS = {"648": "thị trấn Quảng Phú", "643": "phường Tân Lợi"}
"""Where district committees sit, for districts with several towns."""

SERVICES_BY_KIND: dict[str, tuple[str, ...]] = {
    "one_stop_shop": (
        *("public_service_account", "vneid_level2", "birth_registration", "land_change"),
        *("health_insurance_household", "permanent_residence", "driving_license", "dak_lak_online"),
    ),
    "market": ("mobile_money", "vietqr", "bank_app", "dak_lak_online", "postmart", "public_service_account"),
    "village_hall": (
        *("vneid_level2", "public_service_account", "mobile_money", "dak_lak_online"),
        *("utility_payment", "postmart", "voso"),
    ),
    "street": ("vietqr", "dak_lak_online_zalo", "public_service_account", "traffic_fine", "livestream_selling"),
}


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune that outings are held in."""

    code: str
    full_name: str
    type: str
    district_code: str
    district_name: str


@dataclass(frozen=True, slots=True)
class ScheduledOuting:
    """An outing to plan; times are Viet Nam's."""

    place_code: str
    district_code: str
    site_name: str
    kind: str
    held_on: date
    starts_at: time
    ends_at: time
    service_codes: tuple[str, ...]


def remoteness(commune: Commune, random: Random) -> float:
    """Draw how far a commune is from everything: 0 in town, up to 0.95."""
    return round(random.uniform(0.0, 0.15) if commune.type in ("phường", "thị trấn") else random.uniform(0.3, 0.95), 2)


def schedule(communes: Sequence[Commune], starts_on: date, ends_on: date, *, seed: int) -> Iterator[ScheduledOuting]:
    """Lay out the campaign: one-stop shops on Thursdays, markets on market days, villages in turn."""
    random = Random(seed)  # noqa: S311 - a simulation, not a secret
    days = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    for seat in seats_of(communes):
        yield from _at_the_seat(seat, days)
    for commune in communes:
        for day in random.sample(days, random.choice((1, 1, 2))):
            evening = random.random() < 0.35
            yield ScheduledOuting(
                *(commune.code, commune.district_code, f"Nhà văn hóa {commune.full_name}", "village_hall", day),
                *((time(18), time(21)) if evening else (time(8), time(11, 30))),
                SERVICES_BY_KIND["village_hall"],
            )


def seats_of(communes: Sequence[Commune]) -> tuple[Commune, ...]:
    """Give the commune that each district's committee sits in."""
    seats: dict[str, Commune] = {}
    for commune in sorted(communes, key=_seat_order):
        seats.setdefault(commune.district_code, commune)
    return tuple(seats.values())


def _seat_order(commune: Commune) -> tuple[bool, bool, str]:
    """Put the commune that a district's committee sits in first: the one we know of, else a town, else any."""
    known = SEATS.get(commune.district_code)
    return (known is not None and known != commune.full_name, commune.type not in ("phường", "thị trấn"), commune.code)


def _at_the_seat(seat: Commune, days: Sequence[date]) -> Iterator[ScheduledOuting]:
    shop = f"Bộ phận tiếp nhận và trả kết quả {seat.district_name}"
    for day in days:
        if day.weekday() == 3:  # Thursdays: a team comes to help the desk that is there all week
            yield _outing(seat, shop, "one_stop_shop", day, time(7, 30), time(16, 30))
        if day.weekday() in (5, 6):
            yield _outing(seat, f"Chợ {seat.district_name}", "market", day, time(6), time(11))
        if day.weekday() == 5:
            yield _outing(seat, f"Phố đi bộ {seat.full_name}", "street", day, time(16), time(20))


def _outing(seat: Commune, site: str, kind: str, day: date, starts_at: time, ends_at: time) -> ScheduledOuting:
    services = SERVICES_BY_KIND[kind]
    return ScheduledOuting(seat.code, seat.district_code, site, kind, day, starts_at, ends_at, services)
