"""Sets how often units report, and opens rounds by the clock."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as organizations
from raquan.people.rules import Action, Level
from raquan.rounds.models import ReportingRound, RoundRule, UnitReport
from raquan.rounds.rules import Due, Every, RuleShape, due_rounds


class RuleEndsBeforeStart(Refused):
    """The last day comes before the first."""

    code = "round_rule.ends_before_start"
    message = N_("Ngày cuối phải từ ngày đầu trở đi.")


def set_round_rule(
    *, by: Actor, now: datetime, campaign_id: UUID, level: Level, shape: RuleShape, grace_minutes: int = 0
) -> UUID:
    """Say how often the units of a level report; one rule a kind and level, setting it again changes what is to come.

    Rounds that are open keep their days and due times. Raises RuleEndsBeforeStart.
    """
    people.check_whole(by, Action.ROUND_MANAGE, on=shape.first_on)
    if shape.last_on < shape.first_on:
        raise RuleEndsBeforeStart()
    said = {
        "weekday": shape.weekday,
        "first_on": shape.first_on,
        "last_on": shape.last_on,
        "due_at": shape.due_at,
        "grace_minutes": grace_minutes,
        "skipped": sorted(day.isoformat() for day in shape.skipped),
    }
    with transaction.atomic():
        key: dict[str, Any] = {"campaign_id": campaign_id, "level": level.value, "every": shape.every.value}
        rule = RoundRule.objects.filter(**key).first()
        if rule is not None and all(getattr(rule, name) == value for name, value in said.items()):
            return rule.id
        rule, _ = RoundRule.objects.update_or_create(**key, defaults=said)
        detail = {name: str(value) for name, value in said.items()}
        ledger.record(by=by, verb="set_round_rule", subject="rounds.RoundRule", subject_id=rule.id, detail=detail)
        return rule.id


def open_due_rounds(*, by: Actor, now: datetime) -> int:
    """Open each round whose last day has begun, with a draft for each unit; gives how many. The system alone does this.

    Doing it again opens nothing twice, and goes on where another run was cut off.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    opened = 0
    for rule in RoundRule.objects.all():
        standing = set(rule.rounds.values_list("last_on", flat=True))
        start = max(standing, default=None)
        for due in due_rounds(shape_of(rule), now):
            if due.last_on not in standing and (start is None or due.last_on > start):
                opened += _open(by, rule, due, start)
                start = due.last_on
    return opened


def shape_of(rule: RoundRule) -> RuleShape:
    """Give a stored rule as the rules know it."""
    return RuleShape(
        every=Every(rule.every),
        first_on=rule.first_on,
        last_on=rule.last_on,
        due_at=rule.due_at,
        weekday=rule.weekday,
        skipped=frozenset(date.fromisoformat(day) for day in rule.skipped),
    )


def _open(by: Actor, rule: RoundRule, due: Due, after: date | None) -> int:
    first_on = due.first_on if after is None else max(due.first_on, _day_after(after))
    try:
        with transaction.atomic():
            row = ReportingRound.objects.create(rule=rule, first_on=first_on, last_on=due.last_on, due_at=due.due_at)
            units = organizations.organizations_of_level(rule.level)
            late_at = due.due_at + timedelta(minutes=rule.grace_minutes)
            UnitReport.objects.bulk_create(
                UnitReport(round=row, organization_id=unit.id, due_at=due.due_at, late_at=late_at) for unit in units
            )
            detail = {"units": len(units), "due_at": due.due_at.isoformat()}
            ledger.record(
                by=by, verb="open_due_rounds", subject="rounds.ReportingRound", subject_id=row.id, detail=detail
            )
    except IntegrityError:  # another process opened it in this moment
        return 0
    return 1


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
