"""The lists of counters, redemptions and what counters refused by themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.vouchers.models import Counter, Lease, Redemption, RedemptionFailure, VoucherRun
from raquan.vouchers.queries.columns import COUNTERS, FAILURES, REDEMPTIONS
from raquan.vouchers.queries.runs import title_of
from raquan.vouchers.queries.shapes import CounterView, FailureView, RedemptionView
from raquan.vouchers.rules import FAILURE_NAMES, REASON_NAMES, ClockKind, FailureReason, LeaseState, Outcome, Reason

PAGE_SIZE = 20
COUNTED = "counted"
REVERSED = "reversed"
REFUSED = "refused"


def counters(actor: Actor, *, sort: str = "", page: int = 1, size: int = PAGE_SIZE) -> Page[CounterView]:
    """List the counters of the actor's enterprises. Raises NotAllowed."""
    found = Counter.objects.filter(_own(actor))
    rows = list(COUNTERS.ordered(found.select_related("organization"), sort)[window(page, size)])
    return Page(_counters(rows), max(page, 1), size, total_of(rows, page, size, found.count))


def counter(actor: Actor, counter_id: UUID) -> CounterView:
    """Give a counter of one of the actor's enterprises. Raises NotFound, NotAllowed."""
    found = Counter.objects.filter(_own(actor), id=counter_id).select_related("organization").first()
    if found is None:
        raise NotFound()
    return _counters([found])[0]


def redemptions(
    actor: Actor,
    *,
    run_id: UUID | None = None,
    counter_id: UUID | None = None,
    day: date | None = None,
    state: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[RedemptionView]:
    """List what counters of the actor's enterprises sent; `state` is counted, reversed, refused or a reason.

    Raises NotAllowed.
    """
    found = Redemption.objects.filter(_own(actor), _in_state(state))
    if run_id is not None:
        found = found.filter(run_id=run_id)
    if counter_id is not None:
        found = found.filter(counter_id=counter_id)
    if day is not None:
        found = found.filter(redeemed_on=day)
    whole = found.select_related("run", "counter", "organization")
    rows = list(REDEMPTIONS.ordered(whole, sort)[window(page, size)])
    return Page([_redemption(row) for row in rows], max(page, 1), size, total_of(rows, page, size, found.count))


def failures(
    actor: Actor, *, run_id: UUID | None = None, sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[FailureView]:
    """List the vouchers that counters of the actor's enterprises refused by themselves. Raises NotAllowed."""
    found = RedemptionFailure.objects.filter(_own(actor))
    if run_id is not None:
        found = found.filter(run_id=run_id)
    whole = found.select_related("run", "counter", "organization")
    rows = list(FAILURES.ordered(whole, sort)[window(page, size)])
    items = [
        FailureView(
            id=row.id,
            run_title=title_of(row.run),
            organization_name=row.organization.name,
            counter_name=row.counter.name,
            reason=row.reason,
            reason_name=gettext(FAILURE_NAMES[FailureReason(row.reason)]),
            failed_at=row.failed_at,
            code=row.code,
        )
        for row in rows
    ]
    return Page(items, max(page, 1), size, total_of(rows, page, size, found.count))


@dataclass(frozen=True, slots=True)
class CounterRef:
    """A counter, as it is named where what it did is listed."""

    name: str
    organization_name: str


def counters_by_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, CounterRef]:
    """Give the counters of the actor's enterprises among some. Raises NotAllowed. One query."""
    found = Counter.objects.filter(_own(actor), id__in=ids).select_related("organization")
    return {one.id: CounterRef(one.name, one.organization.name) for one in found}


def run_titles(ids: Collection[UUID]) -> dict[UUID, str]:
    """Name runs, in the reader's language; one query."""
    return {one.id: title_of(one) for one in VoucherRun.objects.filter(id__in=ids)}


def reason_name(reason: str) -> str:
    """Say why a voucher was not taken, whether the counter refused it or the server; "" for no reason of ours."""
    if reason in set(FailureReason):
        return gettext(FAILURE_NAMES[FailureReason(reason)])
    return gettext(REASON_NAMES.get(Reason(reason), "")) if reason in set(Reason) else ""


def _counters(rows: Sequence[Counter]) -> list[CounterView]:
    """Show counters with what they hold and what they had counted, in two queries."""
    ids = [row.id for row in rows]
    left = Sum(F("granted") - F("counted") - F("freed"))
    leases = Lease.objects.filter(counter_id__in=ids, state=LeaseState.HELD.value).order_by()
    held = dict(leases.values_list("counter_id").annotate(left=left))
    redemptions = Redemption.objects.filter(counter_id__in=ids, is_counted=True).order_by()
    counted = dict(redemptions.values_list("counter_id").annotate(Count("id")))
    return [
        CounterView(
            id=row.id,
            name=row.name,
            organization_name=row.organization.name,
            enrolled_at=row.enrolled_at,
            synced_at=row.synced_at,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
            held=held.get(row.id, 0),
            counted=counted.get(row.id, 0),
        )
        for row in rows
    ]


def _own(actor: Actor) -> Q:
    own = organizations_of(actor, Action.OFFER_WRITE)
    return Q() if own is None else Q(organization_id__in=own)


def _in_state(state: str) -> Q:
    if state == COUNTED:
        return Q(is_counted=True)
    if state == REVERSED:
        return Q(outcome=Outcome.ACCEPTED.value, is_counted=False)
    if state == REFUSED:
        return Q(outcome=Outcome.REFUSED.value)
    return Q(reason=state) if state else Q()


def _redemption(row: Redemption) -> RedemptionView:
    state, name = row.reason, gettext(REASON_NAMES.get(Reason(row.reason), ""))
    if not row.reason:
        state = COUNTED if row.is_counted else REVERSED
        name = name if row.is_counted else gettext("Đã hoàn lượt")
    return RedemptionView(
        id=row.id,
        run_id=row.run_id,
        run_title=title_of(row.run),
        organization_name=row.organization.name,
        counter_name=row.counter.name,
        serial=row.serial,
        redeemed_at=row.redeemed_at,
        received_at=row.received_at,
        amount=row.amount,
        state=state,
        state_name=name,
        is_by_wall_clock=row.clock == ClockKind.WALL.value,
    )
