"""An offer's life: submitted by its enterprise, looked at by the office, shown, suspended, ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import nfc
from raquan.ledger import commands as ledger
from raquan.market import queries
from raquan.market.models import Offer
from raquan.market.rules import OFFER_TRANSITIONS, CheckResult, OfferState, OfferStep
from raquan.market.rules.offers import NEED_REASON
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people import commands as people
from raquan.people.rules import Action, Role

SUBJECT = "market.Offer"


class ReasonMissing(Refused):
    """A step that others have to understand says why."""

    code = "market.reason_missing"
    message = N_("Hãy ghi lý do.")


class Changed(Conflict):
    """Somebody else has changed it or taken a step since the page was opened."""

    code = "market.changed"
    message = N_("Có người vừa sửa hoặc xử lý việc này. Hãy xem lại rồi làm tiếp; chữ đã gõ vẫn còn ở ô dưới.")


class TooLate(Refused):
    """The offer's last day is over."""

    code = "market.offer_over"
    message = N_("Ưu đãi đã hết hạn ngày {ends_on}. Hãy sửa ngày trước.")


def submit_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int) -> None:
    """Hand an offer in to be looked at. Raises NotFound, NotAllowed, TooLate, Changed."""
    found = _load(by, offer_id, Action.OFFER_WRITE)
    _not_over(found, now)
    with transaction.atomic():
        if _take(found, OfferStep.SUBMIT, by=by, now=now, seen=seen):
            notices.tell(
                by=SYSTEM,
                now=now,
                kind=f"market.offer.{found.edition}",
                key=str(found.id),
                to=OnDuty(None, Role.STEERING_OFFICER),
                text=N_("Ưu đãi “{title}” chờ kiểm tra."),
                params={"title": found.title},
                href=f"/desk/offers/{found.id}/",
            )


def return_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int, reason: str) -> None:
    """Give an offer back to its enterprise, with what is to be changed.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    found = _load(by, offer_id, Action.OFFER_DECIDE)
    with transaction.atomic():
        if _take(found, OfferStep.RETURN, by=by, now=now, seen=seen, reason=reason):
            _answer(found, now, N_("Ưu đãi “{title}” được trả lại để sửa."))


def approve_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int, reason: str = "") -> None:
    """Approve an offer; what the checklist warned of is kept beside it, with what the officer says of it.

    A warning does not refuse: a person decides. Raises NotFound, NotAllowed, TooLate, Changed.
    """
    found = _load(by, offer_id, Action.OFFER_DECIDE)
    _not_over(found, now)
    over = [one.rule.key for one in queries.checklist(found) if one.result is not CheckResult.FINE]
    with transaction.atomic():
        if _take(found, OfferStep.APPROVE, by=by, now=now, seen=seen, reason=reason, approved_over=over):
            _answer(found, now, N_("Ưu đãi “{title}” đã được duyệt."))


def publish_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int) -> None:
    """Show an approved offer on the portal. Raises NotFound, NotAllowed, TooLate, Changed."""
    found = _load(by, offer_id, Action.OFFER_DECIDE)
    _not_over(found, now)
    with transaction.atomic():
        _take(found, OfferStep.PUBLISH, by=by, now=now, seen=seen, published_at=now)


def suspend_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int, reason: str) -> None:
    """Stop an offer for now; its public page says so. The enterprise may, and the office.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    found = _load(by, offer_id, Action.OFFER_WRITE)
    with transaction.atomic():
        if _take(found, OfferStep.SUSPEND, by=by, now=now, seen=seen, reason=reason):
            _answer(found, now, N_("Ưu đãi “{title}” tạm dừng."))


def resume_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int) -> None:
    """Show a suspended offer again; the office alone may. Raises NotFound, NotAllowed, TooLate, Changed."""
    found = _load(by, offer_id, Action.OFFER_DECIDE)
    _not_over(found, now)
    with transaction.atomic():
        _take(found, OfferStep.RESUME, by=by, now=now, seen=seen)


def end_offer(*, by: Actor, now: datetime, offer_id: UUID, seen: int, reason: str) -> None:
    """End an offer before or after its last day, for good; its public page says so.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    found = _load(by, offer_id, Action.OFFER_WRITE)
    with transaction.atomic():
        if _take(found, OfferStep.END, by=by, now=now, seen=seen, reason=reason, ended_at=now):
            _answer(found, now, N_("Ưu đãi “{title}” đã kết thúc."))


def _load(by: Actor, offer_id: UUID, action: Action) -> Offer:
    found = Offer.objects.filter(id=offer_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, action, found.organization_id)
    return found


def _not_over(found: Offer, now: datetime) -> None:
    if found.ends_on < local_date(now):
        raise TooLate(ends_on=f"{found.ends_on:%d/%m/%Y}")


def _take(found: Offer, step: OfferStep, *, by: Actor, now: datetime, seen: int, reason: str = "", **more: Any) -> bool:
    """Take a step from the edition that was seen; False when this very step was taken from it before.

    Of two at once one wins, on both databases: the update names the edition. For use in a transaction.
    """
    said = nfc(reason).strip()[:500]
    if step in NEED_REASON and not said:
        raise ReasonMissing()
    target = OFFER_TRANSITIONS.leads_to(OfferState(found.state), step)
    if found.edition == seen + 1 and (found.state, found.reason) == (OFFER_TRANSITIONS.result_of(step).value, said):
        return False
    values: Mapping[str, Any] = {"reason": said, "changed_at": now, **more}
    same = Offer.objects.filter(id=found.id, state=found.state, edition=seen)
    if target is None or not same.update(state=target.value, edition=seen + 1, **values):
        raise Changed()
    detail = {"reason": said} | ({"rules": more["approved_over"]} if "approved_over" in more else {})
    ledger.record(by=by, verb=step.value, subject=SUBJECT, subject_id=found.id, detail=detail)
    notices.settle(by=by, now=now, key=str(found.id))
    found.state, found.edition = target.value, seen + 1
    return True


def _answer(found: Offer, now: datetime, text: str) -> None:
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"market.answer.{found.edition}",
        key=str(found.id),
        to=OnDuty(found.organization_id, Role.ENTERPRISE_OFFICER),
        text=text,
        params={"title": found.title},
        href=f"/desk/offers/{found.id}/",
    )
