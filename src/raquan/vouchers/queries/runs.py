"""What may be asked of runs by their enterprise and by the office."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import get_language, gettext

from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound
from raquan.market import queries as market
from raquan.market.rules import OfferState
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.vouchers.models import Lease, Redemption, RedemptionFailure, VoucherRun
from raquan.vouchers.queries.columns import RUNS
from raquan.vouchers.queries.shapes import Bar, LeaseView, MonthView, PublicRun, RunPage, RunView
from raquan.vouchers.rules import (
    FAILURE_NAMES,
    REASON_NAMES,
    RUN_STATE_NAMES,
    RUN_TRANSITIONS,
    STOCK_NAMES,
    WRITERS_STEPS,
    ClockKind,
    LeaseState,
    Outcome,
    RunState,
    RunStep,
    remaining,
    stock_of,
)

PAGE_SIZE = 20
MOST_LEASES = 100
MOST_OFFERS = 300


def runs(
    actor: Actor, campaign_id: UUID, *, state: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[RunView]:
    """List the runs of the actor's enterprises in an order of RUNS' columns. Raises NotAllowed."""
    found = readable_runs(actor).filter(campaign_id=campaign_id)
    if state:
        found = found.filter(state=state)
    rows = list(RUNS.ordered(_whole(found), sort)[window(page, size)])
    items = [_view(row) for row in rows]
    return Page(items, max(page, 1), size, total_of(rows, page, size, found.count))


def run(actor: Actor, run_id: UUID) -> RunView:
    """Give a run with what the actor may do with it. Raises NotFound, NotAllowed."""
    found = _whole(readable_runs(actor)).filter(id=run_id).first()
    if found is None:
        raise NotFound()
    return _view(found, market.may_decide(actor, found.organization_id), can_act=True)


def run_page(actor: Actor, run_id: UUID, *, now: datetime) -> RunPage:
    """Give all that the page of a run shows, in at most nine queries. Raises NotFound, NotAllowed."""
    view = run(actor, run_id)
    all_of_it = Redemption.objects.filter(run_id=run_id).order_by()
    counted = all_of_it.filter(is_counted=True)
    sums = all_of_it.aggregate(
        reversed=Count("id", filter=Q(outcome=Outcome.ACCEPTED.value, is_counted=False)),
        wall=Count("id", filter=Q(is_counted=True, clock=ClockKind.WALL.value)),
        amount=Sum("amount", filter=Q(is_counted=True)),
    )
    days = counted.values_list("redeemed_on").annotate(Count("id")).order_by("redeemed_on")
    refused = all_of_it.filter(outcome=Outcome.REFUSED.value).values_list("reason").annotate(Count("id"))
    failed = RedemptionFailure.objects.filter(run_id=run_id).order_by().values_list("reason").annotate(Count("id"))
    return RunPage(
        run=view,
        leases=_leases(run_id, now),
        days=tuple(Bar(format_date(day), number) for day, number in days),
        refused=_by_reason(refused, {one.value: name for one, name in REASON_NAMES.items()}),
        failed=_by_reason(failed, {one.value: name for one, name in FAILURE_NAMES.items()}),
        months=_months(actor, view),
        reversed=sums["reversed"],
        by_wall_clock=sums["wall"],
        amount=sums["amount"] or 0,
    )


def offers_for_runs(actor: Actor, campaign_id: UUID, *, now: datetime) -> list[tuple[str, str]]:
    """List the offers that a run can be made for, by id and name. Raises NotAllowed."""
    shown = market.offers(actor, campaign_id, now=now, state=OfferState.PUBLISHED.value, size=200, sort="title").items
    return [(str(one.id), f"{one.title} ({one.organization_name})") for one in shown]


def public_runs(campaign_id: UUID, *, today: date) -> tuple[PublicRun, ...]:
    """List the runs that everybody may take part in, the soonest to end first; how much is left only roughly."""
    shown = [RunState.OPEN.value, RunState.SUSPENDED.value]
    found = _whole(VoucherRun.objects.filter(campaign_id=campaign_id, state__in=shown, ends_on__gte=today))
    rows = found.filter(offer__state=OfferState.PUBLISHED.value).order_by("ends_on", "sort_key", "id")[:MOST_OFFERS]
    return tuple(_public(row) for row in rows)


def readable_runs(actor: Actor) -> QuerySet[VoucherRun]:
    """Give the runs of the enterprises that the actor writes offers for. Raises NotAllowed."""
    own = organizations_of(actor, Action.OFFER_WRITE)
    return VoucherRun.objects.all() if own is None else VoucherRun.objects.filter(organization_id__in=own)


def title_of(row: VoucherRun | None) -> str:
    """Give a run's title in the reader's language; "" for none."""
    return in_language(row.title, get_language() or "vi") if row else ""


def _whole(found: QuerySet[VoucherRun]) -> QuerySet[VoucherRun]:
    return found.select_related("organization", "offer", "campaign")


def _leases(run_id: UUID, now: datetime) -> tuple[LeaseView, ...]:
    held = Lease.objects.filter(run_id=run_id, state=LeaseState.HELD.value).select_related("counter")
    held = held.exclude(granted=F("counted") + F("freed"))  # what holds nothing is of no interest
    return tuple(
        LeaseView(
            counter_name=one.counter.name,
            granted=one.granted,
            counted=one.counted,
            left=remaining(one.granted, one.counted, one.freed),
            expires_at=one.expires_at,
            settles_at=one.settles_at,
            is_over=one.expires_at <= now,
        )
        for one in held.order_by("expires_at", "id")[:MOST_LEASES]
    )


def _by_reason(pairs: Iterable[tuple[str, int]], names: Mapping[str, str]) -> tuple[Bar, ...]:
    counted = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    return tuple(Bar(gettext(names[reason]), number) for reason, number in counted)


def _months(actor: Actor, view: RunView) -> tuple[MonthView, ...]:
    """Put what vouchers count of the offer, in all its runs, beside what its enterprise told month by month."""
    of_offer = Redemption.objects.filter(run__offer_id=view.offer_id, is_counted=True).order_by()
    by_month = of_offer.annotate(month=TruncMonth("redeemed_on")).values_list("month").annotate(Count("id"))
    counted: Tally[date] = Tally(dict(by_month))
    results = market.results_of(actor, view.campaign_id, offer_id=view.offer_id).items
    told = {one.month: one for one in results}
    return tuple(
        MonthView(
            month=month,
            counted=counted[month],
            told=told[month].redeemed if month in told else None,
            grade_name=told[month].grade_name if month in told else "",
        )
        for month in sorted(set(counted) | set(told))
    )


def _steps(row: VoucherRun, decides: bool) -> tuple[str, ...]:
    state = RunState(row.state)
    may = [step for step in RunStep if decides or step in WRITERS_STEPS]
    return tuple(step.value for step in may if RUN_TRANSITIONS.leads_to(state, step))


def _view(row: VoucherRun, decides: bool = False, *, can_act: bool = False) -> RunView:
    return RunView(
        id=row.id,
        title=title_of(row),
        offer_id=row.offer_id,
        offer_title=row.offer.title,
        offer_code=row.offer.code,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        campaign_id=row.campaign_id,
        year=row.campaign.year,
        is_synthetic=row.campaign.is_synthetic,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        quota=row.quota,
        counted=row.counted,
        held=row.held,
        free=row.quota - row.counted - row.held,
        per_card=row.per_card,
        per_counter_day=row.per_counter_day,
        lease_most=row.lease_most,
        lease_hours=row.lease_hours,
        settle_hours=row.settle_hours,
        state=row.state,
        state_name=gettext(RUN_STATE_NAMES[RunState(row.state)]),
        edition=row.edition,
        reason=row.reason,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        opened_at=row.opened_at,
        steps=_steps(row, decides) if can_act else (),
        may_print=decides and row.opened_at is not None,
    )


def _public(row: VoucherRun) -> PublicRun:
    stock = stock_of(row.quota, row.counted)
    return PublicRun(
        title=title_of(row),
        offer_title=row.offer.title,
        offer_code=row.offer.code,
        organization_name=row.organization.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_suspended=row.state == RunState.SUSPENDED.value,
        stock=stock.value,
        stock_name=gettext(STOCK_NAMES[stock]),
    )
