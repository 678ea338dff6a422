"""What may be asked about the indicators of a plan and their targets."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from raquan.campaign.models import Indicator, Objective, Plan, Target
from raquan.campaign.rules import (
    ALL_NAME,
    CHANGEABLE,
    COMMUNE_GROUP_NAMES,
    CommuneGroup,
    PlanState,
    TargetScope,
)
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.localized import Localized
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people import queries as people
from raquan.people.rules import Action, covers, may
from raquan.places import queries as places


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target; `name` is to be translated for the province and groups, and stands as it is for others.

    `communes` is how many communes a group's target is for, each; None for the others.
    """

    scope: TargetScope
    key: str
    name: str
    value: int
    organization_id: UUID | None
    communes: int | None = None

    @property
    def total(self) -> int | None:
        """Give what a group's communes are to reach together; None for the others."""
        return None if self.communes is None else self.communes * self.value


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator; `rung` is None where nothing counts it, `denominator` None where there is none."""

    id: UUID
    objective_id: UUID
    name: str
    group_code: str
    rung_code: str
    group: Localized | None
    rung: Localized | None
    denominator: int | None
    denominator_name: str
    denominator_source: str
    denominator_on: date | None
    version: int
    targets: tuple[TargetView, ...]

    @property
    def whole(self) -> int | None:
        """Give the target of the whole province."""
        return next((one.value for one in self.targets if one.scope is TargetScope.ALL), None)


@dataclass(frozen=True, slots=True)
class ObjectiveIndicators:
    """An objective with its indicators."""

    id: UUID
    text: str
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """A plan's objectives with their indicators."""

    plan_id: UUID
    plan_number: str
    plan_title: str
    state: PlanState
    objectives: tuple[ObjectiveIndicators, ...]
    may_change: bool


def indicators_page(actor: Actor, plan_id: UUID) -> IndicatorsPage:
    """Give a plan's objectives, indicators and targets. Raises NotAllowed, NotFound; seven queries at most."""
    plan = _plan(actor, plan_id)
    targets = Prefetch("targets", queryset=Target.objects.order_by("scope", "key"))
    rows = Prefetch("indicators", queryset=Indicator.objects.order_by("position").prefetch_related(targets))
    found = list(Objective.objects.filter(plan_id=plan_id).order_by("position").prefetch_related(rows))
    names = _names([target for aim in found for one in aim.indicators.all() for target in one.targets.all()], plan)
    sizes = dict(Counter(plan.campaign.commune_groups.values_list("group", flat=True)))
    return IndicatorsPage(
        plan_id=plan.id,
        plan_number=plan.number,
        plan_title=plan.title,
        state=PlanState(plan.state),
        objectives=tuple(
            ObjectiveIndicators(aim.id, aim.text, tuple(_view(one, names, sizes) for one in aim.indicators.all()))
            for aim in found
        ),
        may_change=plan.state in CHANGEABLE and covers(actor, Action.PLAN_MANAGE),
    )


def indicators_of(actor: Actor, campaign_id: UUID) -> tuple[IndicatorView, ...]:
    """Give the indicators of a campaign's plan, with targets, in the plan's order. Raises NotAllowed."""
    plan_id = (
        Plan.objects.filter(campaign_id=campaign_id).exclude(state=PlanState.DRAFT.value).values_list("id").first()
    )
    if plan_id is None:
        return ()
    return tuple(one for aim in indicators_page(actor, plan_id[0]).objectives for one in aim.indicators)


def indicator(actor: Actor, indicator_id: UUID) -> tuple[IndicatorsPage, IndicatorView]:
    """Give an indicator and the page of its plan. Raises NotAllowed, NotFound."""
    plan_id = Indicator.objects.filter(id=indicator_id).values_list("objective__plan_id", flat=True).first()
    if plan_id is None:
        raise NotFound()
    page = indicators_page(actor, plan_id)
    return page, next(one for aim in page.objectives for one in aim.indicators if one.id == indicator_id)


def _plan(actor: Actor, plan_id: UUID) -> Plan:
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    plan = Plan.objects.filter(id=plan_id).select_related("campaign").first()
    if plan is None or (plan.state == PlanState.DRAFT.value and not covers(actor, Action.PLAN_MANAGE)):
        raise NotFound()
    return plan


def _names(targets: list[Target], plan: Plan) -> Mapping[tuple[str, str], str]:
    units = {one.organization_id for one in targets if one.organization_id}
    codes = {one.key for one in targets if one.scope == TargetScope.PLACE.value}
    found = {(TargetScope.ALL.value, "all"): ALL_NAME}
    found |= {(TargetScope.GROUP.value, one.value): COMMUNE_GROUP_NAMES[one] for one in CommuneGroup}
    if units:
        found |= {(TargetScope.UNIT.value, str(id_)): name for id_, name in people.organization_names(units).items()}
    if codes:
        at_places = places.unit_names(codes, on=plan.campaign.day_on)
        found |= {(TargetScope.PLACE.value, code): name for code, name in at_places.items()}
    return found


def _view(one: Indicator, names: Mapping[tuple[str, str], str], sizes: Mapping[str, int]) -> IndicatorView:
    group = next((it for it in catalogue.groups() if it.code == one.group_code), None)
    rung = next((it for it in group.rungs if it.code == one.rung_code), None) if group else None
    return IndicatorView(
        id=one.id,
        objective_id=one.objective_id,
        name=one.name,
        group_code=one.group_code,
        rung_code=one.rung_code,
        group=group.name if group else None,
        rung=rung.name if rung else None,
        denominator=one.denominator,
        denominator_name=one.denominator_name,
        denominator_source=one.denominator_source,
        denominator_on=one.denominator_on,
        version=one.version,
        targets=tuple(
            TargetView(
                TargetScope(it.scope),
                it.key,
                names.get((it.scope, it.key), it.key),
                it.value,
                it.organization_id,
                sizes.get(it.key, 0) if it.scope == TargetScope.GROUP.value else None,
            )
            for it in one.targets.all()
        ),
    )
