"""The quota's arithmetic in the database: a run is held while its numbers change, and overdue leases are settled."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from raquan.kernel.actor import Actor
from raquan.ledger import commands as ledger
from raquan.vouchers.models import Lease, VoucherRun
from raquan.vouchers.rules import LeaseState, remaining


def settle_leases(*, by: Actor, now: datetime) -> int:
    """Give back to their runs what leases held when their time to report was over; count the leases."""
    due = Lease.objects.filter(state=LeaseState.HELD.value, settles_at__lt=now).values_list("run_id", flat=True)
    settled = 0
    for run_id in sorted(set(due)):
        with transaction.atomic():
            hold_runs([run_id])
            settled += settle_due([run_id], by=by, now=now)
    return settled


def hold_runs(run_ids: Collection[UUID]) -> dict[UUID, VoucherRun]:
    """Give runs as they stand, held for this transaction: whoever else would change one of them waits.

    A write that changes nothing does it on both databases: SQLite has one writer, PostgreSQL locks the row.
    In one order for all, so that no two wait for each other.
    """
    for run_id in sorted(run_ids):
        VoucherRun.objects.filter(id=run_id).update(held=F("held"))
    return VoucherRun.objects.in_bulk(list(run_ids))


def settle_due(run_ids: Collection[UUID], *, by: Actor, now: datetime) -> int:
    """Settle the overdue leases of runs that this transaction holds; count them."""
    due = list(Lease.objects.filter(run_id__in=run_ids, state=LeaseState.HELD.value, settles_at__lt=now))
    for lease in due:
        end_lease(lease, LeaseState.EXPIRED, now=now)
    if due:
        ids = [one.id for one in due]
        ledger.record_many(by=by, verb="settle_leases", subject="vouchers.Lease", subject_ids=ids)
    return len(due)


def end_lease(lease: Lease, state: LeaseState, *, now: datetime) -> None:
    """End a held lease of a run that this transaction holds; what it still held is free again."""
    left = remaining(lease.granted, lease.counted, lease.freed)
    same = Lease.objects.filter(
        id=lease.id, state=LeaseState.HELD.value, counted=lease.counted, freed=lease.freed, granted=lease.granted
    )
    if not same.update(state=state.value, ended_at=now, freed=lease.freed + left):
        raise IntegrityError(f"the lease {lease.id} changed under us")
    move(lease.run_id, held=-left)
    lease.state, lease.ended_at, lease.freed = state.value, now, lease.freed + left


def move(run_id: UUID, *, counted: int = 0, held: int = 0, uses: int = 0) -> None:
    """Change a run's numbers by so much; the database refuses what would pass the quota."""
    if counted or held or uses:
        changed = {"counted": F("counted") + counted, "held": F("held") + held, "uses": F("uses") + uses}
        VoucherRun.objects.filter(id=run_id).update(**changed)
