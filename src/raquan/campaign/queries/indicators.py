"""What may be asked about the indicators of a plan and their targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, OuterRef, Prefetch, Subquery

from raquan.campaign.models import CommuneInGroup, Indicator, Objective, Plan, Target
from raquan.campaign.queries.groups import JoinedCodes
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
from raquan.kernel.remembering import Remembered
from raquan.people import queries as people
from raquan.people.rules import Action, covers, may
from raquan.places import queries as places


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target; `name` is to be translated for the province and groups, and stands as it is for others.

    `codes` are those of the communes that a group's target is for, each; None for the others.
    """

    scope: TargetScope
    key: str
    name: str
    value: int
    organization_id: UUID | None
    codes: tuple[str, ...] | None = None

    @property
    def communes(self) -> int | None:
        """Give how many communes a group's target is for; None for the others."""
        return None if self.codes is None else len(self.codes)

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
    """Give a plan's objectives, indicators and targets. Raises NotAllowed, NotFound; six queries at most."""
    plan = _plan(actor, plan_id)
    rows = Prefetch("indicators", queryset=Indicator.objects.order_by("position").prefetch_related(_targets()))
    found = list(Objective.objects.filter(plan_id=plan_id).order_by("position").prefetch_related(rows))
    names = _names([target for aim in found for one in aim.indicators.all() for target in one.targets.all()], plan)
    return IndicatorsPage(
        plan_id=plan.id,
        plan_number=plan.number,
        plan_title=plan.title,
        state=PlanState(plan.state),
        objectives=tuple(
            ObjectiveIndicators(aim.id, aim.text, tuple(_view(one, names) for one in aim.indicators.all()))
            for aim in found
        ),
        may_change=plan.state in CHANGEABLE and covers(actor, Action.PLAN_MANAGE),
    )


@dataclass(frozen=True, slots=True)
class ToldIndicators:
    """The indicators of a campaign's plan with targets, in its order; which tell how far a task is."""

    indicators: tuple[IndicatorView, ...] = ()
    of_tasks: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)


def told_indicators(actor: Actor, campaign_id: UUID) -> ToldIndicators:
    """Give the indicators of a campaign's plan in or after force; three queries at most, none when just asked.

    Raises NotAllowed.
    """
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    seconds = settings.RAQUAN_REMEMBER_SECONDS
    return _told.get(campaign_id, lambda: _read_told(campaign_id), seconds=seconds) or ToldIndicators()


def indicators_of(actor: Actor, campaign_id: UUID) -> tuple[IndicatorView, ...]:
    """Give the indicators of a campaign's plan, with targets, in the plan's order. Raises NotAllowed."""
    return told_indicators(actor, campaign_id).indicators


_told: Remembered[UUID, ToldIndicators] = Remembered(20)


def forget_told() -> None:
    """Look the indicators up again: whatever of them has changed calls this after its commit."""
    _told.forget()


def _read_told(campaign_id: UUID) -> ToldIndicators:
    of_plan = Indicator.objects.filter(objective__plan__campaign_id=campaign_id)
    signed = of_plan.exclude(objective__plan__state=PlanState.DRAFT.value).select_related("objective__plan__campaign")
    told = signed.annotate(tells_of=F("tasks__task_id"))  # a row for each task, of which there are few
    rows = list(told.order_by("objective__position", "position", "id").prefetch_related(_targets()))
    if not rows:
        return ToldIndicators()
    indicators = {one.id: one for one in rows}.values()
    aimed = [target for one in indicators for target in one.targets.all()]
    names = _names(aimed, rows[0].objective.plan)
    views = tuple(_view(one, names) for one in indicators)
    return ToldIndicators(views, _task_indicators(rows))


def _targets() -> Prefetch[str]:
    """Bring the targets of indicators, those of groups with their communes: their codes come along, unasked."""
    members = CommuneInGroup.objects.filter(
        campaign_id=OuterRef("indicator__objective__plan__campaign_id"), group=OuterRef("key")
    )
    joined = members.values("group").annotate(joined=JoinedCodes("place_code")).values("joined")
    return Prefetch("targets", queryset=Target.objects.order_by("scope", "key").annotate(codes=Subquery(joined)))


def _task_indicators(rows: Iterable[Any]) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, tuple[UUID, ...]] = {}
    for row in sorted(rows, key=lambda row: row.position):
        if row.tells_of is not None:
            found[row.tells_of] = (*found.get(row.tells_of, ()), row.id)
    return found


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
        found |= {(TargetScope.PLACE.value, code): name[:1].upper() + name[1:] for code, name in at_places.items()}
    return found


def _view(one: Indicator, names: Mapping[tuple[str, str], str]) -> IndicatorView:
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
        targets=tuple(_target(it, names) for it in one.targets.all()),
    )


def _target(one: Any, names: Mapping[tuple[str, str], str]) -> TargetView:
    name = names.get((one.scope, one.key), one.key)
    codes = tuple((one.codes or "").split()) if one.scope == TargetScope.GROUP.value else None
    return TargetView(TargetScope(one.scope), one.key, name, one.value, one.organization_id, codes)
