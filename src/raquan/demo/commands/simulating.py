"""Sends simulated assists of outings and help desks through the door that phones use."""

import random as random_module
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture import commands as capture
from raquan.capture.rules import Envelope, Outcome
from raquan.catalogue import queries as catalogue
from raquan.demo.commands.ground import FORM, NotADemo, Progress, communes
from raquan.demo.gateways import instance_xml
from raquan.demo.models import DemoState
from raquan.demo.rules.assists import (
    CHANGED,
    OLD_FORM,
    REPEATS,
    SimulatedAssist,
    SimulatedOuting,
    SimulatedService,
    simulate,
)
from raquan.demo.rules.desks import share_of
from raquan.demo.rules.schedule import MINORITY, remoteness
from raquan.forms import queries as forms
from raquan.helpdesks import queries as helpdesks
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.outings import queries as outings

BATCH = 500
MOST_DESKS = 500


@dataclass(slots=True)
class Sent:
    """What became of simulated records."""

    sent: int = 0
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    refused: int = 0


def simulate_assists(*, now: datetime, count: int, seed: int, progress: Progress) -> Sent:
    """Send `count` simulated assists, with repeats and refusals, through the door that phones use."""
    if not DemoState.objects.exists():
        raise NotADemo()
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    begun = [*_begun_outings(campaign, now, seed), *_begun_desks(campaign, now, seed)]
    groups = {service.code: service.group for service in _services(now)}
    made = simulate(begun, _services(now), count=count, seed=seed)
    sent = Sent()
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    version = forms.forms_for(SYSTEM, form_id=FORM)[0].version
    while batch := list(islice(made, BATCH)):
        envelopes = [one for assist in batch for one in _envelopes(assist, groups, version, now, dice)]
        for verdict in capture.receive_submissions(by=SYSTEM, now=now, envelopes=envelopes):
            _count(sent, verdict.outcome)
        progress("assists", min(sent.accepted, count), count)
    return sent


def _services(now: datetime) -> list[SimulatedService]:
    """Give the services of the day, their ladders cut below the first step that helpers may not take."""
    day = clock.local_date(now)
    rungs = {group.code: tuple(rung.code for rung in group.rungs) for group in catalogue.groups()}
    barred = {one.service_code: one.rung_code for one in catalogue.restrictions_on(day)}
    services = []
    for service in catalogue.services_on(day):
        ladder = rungs[service.group_code]
        if service.code in barred:
            ladder = ladder[: ladder.index(barred[service.code])]
        services.append(SimulatedService(service.code, service.group_code, ladder))
    return services


def _begun_outings(campaign: CampaignView, now: datetime, seed: int) -> list[SimulatedOuting]:
    """List the outings that are over, as the simulator takes them."""
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
                )
            )
    return begun


def _begun_desks(campaign: CampaignView, now: datetime, seed: int) -> list[SimulatedOuting]:
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
                        share=share_of(one.spans),
                    )
                )
    return begun


def _remoteness(now: datetime, seed: int) -> dict[str, float]:
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    return {commune.code: remoteness(commune, dice) for commune in communes(now)}


def _envelopes(
    assist: SimulatedAssist, groups: dict[str, str], version: str, now: datetime, dice: random_module.Random
) -> Iterator[Envelope]:
    """Give what a phone sends for an assist: the record, now and then again, or with what must be refused."""
    delay = timedelta(seconds=dice.choice([20, 60, 300, 3600, 5 * 3600]))  # signal comes back in the evening
    received = min(assist.ended_at + delay, now)
    group = groups[assist.service]

    def envelope(version: str, note: str = "") -> Envelope:
        payload = instance_xml(assist, form_id=FORM, version=version, group=group, note=note)
        return Envelope(payload=payload, received_at=received, device_id=assist.device, is_synthetic=True)

    if dice.random() < OLD_FORM:
        yield envelope("2022010100")
    yield envelope(version)
    if dice.random() < REPEATS:
        yield envelope(version)
    if dice.random() < CHANGED:
        yield envelope(version, note="-changed")


def _count(sent: Sent, outcome: Outcome) -> None:
    sent.sent += 1
    sent.accepted += outcome is Outcome.ACCEPTED
    sent.duplicates += outcome is Outcome.DUPLICATE
    sent.conflicts += outcome is Outcome.CONFLICT
    sent.refused += outcome is Outcome.REFUSED
