"""How far each indicator is: what was counted against its targets, on the line from the first day to the last."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings

from raquan.analytics import queries as analytics
from raquan.analytics.queries import Allowance, Attained
from raquan.analytics.rules import Number, figure_address
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView, IndicatorView, TargetView
from raquan.campaign.rules import TargetScope
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.rounds.rules import LIGHT_NAMES, Light, light, wanted_by


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target with what was counted: `share` of it, `wanted` by the end of yesterday, and its light.

    Of a group `reached` says how many of its communes have reached the target of each.
    """

    target: TargetView
    counted: Number | None
    share: Decimal | None
    wanted: int | None
    light: Light
    href: str = ""
    reached: int | None = None

    @property
    def whole(self) -> int:
        """Give what is to be reached, by a group's communes together."""
        return self.target.value if self.target.total is None else self.target.total

    @property
    def light_name(self) -> str:
        """Say the light in words, a message id."""
        return LIGHT_NAMES[self.light]


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """An indicator with its first target that is asked for, all of them, and its part of the denominator."""

    indicator: IndicatorView
    attained: Attained
    first: TargetStanding | None
    targets: tuple[TargetStanding, ...]
    part: Decimal | None


def standings(
    actor: Actor,
    campaign: CampaignView,
    *,
    now: datetime,
    allowance: Allowance | None = None,
    units: Collection[UUID] = (),
    place: str = "",
    only: Collection[UUID] | None = None,
    by_day: bool = False,
) -> tuple[IndicatorStanding, ...]:
    """Give the indicators of the campaign as they stand, with all their targets, or those of units or of a place.

    Of units these are the targets given to them and to their places; indicators without any are left out then. `only`
    keeps some indicators. Empty for who may not read the plan. Raises NotAllowed.
    """
    if not may(actor, Action.PLAN_READ):
        return ()
    told = campaigns.told_indicators(actor, campaign.id)
    named = _names(units, place)
    kept = [(one, _of_names(one.targets, named)) for one in told.indicators if only is None or one.id in only]
    kept = [(one, targets) for one, targets in kept if targets or named is None]
    if not kept:
        return ()
    counted = analytics.attained(
        actor,
        [one for one, _ in kept],
        campaign.id,
        allowance=allowance or Allowance(settings.RAQUAN_FIGURE_SECONDS),
        now=now,
        by_day=by_day,
    )
    return tuple(_standing(one, targets, counted[one.id], campaign, now) for one, targets in kept)


Name = tuple[TargetScope, str]


def _names(units: Collection[UUID], place: str) -> frozenset[Name] | None:
    if not units and not place:
        return None
    own = _of_units(units, _places_of(units))
    return own | {(TargetScope.PLACE, place)} if place else own


def _of_units(units: Collection[UUID], places: Mapping[UUID, str]) -> frozenset[Name]:
    """Give under which names targets are given to units: their own, and those of their places."""
    own = {(TargetScope.UNIT, str(one)) for one in units}
    return frozenset(own | {(TargetScope.PLACE, places[one]) for one in units if places.get(one)})


def _places_of(units: Collection[UUID]) -> dict[UUID, str]:
    """Give the codes of the places that units are of; one query."""
    return {id_: one.place_code or "" for id_, one in people.organizations_by_ids(units).items()} if units else {}


def narrowed(one: IndicatorStanding, units: Collection[UUID], places: Mapping[UUID, str]) -> IndicatorStanding:
    """Keep the targets that were given to units and their places; the whole's where they have none."""
    names = _of_units(units, places)
    own = tuple(it for it in one.targets if (it.target.scope, it.target.key) in names)
    kept = own or tuple(it for it in one.targets if it.target.scope is TargetScope.ALL)
    return replace(one, targets=kept, first=next(iter(kept), None))


def _of_names(targets: Sequence[TargetView], names: Collection[Name] | None) -> tuple[TargetView, ...]:
    """Keep the targets given under some names; None keeps all."""
    return tuple(it for it in targets if names is None or (it.scope, it.key) in names)


def _standing(
    one: IndicatorView,
    targets: Sequence[TargetView],
    counted: Attained,
    campaign: CampaignView,
    now: datetime,
) -> IndicatorStanding:
    shown = tuple(_target(it, counted, campaign, now) for it in targets)
    first = next((it for it in shown if it.target.scope is TargetScope.ALL), next(iter(shown), None))
    part = None
    if one.denominator and counted.total is not None:
        part = Decimal(counted.total) / Decimal(one.denominator)
    return IndicatorStanding(one, counted, first, shown, part)


def _target(it: TargetView, counted: Attained, campaign: CampaignView, now: datetime) -> TargetStanding:
    codes = it.codes or ()
    value = _counted(it, counted, codes)
    whole = it.value if it.total is None else it.total
    today = local_date(now)
    return TargetStanding(
        target=it,
        counted=value,
        share=Decimal(value) / Decimal(whole) if value is not None and whole else None,
        wanted=wanted_by(whole, campaign.starts_on, campaign.ends_on, today) if whole else None,
        light=light(None if value is None else int(value), whole, campaign.starts_on, campaign.ends_on, today),
        href=_address(it, counted, campaign),
        reached=sum(1 for code in codes if counted.by_place.get(code, 0) >= it.value) if codes else None,
    )


def _counted(it: TargetView, counted: Attained, codes: Sequence[str]) -> Number | None:
    if counted.total is None:
        return None
    if it.scope is TargetScope.ALL:
        return counted.total
    if it.scope is TargetScope.UNIT:
        return counted.by_unit.get(it.key, 0)
    if it.scope is TargetScope.PLACE:
        return counted.by_place.get(it.key, 0)
    return sum((counted.by_place.get(code, 0) for code in codes), start=Decimal(0))


def _address(it: TargetView, counted: Attained, campaign: CampaignView) -> str:
    """Lead to the figure that the number stands in; of a group no figure has the sum."""
    way = counted.counting
    if way is None or it.scope is TargetScope.GROUP:
        return ""
    own: tuple[tuple[str, str], ...] = ()
    if it.scope is TargetScope.UNIT:
        own = (("organization", it.key),)
    elif it.scope is TargetScope.PLACE:
        own = (("commune" if len(it.key) == _COMMUNE_DIGITS else "district", it.key),)
    return figure_address(way.measure, "day", campaign_id=campaign.id, filters=(*own, *way.filters))


_COMMUNE_DIGITS = 5
"""Communes have codes of five digits, districts of three."""
