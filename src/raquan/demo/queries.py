"""What may be asked of the demo: whether there is one, how its clock is moved, what its simulator begins with."""

import random as random_module
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import OperationalError, ProgrammingError

from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.demo.models import DemoState
from raquan.demo.rules.assists import SimulatedOuting, SimulatedService
from raquan.demo.rules.desks import share_of
from raquan.demo.rules.schedule import MINORITY, Commune, remoteness
from raquan.helpdesks import queries as helpdesks
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.outings import queries as outings
from raquan.places import queries as places
from raquan.places.rules import Level

PROVINCE = "66"
MOST_DESKS = 500


def is_demo() -> bool:
    """Tell whether this installation is the demo."""
    return DemoState.objects.exists()


def stored_clock_offset() -> timedelta:
    """Give how far the campaign's time is from the machine's; zero outside the demo and before the first migration."""
    try:
        state = DemoState.objects.first()
    except (OperationalError, ProgrammingError):
        return timedelta(0)
    return state.clock_offset if state else timedelta(0)


def loaded_parts() -> frozenset[str]:
    """Name the parts of the demo that are loaded."""
    state = DemoState.objects.first()
    return frozenset(state.loaded) if state else frozenset()


def communes(now: datetime) -> list[Commune]:
    """List the province's communes of the day, with their districts."""
    day = clock.local_date(now)
    names = {unit.code: unit.full_name for unit in _all_units(now, Level.DISTRICT)}
    return [
        Commune(unit.code, unit.full_name, unit.type, unit.parent_code, names[unit.parent_code])
        for unit in _all_units(now, Level.COMMUNE)
        if places.path_on(unit.parent_code, day)[0] == PROVINCE
    ]


def _all_units(now: datetime, level: Level) -> Iterator[places.UnitView]:
    number, pages = 1, 1
    while number <= pages:
        page = places.units_on(clock.local_date(now), level=level, page=number, size=200)
        pages, number = page.pages, number + 1
        yield from page.items


def services(now: datetime) -> list[SimulatedService]:
    """Give the services of the day, their ladders cut below the first step that helpers may not take."""
    day = clock.local_date(now)
    rungs = {group.code: tuple(rung.code for rung in group.rungs) for group in catalogue.groups()}
    barred = {one.service_code: one.rung_code for one in catalogue.restrictions_on(day)}
    found = []
    for service in catalogue.services_on(day):
        ladder = rungs[service.group_code]
        if service.code in barred:
            ladder = ladder[: ladder.index(barred[service.code])]
        found.append(SimulatedService(service.code, service.group_code, ladder))
    return found


def begun_outings(campaign: CampaignView, now: datetime, seed: int) -> list[SimulatedOuting]:
    """List the outings that are over by now, by day, as the simulator takes them."""
    remote = _remoteness(now, seed)
    begun, number, pages = [], 1, 1
    while number <= pages:
        page = outings.outings(SYSTEM, campaign.id, page=number, on_to=clock.local_date(now), size=200)
        pages, number = page.pages, number + 1
        for one in page.items:
            ends = datetime.combine(one.held_on, one.ends_at, tzinfo=clock.VIETNAM)
            if ends > now or one.state == "cancelled":
                continue
            minority, language = MINORITY.get(one.place_path[1], (0.05, "rad"))
            begun.append(
                SimulatedOuting(
                    one.code,
                    one.site_kind,
                    one.place_code,
                    one.held_on,
                    one.starts_at,
                    one.ends_at,
                    one.service_codes,
                    remote.get(one.place_code, 0.5),
                    minority,
                    language,
                    one.place_path[1],
                )
            )
    return begun


def begun_desks(campaign: CampaignView, now: datetime, seed: int) -> list[SimulatedOuting]:
    """List the hours of help desks that are over, each as an outing of its own."""
    remote = _remoteness(now, seed)
    desks = sorted(helpdesks.help_desks(now=now, size=MOST_DESKS).items, key=lambda one: one.code)
    days = (clock.local_date(now) - campaign.starts_on).days + 1
    begun = []
    for one in desks:
        minority, language = MINORITY.get(one.place_path[1], (0.05, "rad"))
        for day in (campaign.starts_on + timedelta(days=n) for n in range(days)):
            for span in one.hours_on(day):
                if datetime.combine(day, span.closes_at, tzinfo=clock.VIETNAM) > now:
                    continue
                begun.append(
                    SimulatedOuting(
                        *(one.code, "one_stop_shop", one.place_code, day, span.opens_at, span.closes_at),
                        *(one.service_codes, remote.get(one.place_code, 0.5), minority, language),
                        district_code=one.place_path[1],
                        share=share_of(one.spans),
                    )
                )
    return begun


def _remoteness(now: datetime, seed: int) -> dict[str, float]:
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    return {commune.code: remoteness(commune, dice) for commune in communes(now)}
