"""Sends simulated assists of outings and help desks through the door that phones use."""

import random as random_module
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from raquan.campaign import queries as campaigns
from raquan.capture import commands as capture
from raquan.capture.rules import Envelope, Outcome
from raquan.cards import commands as card_commands
from raquan.cards import queries as cards
from raquan.cards.rules import CARDS_A_SHEET, MOST_SHEETS, mark_of
from raquan.demo.commands.ground import FORM, NotADemo, Progress, organization_of_district
from raquan.demo.gateways import instance_xml
from raquan.demo.models import DemoState
from raquan.demo.queries import begun_desks, begun_outings, communes, services
from raquan.demo.rules.assists import CHANGED, OLD_FORM, REPEATS, SimulatedAssist, simulate
from raquan.demo.rules.cards import card_code, hand_out, sheets_for
from raquan.forms import queries as forms
from raquan.kernel.actor import SYSTEM

BATCH = 500


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
    begun = [*begun_outings(campaign, now, seed), *begun_desks(campaign, now, seed)]
    begun.sort(key=lambda one: (one.held_on, one.starts_at, one.code))  # people come back on later days
    make_demo_cards(now=now, assists=count, seed=seed)
    groups = {service.code: service.group for service in services(now)}
    offered = services(now)
    made = hand_out(simulate(begun, offered, count=count, seed=seed), begun, offered, count=count, seed=seed)
    sent = Sent()
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    version = forms.forms_for(SYSTEM, form_id=FORM)[0].version
    while batch := list(islice(made, BATCH)):
        envelopes = [one for assist in batch for one in _envelopes(assist, groups, version, now, dice, seed)]
        for verdict in capture.receive_submissions(by=SYSTEM, now=now, envelopes=envelopes):
            _count(sent, verdict.outcome)
        progress("assists", min(sent.accepted, count), count)
    return sent


def make_demo_cards(*, now: datetime, assists: int, seed: int) -> None:
    """Make the cards that so many simulated assists hand out, in every district; those that stand stay."""
    sheets = sheets_for(assists)
    for district in sorted({one.district_code for one in communes(now)}):
        for first in range(0, sheets, MOST_SHEETS):
            numbers = range(first * CARDS_A_SHEET, min(first + MOST_SHEETS, sheets) * CARDS_A_SHEET)
            codes = [card_code(seed, district, number) for number in numbers]
            if not cards.cards_by_marks([mark_of(codes[0])]):
                unit = organization_of_district(district)
                size = len(codes) // CARDS_A_SHEET
                card_commands.make_cards(by=SYSTEM, now=now, organization_id=unit, sheets=size, codes=codes)


def _envelopes(
    assist: SimulatedAssist, groups: dict[str, str], version: str, now: datetime, dice: random_module.Random, seed: int
) -> Iterator[Envelope]:
    """Give what a phone sends for an assist: the record, now and then again, or with what must be refused."""
    delay = timedelta(seconds=dice.choice([20, 60, 300, 3600, 5 * 3600]))  # signal comes back in the evening
    received = min(assist.ended_at + delay, now)
    group = groups[assist.service]
    card = mark_of(card_code(seed, *assist.card)) if assist.card else ""

    def envelope(version: str, note: str = "") -> Envelope:
        payload = instance_xml(assist, form_id=FORM, version=version, group=group, card=card, note=note)
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
