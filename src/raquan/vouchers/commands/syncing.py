"""What a counter sends is taken in one transaction: each item has one outcome, and the quota is never passed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotAllowed
from raquan.ledger import commands as ledger
from raquan.market.rules import OfferState
from raquan.vouchers.commands.judging import Checked, Judging, check_redemptions, digest_of
from raquan.vouchers.commands.reversing import take_reversals
from raquan.vouchers.commands.settling import end_lease, hold_runs, move, settle_due
from raquan.vouchers.models import Counter, Lease, RedemptionFailure, VoucherRun
from raquan.vouchers.rules import (
    LeaseState,
    Outcome,
    Reason,
    RunState,
    Said,
    SaidFailure,
    SaidReturn,
    Verdict,
    Wanted,
    grant,
    lease_times,
    may_grant,
    remaining,
    run_named,
)


def sync_counter(*, by: Actor, now: datetime, said: Said) -> tuple[Verdict, ...]:
    """Take what a counter sends, in this order: redemptions, failures, reversals, returns, what it wants.

    Every item has one outcome, the same whenever it is sent again; the answer is to be given after the commit.
    Raises NotAllowed for whoever is no counter.
    """
    counter = Counter.objects.filter(id=by.id).first() if by.kind is ActorKind.DEVICE and by.id else None
    if counter is None:
        raise NotAllowed()
    checked = check_redemptions(counter, said.redemptions)
    # On SQLite sends wait in a row for the one writer: polling for its lock, some would wait half a minute and fail.
    return ledger.write_grouped(lambda: ledger.until_free(lambda: _take(by, counter.id, now, said, checked)))


def _take(
    by: Actor, counter_id: UUID, now: datetime, said: Said, checked: Mapping[UUID, Checked]
) -> tuple[Verdict, ...]:
    """Do it all within a transaction; two sends of one counter wait for each other here."""
    Counter.objects.filter(id=counter_id).update(synced_at=now)
    counter = Counter.objects.get(id=counter_id)
    runs = hold_runs(_runs_of(counter, said))
    settle_due(runs, by=by, now=now)
    judging = Judging(counter, runs, said.redemptions, now=now)
    verdicts = judging.take(said.redemptions, checked, sent_at=said.sent_at)
    failed, new_failures = _take_failures(counter, runs, now, said.failures)
    back, reversed_now = take_reversals(counter, now=now, sent_at=said.sent_at, said=said.reversals)
    done = {
        "redemptions": judging.counted,
        "refused": judging.refused,
        "failures": new_failures,
        "reversals": reversed_now,
        "returned": _take_returns(counter, now, said.returns),
        "leased": sum(_give(counter, one, said.request_id, now) for one in said.want),
    }
    told = {what: number for what, number in done.items() if number}
    if told:
        ledger.record(by=by, verb="sync_counter", subject="vouchers.Counter", subject_id=counter.id, detail=told)
    return (*verdicts, *failed, *back)


def _runs_of(counter: Counter, said: Said) -> set[UUID]:
    """Give the runs of the counter's enterprise that what it sends can change."""
    leases = {one.lease_id for one in said.redemptions} | {one.lease_id for one in said.returns}
    told = {one.run_id for one in said.redemptions} | {one.run_id for one in said.want}
    told |= {named for one in said.failures if (named := run_named(one.code))}
    told |= set(counter.leases.filter(id__in=leases).values_list("run_id", flat=True))
    taken_back = counter.redemptions.filter(id__in={one.redemption_id for one in said.reversals})
    told |= set(taken_back.exclude(run=None).values_list("run_id", flat=True))
    own = VoucherRun.objects.filter(organization_id=counter.organization_id, id__in=told)
    return set(own.exclude(state=RunState.DRAFT.value).values_list("id", flat=True))


def _take_failures(
    counter: Counter, runs: Mapping[UUID, VoucherRun], now: datetime, said: Sequence[SaidFailure]
) -> tuple[list[Verdict], int]:
    """Keep what the counter refused by itself."""
    before = {row.id: row.digest for row in RedemptionFailure.objects.filter(id__in={one.id for one in said})}
    rows, verdicts = [], []
    for one in said:
        digest = digest_of(counter, one.reason, one.code, one.failed_at)
        known = before.setdefault(one.id, "")
        if not known:
            before[one.id] = digest
            rows.append(
                RedemptionFailure(
                    id=one.id,
                    digest=digest,
                    counter=counter,
                    organization_id=counter.organization_id,
                    run_id=named if (named := run_named(one.code)) in runs else None,
                    reason=one.reason.value,
                    code=one.code[:60],
                    failed_at=min(one.failed_at, now),
                    received_at=now,
                )
            )
        same = known in ("", digest)
        verdicts.append(
            Verdict(str(one.id), Outcome.KEPT) if same else Verdict(str(one.id), Outcome.REFUSED, Reason.CONFLICT)
        )
    RedemptionFailure.objects.bulk_create(rows)
    return verdicts, len(rows)


def _take_returns(counter: Counter, now: datetime, said: Sequence[SaidReturn]) -> int:
    """End the leases that are given back whose every redemption has arrived; the others wait for the rest."""
    leases = counter.leases.in_bulk({one.lease_id for one in said})
    ended = 0
    for one in said:
        lease = leases.get(one.lease_id)
        if lease is not None and lease.state == LeaseState.HELD.value and lease.arrived >= one.spent:
            end_lease(lease, LeaseState.RETURNED, now=now)
            ended += 1
    return ended


def _give(counter: Counter, wanted: Wanted, request_id: UUID, now: datetime) -> int:
    """Lease a counter what it wants of what is free; nothing more for the same request. Count the units."""
    run = VoucherRun.objects.filter(
        id=wanted.run_id, organization_id=counter.organization_id, offer__state=OfferState.PUBLISHED.value
    ).first()
    if run is None or counter.leases.filter(run=run, request_id=request_id).exists():
        return 0
    is_withdrawn = counter.withdrawn_at is not None
    if not may_grant(RunState(run.state), today=local_date(now), ends_on=run.ends_on, is_withdrawn=is_withdrawn):
        return 0
    held = counter.leases.filter(run=run, state=LeaseState.HELD.value)
    holds = sum(remaining(*one) for one in held.values_list("granted", "counted", "freed"))
    free = run.quota - run.counted - run.held
    number = grant(want=wanted.count, free=free, holds=holds, most=run.lease_most)
    if number:
        times = lease_times(now, ends_on=run.ends_on, lease_hours=run.lease_hours, settle_hours=run.settle_hours)
        Lease.objects.create(
            run=run,
            counter=counter,
            request_id=request_id,
            granted=number,
            made_at=now,
            expires_at=times.expires_at,
            settles_at=times.settles_at,
            state=LeaseState.HELD.value,
        )
        move(run.id, held=number)
    return number
