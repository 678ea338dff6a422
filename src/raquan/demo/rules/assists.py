"""The simulator: which assists a campaign would have had. Every parameter here is invented, and labelled so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from raquan.kernel.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class SimulatedService:
    """A service that can be helped with: its code, its group, and the group's rungs from the lowest up."""

    code: str
    group: str
    rungs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimulatedOuting:
    """An outing that assists can be made for.

    `remote` goes from 0 (town) to 1 (far village); `minority` is the share of people there who would rather
    speak `minority_language`; `share` is how many come against others of its kind.
    """

    code: str
    kind: str
    place_code: str
    held_on: date
    starts_at: time
    ends_at: time
    service_codes: tuple[str, ...]
    remote: float
    minority: float
    minority_language: str
    district_code: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class SimulatedAssist:
    """One assist as a helper would have recorded it; `fault` names what is deliberately wrong with it.

    `card` is the district and the number of the companion card that was shown, if one was.
    """

    instance_id: str
    outing_code: str
    service: str
    result: str
    how: str
    bottleneck: str | None
    language: str
    started_at: datetime
    ended_at: datetime
    device: str
    fault: str | None = None
    card: tuple[str, int] | None = None


SIZE_BY_KIND: Mapping[str, float] = {
    "one_stop_shop": 46.0,
    "market": 58.0,
    "village_hall": 30.0,
    "street": 40.0,
    "school": 34.0,
    "shop": 22.0,
}
"""How many assists an outing of a kind has on average."""

HOURS_BY_KIND: Mapping[str, Mapping[int, float]] = {
    "market": {6: 3, 7: 6, 8: 6, 9: 5, 10: 3, 11: 1, 14: 1, 15: 1, 16: 2, 17: 1},
    "one_stop_shop": {7: 2, 8: 6, 9: 7, 10: 6, 11: 2, 13: 3, 14: 6, 15: 6, 16: 4},
    "village_hall": {8: 3, 9: 4, 10: 3, 14: 2, 15: 3, 16: 3, 18: 4, 19: 6, 20: 3},
}
"""When people come, by the hour; other kinds follow the one-stop shop."""

GROUP_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "one_stop_shop": {"online_public_service": 8, "cashless_payment": 1, "province_app": 2, "ecommerce": 0.2},
    "market": {"online_public_service": 2, "cashless_payment": 6, "province_app": 1.5, "ecommerce": 1},
    "village_hall": {"online_public_service": 4, "cashless_payment": 2, "province_app": 2, "ecommerce": 1},
    "street": {"online_public_service": 3, "cashless_payment": 4, "province_app": 2, "ecommerce": 1},
}

CLIMB = {"online_public_service": 0.78, "cashless_payment": 0.72, "province_app": 0.8, "ecommerce": 0.45}
"""The chance to reach the next rung, in town; it falls with remoteness."""

BOTTLENECK_WEIGHTS = {
    "storage": 4.0,
    "signal": 2.0,
    "device": 2.0,
    "sim_not_owner": 2.5,
    "forgotten_credentials": 5.0,
    "identity_record": 3.0,
    "literacy": 1.5,
    "language": 1.5,
    "distrust": 1.0,
    "data_cost": 1.0,
    "disability": 0.3,
    "system_down": 1.6,
}
FAULTS = {"unknown_outing": 0.004, "wrong_day": 0.006, "no_clock": 0.005}
"""Shares of records with a doubt: a mistyped code, a phone whose date is off, a phone that woke up in 1970."""

REPEATS = 0.02
"""The share of records that a phone sends again, byte for byte."""

CHANGED = 0.002
"""The share of records that come again under the same id with other content, and are refused."""

OLD_FORM = 0.001
"""The share of phones that send with a version of the form that was never published, and are refused."""

POPULAR: Mapping[str, float] = {
    "public_service_account": 9,
    "vneid_level2": 8,
    "health_insurance_household": 3,
    "birth_registration": 2,
    "land_change": 2,
    "driving_license": 2,
    "traffic_fine": 1.5,
    "permanent_residence": 1.5,
    "dak_lak_online": 6,
    "dak_lak_online_zalo": 3,
    "mobile_money": 5,
    "vietqr": 5,
    "bank_app": 3,
    "utility_payment": 3,
    "postmart": 2,
    "voso": 1,
    "livestream_selling": 1,
}
"""How often each service is asked for; services that are not named count 1."""


def spread(outings: Sequence[SimulatedOuting], count: int, random: Random) -> list[int]:
    """Share `count` assists among outings: by kind, smaller on rainy days, uneven between teams."""
    mood: dict[date, float] = {}
    weights = []
    for outing in outings:
        weather = mood.setdefault(outing.held_on, random.choice([0.6, 0.85, 1.0, 1.0, 1.1]))
        weekend = 1.15 if outing.held_on.weekday() >= 5 and outing.kind == "market" else 1.0
        weights.append(SIZE_BY_KIND[outing.kind] * outing.share * weather * weekend * random.lognormvariate(0, 0.35))
    total = sum(weights) or 1.0
    shares = [weight / total * count for weight in weights]
    counts = [int(share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: counts[i] - shares[i])
    for i in by_rest[: count - sum(counts)]:
        counts[i] += 1
    return counts


def simulate(
    outings: Sequence[SimulatedOuting], services: Sequence[SimulatedService], *, count: int, seed: int
) -> Iterator[SimulatedAssist]:
    """Make exactly `count` assists for outings that have begun; the same input and seed give the same assists."""
    random = Random(seed)  # noqa: S311 - a simulation, not a secret
    by_code = {service.code: service for service in services}
    for outing, size in zip(outings, spread(outings, count, random), strict=True):
        offered = [by_code[code] for code in outing.service_codes if code in by_code] or list(services)
        for _ in range(size):
            yield _assist(outing, offered, random, seed)


def _assist(outing: SimulatedOuting, offered: Sequence[SimulatedService], random: Random, seed: int) -> SimulatedAssist:
    weights = GROUP_WEIGHTS.get(outing.kind, GROUP_WEIGHTS["street"])
    asked_for = [weights.get(one.group, 1.0) * POPULAR.get(one.code, 1.0) for one in offered]
    service = random.choices(offered, asked_for)[0]
    chance = CLIMB.get(service.group, 0.7) * (1 - 0.35 * outing.remote)
    rung = 0
    while rung < len(service.rungs) - 1 and random.random() < chance * 0.93**rung:
        rung += 1
    stuck = rung == 0
    started = _moment(outing, random)
    return SimulatedAssist(
        instance_id=f"uuid:{UUID(int=random.getrandbits(128), version=4)}",
        outing_code=outing.code,
        service=service.code,
        result=service.rungs[rung],
        how=_how(outing, random),
        bottleneck=bottleneck(outing, random) if stuck else None,
        language=_language(outing, random),
        started_at=started,
        ended_at=started + timedelta(seconds=int(random.lognormvariate(5.6, 0.6))),
        device=f"demo-{seed}-{outing.code}-{random.randint(1, 3)}",
        fault=_fault(random),
    )


def _moment(outing: SimulatedOuting, random: Random) -> datetime:
    hours = HOURS_BY_KIND.get(outing.kind, HOURS_BY_KIND["one_stop_shop"])
    open_hours = {h: w for h, w in hours.items() if outing.starts_at.hour <= h < max(outing.ends_at.hour, 1)}
    hour = random.choices(list(open_hours), list(open_hours.values()))[0] if open_hours else outing.starts_at.hour
    at = time(hour, random.randrange(60), random.randrange(60))
    return datetime.combine(outing.held_on, max(at, outing.starts_at), tzinfo=VIETNAM)


def _how(outing: SimulatedOuting, random: Random) -> str:
    remote = outing.remote
    return random.choices(["self", "guided", "done_for"], [0.3 - 0.18 * remote, 0.55, 0.15 + 0.18 * remote])[0]


def bottleneck(outing: SimulatedOuting, random: Random) -> str:
    """Draw what stands in the way of somebody at an outing."""
    weights = dict(BOTTLENECK_WEIGHTS)
    weights["signal"] *= 1 + 3 * outing.remote
    weights["language"] *= 0.2 + 4 * outing.minority
    weights["literacy"] *= 0.5 + 2 * outing.minority
    return random.choices(list(weights), list(weights.values()))[0]


def _language(outing: SimulatedOuting, random: Random) -> str:
    if random.random() >= outing.minority:
        return "vi"
    return outing.minority_language


def _fault(random: Random) -> str | None:
    draw = random.random()
    for fault, share in FAULTS.items():
        if draw < share:
            return fault
        draw -= share
    return None
