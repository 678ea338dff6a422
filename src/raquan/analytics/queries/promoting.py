"""Reads what promotions, booths and links did as facts: of several campaigns at once, in a question or two."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from raquan.analytics.rules import ActivityFact, Kind
from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.exhibitions import queries as exhibitions
from raquan.links import queries as links
from raquan.market import queries as market
from raquan.outings import queries as outings
from raquan.outings.rules import path_codes
from raquan.places import queries as places
from raquan.places.rules import Level
from raquan.vouchers import queries as vouchers


def redemptions(campaigns: Sequence[CampaignView]) -> Iterable[ActivityFact]:
    """Give what became of vouchers, a fact for each run, counter, day, outcome and reason."""
    of = {one.id: one for one in campaigns}
    groups = _groups()
    for one in vouchers.redemption_facts(of.keys()):
        yield ActivityFact(
            id=f"{one.run_id} {one.counter_id} {one.day.isoformat()} {one.state} {one.reason}".rstrip(),
            kind=Kind.REDEMPTION,
            occurred_on=one.day,
            outing_id=None,
            state=one.state,
            reason=one.reason,
            group_code=_group(one.service_codes, groups),
            thing=str(one.run_id),
            quantity=one.count,
            value=one.amount,
            valued=one.bills,
            **common(of[one.campaign_id], one.organization_id, path(one.place_code, one.day)),
        )


def results(campaigns: Sequence[CampaignView]) -> Iterable[ActivityFact]:
    """Give what enterprises state of their offers, a fact for each offer and month, on the month's first day."""
    of = {one.id: one for one in campaigns}
    groups = _groups()
    for one in market.result_facts(of.keys()):
        place = one.place_codes[0] if len(one.place_codes) == 1 else one.seat
        yield ActivityFact(
            id=str(one.result_id),
            kind=Kind.RESULT,
            occurred_on=one.month,
            outing_id=None,
            grade=one.grade,
            group_code=_group(one.service_codes, groups),
            thing=str(one.offer_id),
            quantity=one.redeemed,
            value=one.value,
            valued=0 if one.value is None else one.redeemed,
            **common(of[one.campaign_id], one.organization_id, path(place, one.month)),
        )


def booth_days(campaigns: Sequence[CampaignView]) -> Iterable[ActivityFact]:
    """Give how many came to booths, a fact for each booth, day and grade."""
    of = {one.id: one for one in campaigns}
    for one in exhibitions.booth_day_facts(of.keys()):
        yield ActivityFact(
            id=f"{one.application_id} {one.day.isoformat()} {one.grade}",
            kind=Kind.BOOTH_DAY,
            occurred_on=one.day,
            outing_id=None,
            grade=one.grade,
            thing=str(one.exhibition_id),
            quantity=one.count,
            **common(of[one.campaign_id], one.organization_id, path(one.place_code, one.day)),
        )


def link_days(campaigns: Sequence[CampaignView]) -> Iterable[ActivityFact]:
    """Give the visits of links within campaigns, a fact for each link and day; of other days nothing is read."""
    if not campaigns:
        return
    since, until = min(one.starts_on for one in campaigns), max(one.ends_on for one in campaigns)
    found = links.link_day_facts(since, until, outings.outings_of_code(links.ABOUT))
    for one in found:
        for campaign in (it for it in campaigns if it.starts_on <= one.day <= it.ends_on):
            yield ActivityFact(
                id=f"{one.link_id} {one.day.isoformat()}",
                kind=Kind.LINK_DAY,
                occurred_on=one.day,
                outing_id=str(one.outing_id) if one.outing_id else None,
                aim="outing" if one.outing_id else "",
                channel=one.channel,
                thing=str(one.link_id),
                quantity=one.visits,
                **common(campaign, one.organization_id, path_codes(one.outing_path)),
            )


def common(campaign: CampaignView, organization_id: UUID, place: tuple[str, ...]) -> dict[str, Any]:
    """Give the columns that every kind has; before July 2025 a path has a district in the middle."""
    return {
        "campaign_id": str(campaign.id),
        "organization_id": str(organization_id),
        "province_code": place[0] if place else "",
        "district_code": place[1] if len(place) > 2 else "",
        "commune_code": place[-1] if len(place) > 1 else "",
        "synthetic": campaign.is_synthetic,
    }


def path(code: str, on: date) -> tuple[str, ...]:
    """Give the units that a place lies in on a day, the province first; () for a place that is not known then.

    Of a district, of which no commune is known, the last is "".
    """
    unit = places.unit_on(code, on) if code else None
    if unit is None:
        return ()
    found = places.path_on(code, on)
    return (*found, "") if unit.level == Level.DISTRICT else found


def _groups() -> dict[str, str]:
    return {one.code: one.group_code for one in catalogue.all_services()}


def _group(codes: Iterable[str], groups: dict[str, str]) -> str:
    """Give the one group that services are of; "" where they are of several, or none is named."""
    found = {groups.get(one, "") for one in codes}
    return found.pop() if len(found) == 1 else ""
