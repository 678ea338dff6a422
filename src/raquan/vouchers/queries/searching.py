"""What stands in the index of vouchers, and which of it an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.search.rules import Entry, Kind, join_line
from raquan.vouchers.models import Counter, Lease, VoucherRun
from raquan.vouchers.queries.runs import readable_runs


def _runs(rows: QuerySet[VoucherRun]) -> Iterable[Entry]:
    for one in rows.select_related("organization", "offer"):
        line = join_line(one.organization.name, one.offer.code)
        yield Entry(one.id, str(one), f"/desk/vouchers/{one.id}/", line=line, code=one.offer.code, at=one.starts_on)


def _acts(actor: Actor, run_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Give the run's leases too: who may read its history may read when they were settled."""
    return {"vouchers.Lease": list(Lease.objects.filter(run_id=run_id).values_list("id", flat=True))}


def _counters(rows: QuerySet[Counter]) -> Iterable[Entry]:
    for one in rows.select_related("organization"):
        yield Entry(one.id, one.name, "/desk/vouchers/counters/", line=one.organization.name, at=one.enrolled_at)


def _readable_counters(actor: Actor) -> QuerySet[Counter]:
    own = organizations_of(actor, Action.OFFER_WRITE)
    return Counter.objects.all() if own is None else Counter.objects.filter(organization_id__in=own)


KINDS = (
    Kind(
        "voucher_run", N_("Đợt phiếu"), "vouchers.VoucherRun", VoucherRun.objects.all, readable_runs, _runs, acts=_acts
    ),
    Kind(
        "counter",
        N_("Quầy"),
        "vouchers.Counter",
        Counter.objects.all,
        _readable_counters,
        _counters,
        is_listed=True,
        unmoved_by=frozenset({"sync_counter"}),
    ),
)
