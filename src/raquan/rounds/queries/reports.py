"""One report with its figures, the approved texts, and what waits for whom."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value

from raquan.kernel.actor import Actor
from raquan.kernel.clock import VIETNAM
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.rounds.models import UnitReport
from raquan.rounds.queries.calls import due_calls
from raquan.rounds.queries.columns import WAITING
from raquan.rounds.queries.figures import PeriodFigure, period_figures
from raquan.rounds.queries.rounds import UNHEARD, is_late, readable, report_row
from raquan.rounds.queries.scope import units_of
from raquan.rounds.queries.views import ApprovedText, Queues, ReportPage, Told, WaitingReport
from raquan.rounds.rules import State, Waiting


def report_page(actor: Actor, report_id: UUID, *, now: datetime) -> ReportPage:
    """Give a version of a report. Raises NotFound where the actor may not know of it."""
    row = readable(actor).filter(id=report_id).select_related("organization", "round__rule").first()
    if row is None:
        raise NotFound()
    own = _within(actor, Action.REPORT_WRITE, row.organization_id)
    live = _figures(actor, row, now)
    frozen = tuple(
        PeriodFigure(one["key"], one["name"], one["value"], tuple((n, v) for n, v in one["grades"]), one["synthetic"])
        for one in row.figures
    )
    return ReportPage(
        row=report_row(row, now),
        round_id=row.round_id,
        first_on=row.round.first_on,
        last_on=row.round.last_on,
        edition=row.edition,
        reason=row.reason,
        correction=row.correction,
        told=_told(row) if own or row.state not in UNHEARD else None,
        figures=frozen if row.snapshot_id else live,
        is_frozen=row.snapshot_id is not None,
        late=_late(frozen, live) if row.snapshot_id else 0,
        supplement=_supplement(actor, row, now),
        may_write=own,
        may_decide=_within(actor, Action.REPORT_DECIDE, row.organization_id),
    )


def approved_texts(actor: Actor, campaign_id: UUID, *, round_id: UUID | None = None) -> tuple[ApprovedText, ...]:
    """Give what units told, as approved, of a campaign or one round, the last round first. One query."""
    people.check(actor, Action.REPORT_BUILD)
    found = UnitReport.objects.filter(round__rule__campaign_id=campaign_id, state=State.APPROVED.value)
    found = found if round_id is None else found.filter(round_id=round_id)
    rows = found.select_related("organization", "round").order_by("-round__last_on", "organization__sort_key", "id")
    return tuple(
        ApprovedText(
            organization_id=row.organization_id,
            organization_name=row.organization.name,
            first_on=row.round.first_on,
            last_on=row.round.last_on,
            version=row.version,
            snapshot_id=row.snapshot_id,
            told=_told(row),
        )
        for row in rows
    )


def queues(actor: Actor, now: datetime, *, campaign_id: UUID | None = None) -> Queues:
    """Count what waits for the actor, in one query; nothing for who neither writes nor decides.

    The calls of a campaign are counted with it, where it is given.
    """
    if not (may(actor, Action.REPORT_WRITE) or may(actor, Action.REPORT_DECIDE)):
        return Queues()
    each: dict[str, QuerySet[Any]] = {one: UnitReport.objects.filter(_waits(actor, one, now)) for one in Waiting}
    if campaign_id and may(actor, Action.REPORT_DECIDE):
        each["calls"] = due_calls(actor, campaign_id, now)
    parts = [rows.values_list(Value(name)).annotate(n=Count("id")) for name, rows in each.items()]
    return Queues(**dict(parts[0].union(*parts[1:], all=True)))


def waiting_reports(
    actor: Actor, only: Waiting, *, now: datetime, sort: str = "", page: int = 1, size: int = 50
) -> Page[WaitingReport]:
    """List the reports that wait for the actor for one reason, the first due first, each with its round."""
    people.check(actor, Action.FIGURE_READ)
    found = UnitReport.objects.filter(_waits(actor, only, now)).select_related("organization", "round__rule")
    rows = WAITING.ordered(found, sort)[window(page, size)]
    items = [WaitingReport(report_row(row, now), row.round.first_on, row.round.last_on) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def _waits(actor: Actor, only: Waiting, now: datetime) -> Q:
    """Select what waits for a reason, of the units for which the actor writes or on whose reports they decide."""
    units = units_of(actor, Action.REPORT_WRITE if only.is_own else Action.REPORT_DECIDE)
    whose = Q() if units is None else Q(organization_id__in=units)
    match only:
        case Waiting.DUE_TODAY:
            midnight = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
            return whose & Q(state=State.DRAFT.value, due_at__lt=midnight + timedelta(days=1))
        case Waiting.RETURNED:
            return whose & Q(state=State.RETURNED.value)
        case Waiting.TO_DECIDE:
            return whose & Q(state=State.SUBMITTED.value)
        case Waiting.LATE:
            return whose & is_late(now)


def _within(actor: Actor, action: Action, organization_id: UUID) -> bool:
    units = units_of(actor, action)
    return units is None or organization_id in units


def _told(row: UnitReport) -> Told:
    return Told(row.results, row.limits, row.causes, row.proposals)


def _figures(actor: Actor, row: UnitReport, now: datetime) -> tuple[PeriodFigure, ...]:
    return period_figures(
        actor,
        campaign_id=row.round.rule.campaign_id,
        organization_id=row.organization_id,
        first_on=row.round.first_on,
        last_on=row.round.last_on,
        now=now,
    )


def _late(frozen: tuple[PeriodFigure, ...], live: tuple[PeriodFigure, ...]) -> int:
    """Count what came for these days after they were frozen; corrections may make it less than nothing."""
    return int((live[0].value or 0) if live else 0) - int((frozen[0].value or 0) if frozen else 0)


def _supplement(actor: Actor, row: UnitReport, now: datetime) -> int:
    before = (
        UnitReport.objects.filter(
            round__rule_id=row.round.rule_id,
            round__last_on__lt=row.round.first_on,
            organization_id=row.organization_id,
            state=State.APPROVED.value,
        )
        .select_related("round__rule")
        .order_by("-round__last_on")
        .first()
    )
    if before is None or before.snapshot_id is None:
        return 0
    frozen = tuple(PeriodFigure(one["key"], one["name"], one["value"], (), False) for one in before.figures)
    return _late(frozen, _figures(actor, before, now))
