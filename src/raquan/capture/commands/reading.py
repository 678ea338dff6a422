"""What a record's answers say about an assist, held against what the other rooms know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture.gateways.xforms import answer_at
from raquan.capture.models import Submission
from raquan.capture.rules import Issue, Moment, believe, derive_moment, read_clock
from raquan.cards import queries as cards
from raquan.cards.queries import CardRef
from raquan.cards.rules import read_mark
from raquan.catalogue import queries as catalogue
from raquan.catalogue.queries import ServiceView
from raquan.catalogue.rules import How
from raquan.forms.rules import ASSIST_FIELDS
from raquan.helpdesks import queries as helpdesks
from raquan.helpdesks.queries import HelpDeskRef
from raquan.kernel.clock import VIETNAM, local_date
from raquan.outings import queries as outings
from raquan.outings.queries import OutingRef
from raquan.outings.rules import State, read_code

COUNTED = "counted"
"""The grade of a record of one person: it was counted, not tallied or stated."""

UNKNOWN_CARD = "?"
"""What stands in the answers where a card was scanned that is not known here."""

_HOWS = frozenset(How)

Answers = dict[str, Any]

Said = dict[str, str]
"""What a record says about each field of an assist, by the field's name; "" where it says nothing."""


@dataclass(frozen=True, slots=True)
class AssistReading:
    """The answers, the columns of the assist (none for another kind of form), and what is to be doubted.

    `year` is that of the campaign which the record belongs to, or of the day when it came.
    """

    answers: Answers
    fields: dict[str, Any]
    issues: tuple[Issue, ...]
    year: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a batch of records is held against, looked up once."""

    codes: dict[str, str]
    outings: dict[str, OutingRef]
    desks: dict[str, HelpDeskRef]
    campaigns: tuple[CampaignView, ...]
    services: dict[str, tuple[ServiceView, ...]]
    stages: dict[tuple[str, str], str]
    bottlenecks: frozenset[str]
    restricted: frozenset[tuple[str, str]]
    cards: dict[str, CardRef]


def said_by(projection: Mapping[str, str], answers: Answers) -> Said:
    """Pick the answers that feed the fields of an assist, as the form's version declares them."""
    return {name: answer_at(answers, projection[name]) if name in projection else "" for name in ASSIST_FIELDS}


def load_known(records: Iterable[Said]) -> Known:
    """Look up what a batch refers to; the number of queries does not grow with it."""
    records = list(records)
    codes = {said["outing"]: read_code(said["outing"]) for said in records}
    marks = {said["card"]: read_mark(said["card"]) for said in records if said["card"]}
    known_cards = cards.cards_by_marks(set(marks.values()))
    services: dict[str, tuple[ServiceView, ...]] = {}
    for service in catalogue.all_services():
        services[service.code] = (*services.get(service.code, ()), service)
    return Known(
        codes=codes,
        outings=outings.outings_by_codes(set(codes.values())),
        desks=helpdesks.help_desks_by_codes(codes.values()),
        campaigns=tuple(campaigns.campaigns()),
        services=services,
        stages={(group.code, rung.code): rung.stage for group in catalogue.groups() for rung in group.rungs},
        bottlenecks=catalogue.bottleneck_codes(),
        restricted=frozenset((one.service_code, one.rung_code) for one in catalogue.all_restrictions()),
        cards={text: known_cards[mark] for text, mark in marks.items() if mark in known_cards},
    )


def read_assist(row: Submission, answers: Answers, said: Said, known: Known) -> AssistReading:
    """Read an assist from a record; what does not fit is kept as it was said, and doubted."""
    moment = _moment(row, _device_time(said["started"]))
    day = local_date(moment.at)
    issues = [moment.issue] if moment.issue else []
    where, doubts = _where(row, known.codes[said["outing"]], moment.at, known)
    issues += doubts
    what, doubts = _result(said, day, known)
    issues += doubts
    card, doubts = _card(said["card"], moment.at, where["campaign_id"], known)
    issues += doubts
    fields = {
        **where,
        **what,
        "language": said["language"][:8],
        "occurred_at": moment.at,
        "occurred_on": day,
        "time_quality": moment.quality.value,
        "helper_number": row.sent_by_number,
        "grade": COUNTED,
        "is_synthetic": row.is_synthetic,
        "card_id": card.id if card else None,
    }
    return AssistReading(answers, fields, tuple(issues), _year(row, where["campaign_id"], known))


def without_code(reading: AssistReading, path: str, number: int | None) -> AssistReading:
    """Put the card's number in the place of its code: who reads the answers cannot open the card's page.

    A code that is nobody's card is hidden too: it may be a card of another installation.
    """
    if not answer_at(reading.answers, path):
        return reading
    *above, name = path.split("/")
    answers = dict(reading.answers)
    place = answers
    for group in above:
        place[group] = dict(place[group])
        place = place[group]
    place[name] = UNKNOWN_CARD if number is None else str(number)
    return replace(reading, answers=answers)


def read_other(row: Submission, answers: Answers, known: Known, *issues: Issue) -> AssistReading:
    """Read a record that is no assist, or whose answers cannot be read: it belongs to the campaign of its day."""
    campaign = _campaign_of(local_date(row.received_at), known.campaigns)
    return AssistReading(answers, {}, issues, _year(row, campaign.id if campaign else None, known))


def _year(row: Submission, campaign_id: UUID | None, known: Known) -> int:
    years = {one.id: one.year for one in known.campaigns}
    return years[campaign_id] if campaign_id in years else local_date(row.received_at).year


def _where(row: Submission, code: str, at: datetime, known: Known) -> tuple[dict[str, Any], list[Issue]]:
    """Give the columns that the code leads to: an outing's, a help desk's, or where neither is known the sender's."""
    outing, desk, day = known.outings.get(code), known.desks.get(code), local_date(at)
    if outing is not None:
        campaign = next((one for one in known.campaigns if one.id == outing.campaign_id), None)
        issues = [Issue.OUTING_CANCELLED] if outing.state == State.CANCELLED else []
        issues += [Issue.OUTING_OTHER_DAY] if outing.held_on != day else []
        found = _stands(outing) | {"outing_id": outing.id, "campaign_id": outing.campaign_id}
        return _NOWHERE | found, [*issues, *_outside(campaign, day)]
    campaign = _campaign_of(day, known.campaigns)
    campaign_id = campaign.id if campaign else None
    if desk is not None:
        issues = [] if desk.was_open(at) else [Issue.DESK_CLOSED]
        found = _stands(desk) | {"help_desk_id": desk.id, "campaign_id": campaign_id}
        return _NOWHERE | found, [*issues, *_outside(campaign, day)]
    found = {
        "outing_code": code[:40],
        "campaign_id": campaign_id,
        "organization_id": row.organization_id,
        "province_code": campaign.province_code if campaign else "",
    }
    return _NOWHERE | found, [Issue.OUTING_UNKNOWN, *_outside(campaign, day)]


_NOWHERE: dict[str, Any] = {"outing_id": None, "help_desk_id": None, "district_code": "", "place_code": ""}


def _stands(one: OutingRef | HelpDeskRef) -> dict[str, Any]:
    """Give the columns that an outing and a desk fill alike: whose it is, and where."""
    path = one.place_path
    return {
        "outing_code": one.code,
        "organization_id": one.organization_id,
        "province_code": path[0] if path else "",
        # Since 1/7/2025 no unit stands between province and commune.
        "district_code": path[1] if len(path) > 2 else "",
        "place_code": one.place_code,
    }


def _outside(campaign: CampaignView | None, day: date) -> list[Issue]:
    inside = campaign is not None and campaign.starts_on <= day <= campaign.ends_on
    return [] if inside else [Issue.OUTSIDE_CAMPAIGN]


def _campaign_of(day: date, known: Iterable[CampaignView]) -> CampaignView | None:
    """Give the campaign whose window holds a day, else the one of its year."""
    every = sorted(known, key=lambda one: (not one.starts_on <= day <= one.ends_on, one.year != day.year))
    first = every[0] if every else None
    return first if first and (first.year == day.year or first.starts_on <= day <= first.ends_on) else None


def _result(said: Said, day: date, known: Known) -> tuple[dict[str, Any], list[Issue]]:
    service_code, rung = said["service"][:60], said["result"][:40]
    how, bottleneck = said["how"], said["bottleneck"][:40]
    dated = known.services.get(service_code, ())
    service = next((one for one in dated if one.holds_on(day)), dated[-1] if dated else None)
    group = service.group_code if service else ""
    stage = known.stages.get((group, rung), "")
    doubts = {
        Issue.SERVICE_UNKNOWN: service is None,
        Issue.SERVICE_NOT_OFFERED: service is not None and not service.holds_on(day),
        Issue.RUNG_UNKNOWN: not stage,
        Issue.HOW_UNKNOWN: how not in _HOWS,
        Issue.BOTTLENECK_UNKNOWN: bool(bottleneck) and bottleneck not in known.bottlenecks,
        Issue.STEP_RESTRICTED: how == How.DONE_FOR and (service_code, rung) in known.restricted,
    }
    found = {
        "service_code": service_code,
        "group_code": group,
        "rung": rung,
        "stage": stage,
        "how": how if how in _HOWS else "",
        "bottleneck": bottleneck or None,
    }
    return found, [issue for issue, doubted in doubts.items() if doubted]


def _card(text: str, at: datetime, campaign_id: UUID | None, known: Known) -> tuple[CardRef | None, list[Issue]]:
    """Give the card that counts with a record; one that does not is doubted, and never holds the record up."""
    card = known.cards.get(text)
    if not text:
        return None, []
    if card is None:
        return None, [Issue.CARD_UNKNOWN]
    if card.campaign_id != campaign_id:
        return None, [Issue.CARD_OTHER_CAMPAIGN]
    if card.voided_at is not None and at >= card.voided_at:
        return None, [Issue.CARD_VOID]
    return card, []


def _moment(row: Submission, said_time: datetime | None) -> Moment:
    """Decide when it happened: by all the device's clocks where it sent them, else by the time in its answers."""
    shift = timedelta(seconds=row.time_shift)
    clock = read_clock(row.clock, row.clock.get("sent_at")) if row.clock else None
    if clock is None:
        return believe(said_time, shift, row.received_at)
    return derive_moment(replace(clock, wall=clock.wall or said_time), shift, row.received_at)


def _device_time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
