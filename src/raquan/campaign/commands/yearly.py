"""Starts a year's plan, as a draft, from the plan of the year before."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign.commands.planning import DaysReversed, YearHasPlan, load_plan
from raquan.campaign.models import Campaign, Indicator, Objective, Observance, Plan, Task, TaskUnit
from raquan.campaign.queries import forget_campaigns
from raquan.campaign.rules import PlanState, Window, move_day
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import fold
from raquan.ledger import commands as ledger


class StartsFromDraft(Refused):
    """A draft was never signed, and nothing is started from it."""

    code = "plan.starts_from_draft"
    message = N_("Chỉ lập kế hoạch năm sau từ kế hoạch đã ký.")


def start_plan_from(
    *, by: Actor, now: datetime, plan_id: UUID, year: int, starts_on: date, ends_on: date, day_on: date
) -> UUID:
    """Start a year's plan, as a draft, from another year's; where that year has a draft already, gives that one.

    Objectives, indicators without their targets, and tasks that were not withdrawn are copied; days move to the new
    window; a task that names a service which is no longer provided is marked.
    Raises NotAllowed, NotFound, StartsFromDraft, DaysReversed, YearHasPlan.
    """
    old = load_plan(by, now, plan_id)
    if old.state == PlanState.DRAFT.value:
        raise StartsFromDraft()
    if starts_on > ends_on:
        raise DaysReversed()
    plans = Plan.objects.filter(campaign__year=year)
    if plans.exclude(state=PlanState.DRAFT.value).exists():
        raise YearHasPlan(year=year)
    if found := plans.values_list("id", flat=True).first():
        return found
    try:
        with transaction.atomic():
            made = _copy(old, year, Window(starts_on, ends_on, day_on))
            detail = {"from": str(plan_id), "year": year}
            ledger.record(by=by, verb="start_plan_from", subject="campaign.Plan", subject_id=made.id, detail=detail)
            transaction.on_commit(forget_campaigns)
            return made.id
    except IntegrityError:  # another officer was first in this moment
        if found := plans.values_list("id", flat=True).first():
            return found
        raise


def _copy(old: Plan, year: int, new: Window) -> Plan:
    was = Window(old.campaign.starts_on, old.campaign.ends_on, old.campaign.day_on)
    plan = Plan.objects.create(
        campaign=_campaign(old.campaign, year, new, was),
        title=old.title.replace(str(old.campaign.year), str(year)),
        issuer=old.issuer,
        state=PlanState.DRAFT.value,
        started_from=old,
        sub_plans_need_approval=old.sub_plans_need_approval,
        programmes=old.programmes,
    )
    _copy_objectives(old, plan)
    _copy_tasks(old, plan, was, new)
    return plan


def _campaign(old: Campaign, year: int, new: Window, was: Window) -> Campaign:
    """Make the draft's campaign; its code becomes the year when the plan is put in force, and until then is free."""
    made = Campaign.objects.create(
        year=year,
        code=f"{year}-draft",
        name=localized(f"Ngày Chuyển đổi số năm {year}", en=f"Digital Transformation Day {year}"),
        day_on=new.day_on,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        slogans=old.slogans,
        province_code=old.province_code,
        is_synthetic=old.is_synthetic,
    )
    Observance.objects.bulk_create(
        Observance(campaign=made, scope=one.scope, name=one.name, held_on=move_day(one.held_on, was, new) or new.day_on)
        for one in old.observances.all()
    )
    return made


def _copy_objectives(old: Plan, plan: Plan) -> None:
    new = {}
    for one in old.objectives.order_by("position"):
        new[one.id] = Objective(plan=plan, position=one.position, text=one.text, source=one.source)
    Objective.objects.bulk_create(new.values())
    Indicator.objects.bulk_create(
        Indicator(
            objective=new[one.objective_id],
            position=one.position,
            name=one.name,
            group_code=one.group_code,
            rung_code=one.rung_code,
        )
        for one in Indicator.objects.filter(objective__plan=old)
    )


def _copy_tasks(old: Plan, plan: Plan, was: Window, new: Window) -> None:
    retired = _retired(was.day_on, new.day_on)
    rows = list(old.tasks.filter(withdrawn_by=None).order_by("position"))
    ids = {one.id: uuid7() for one in rows}
    Task.objects.bulk_create(
        Task(
            id=ids[one.id],
            plan=plan,
            parent_id=ids.get(one.parent_id) if one.parent_id else None,
            position=one.position,
            path=one.path,
            title=one.title,
            is_section=one.is_section,
            starts_on=move_day(one.starts_on, was, new),
            due_on=move_day(one.due_on, was, new),
            time_as_written="" if one.starts_on or one.due_on else one.time_as_written,
            deliverable=one.deliverable,
            source=one.source,
            source_text=one.source_text,
            search_key=one.search_key,
            retired_services=[name for key, name in retired if key in fold(f"{one.title} {one.source_text}")],
        )
        for one in rows
    )
    TaskUnit.objects.bulk_create(
        TaskUnit(
            task_id=ids[one.task_id],
            position=one.position,
            part=one.part,
            as_written=one.as_written,
            organization_id=one.organization_id,
            score=one.score,
        )
        for one in TaskUnit.objects.filter(task_id__in=ids)
    )


def _retired(then: date, day: date) -> list[tuple[str, str]]:
    """Give the services, by folded name, that were provided then and will not be on a day."""
    provided = {one.code for one in catalogue.services_on(day)}
    names = {one.name["vi"] for one in catalogue.services_on(then) if one.code not in provided}
    return sorted((fold(name), name) for name in names)
