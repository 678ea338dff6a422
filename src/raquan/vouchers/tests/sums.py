"""What must hold of a run at every moment, whoever did what in which order."""

from uuid import UUID

from django.db.models import Count, F, Sum

from raquan.vouchers.models import Lease, Redemption, VoucherRun


def check_sums(run_id: UUID) -> VoucherRun:
    """Raise AssertionError where the quota, the leases and the redemptions do not agree; give the run."""
    run = VoucherRun.objects.get(id=run_id)
    counted = Redemption.objects.filter(run=run, is_counted=True)
    assert run.counted == counted.count() <= run.quota
    assert run.counted + run.held <= run.quota
    leases = Lease.objects.filter(run=run)
    held = leases.aggregate(left=Sum(F("granted") - F("counted") - F("freed")))["left"] or 0
    assert run.held == held
    assert not leases.exclude(state="held").exclude(granted=F("counted") + F("freed")).exists()
    twice = counted.values("serial").annotate(times=Count("id")).filter(times__gt=1)
    assert not twice.exists()
    under = dict(
        Redemption.objects.filter(lease__run=run, outcome="accepted").values_list("lease").annotate(Count("id"))
    )
    assert all(under.get(one.id, 0) == one.counted for one in leases)
    return run
