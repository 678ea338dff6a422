"""Rounds with their counts, and a round with its reports."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.rounds.models import ReportingRound, UnitReport
from raquan.rounds.queries.columns import REPORTS, ROUNDS
from raquan.rounds.queries.scope import reads_of, units_of
from raquan.rounds.queries.views import ReportRow, RoundPage, RoundView
from raquan.rounds.rules import OPEN_STATES, State

UNHEARD = (State.DRAFT.value, State.RETURNED.value)


def readable(actor: Actor) -> QuerySet[UnitReport]:
    """Select the reports that an actor may know of: those of the own units, all for who decides."""
    people.check(actor, Action.FIGURE_READ)
    units = reads_of(actor)
    return UnitReport.objects.all() if units is None else UnitReport.objects.filter(organization_id__in=units)


def newest(actor: Actor) -> QuerySet[UnitReport]:
    """Keep a unit's open version, or the approved one where none is open."""
    open_ones = UnitReport.objects.filter(
        round_id=OuterRef("round_id"),
        organization_id=OuterRef("organization_id"),
        state__in=[one.value for one in OPEN_STATES],
    )
    shown = readable(actor).exclude(state=State.REPLACED.value)
    return shown.exclude(Q(state=State.APPROVED.value) & Exists(open_ones))


def is_late(now: datetime) -> Q:
    """Select the reports that are owed and past their due time and grace."""
    return Q(state__in=UNHEARD, late_at__lt=now)


def rounds(
    actor: Actor, *, campaign_id: UUID, now: datetime, sort: str = "", page: int = 1, size: int = 20
) -> Page[RoundView]:
    """List the rounds of a campaign, the last first, with counts of the reports that the actor may know of."""
    found = ReportingRound.objects.filter(rule__campaign_id=campaign_id).select_related("rule")
    rows = list(ROUNDS.ordered(found, sort)[window(page, size)])
    items = _with_counts(actor, rows, now)
    return Page(items, page, size, total_of(items, page, size, found.count))


def round_page(
    actor: Actor, round_id: UUID, *, now: datetime, only: str = "", sort: str = "", page: int = 1, size: int = 50
) -> RoundPage:
    """Give a round with a page of its reports: all, those `behind`, or those in a state. Raises NotFound."""
    row = ReportingRound.objects.filter(id=round_id).select_related("rule").first()
    if row is None:
        raise NotFound()
    found = newest(actor).filter(round_id=round_id)
    if only == "behind":
        found = found.filter(is_late(now))
    elif only == "extended":
        found = found.exclude(due_at=row.due_at)
    elif only:
        found = found.filter(state=only)
    listed = REPORTS.ordered(found.select_related("organization", "round__rule"), sort)
    items = [report_row(one, now) for one in listed[window(page, size)]]
    decides = units_of(actor, Action.REPORT_DECIDE)
    view = _with_counts(actor, [row], now)[0]
    total = total_of(items, page, size, found.count)
    return RoundPage(view, Page(items, page, size, total), decides is None or bool(decides))


def report_row(row: UnitReport, now: datetime) -> ReportRow:
    """Make a report's line."""
    return ReportRow(
        id=row.id,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        version=row.version,
        edition=row.edition,
        state=State(row.state),
        due_at=row.due_at,
        submitted_at=row.submitted_at,
        is_behind=row.late_at < now and row.state in UNHEARD,
        is_extended=row.due_at != row.round.due_at,
    )


def _with_counts(actor: Actor, rows: Sequence[ReportingRound], now: datetime) -> list[RoundView]:
    found = (
        newest(actor)
        .filter(round__in=rows)
        .order_by()
        .values("round_id")
        .annotate(
            units=Count("id"),
            submitted=Count("id", filter=Q(state=State.SUBMITTED.value)),
            returned=Count("id", filter=Q(state=State.RETURNED.value)),
            approved=Count("id", filter=Q(state=State.APPROVED.value)),
            behind=Count("id", filter=is_late(now)),
        )
    )
    counts: dict[UUID, dict[str, int]] = {
        one["round_id"]: {
            "units": one["units"],
            "submitted": one["submitted"],
            "returned": one["returned"],
            "approved": one["approved"],
            "behind": one["behind"],
        }
        for one in found
    }
    none = dict.fromkeys(("units", "submitted", "returned", "approved", "behind"), 0)
    return [
        RoundView(
            id=row.id,
            campaign_id=row.rule.campaign_id,
            every=row.rule.every,
            first_on=row.first_on,
            last_on=row.last_on,
            due_at=row.due_at,
            grace=timedelta(minutes=row.rule.grace_minutes),
            **counts.get(row.id, none),
        )
        for row in rows
    ]
