"""Codes are money: who had which of them is written down."""

from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.vouchers.models import VoucherRun


class NeverOpened(Refused):
    """The office has not opened the run."""

    code = "vouchers.never_opened"
    message = N_("Đợt phiếu chưa mở nên chưa in được phiếu.")


def print_vouchers(*, by: Actor, run_id: UUID, first: int, last: int) -> None:
    """Write down that the office had the codes of a run's serials. Raises NotFound, NotAllowed, NeverOpened."""
    found = VoucherRun.objects.filter(id=run_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.OFFER_DECIDE, found.organization_id)
    if found.opened_at is None:
        raise NeverOpened()
    with transaction.atomic():
        detail = {"first": first, "last": last}
        ledger.record(by=by, verb="print_vouchers", subject="vouchers.VoucherRun", subject_id=run_id, detail=detail)
