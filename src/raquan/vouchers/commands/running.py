"""A run's life: made for a published offer, opened by the office, suspended, resumed, closed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import nfc, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.market import queries as market
from raquan.market.queries import OfferView
from raquan.market.rules import OfferState
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people import commands as people
from raquan.people.rules import Action, Role
from raquan.vouchers import engine
from raquan.vouchers.models import VoucherRun
from raquan.vouchers.rules import RUN_TRANSITIONS, RunState, RunStep, RunTerms
from raquan.vouchers.rules.runs import NEED_REASON

SUBJECT = "vouchers.VoucherRun"


class OfferNotShown(Refused):
    """Vouchers are of an offer that everybody sees."""

    code = "vouchers.offer_not_shown"
    message = N_("Chỉ làm phiếu cho ưu đãi đang đăng.")


class OutsideOffer(Refused):
    """The run's days are not all days of its offer."""

    code = "vouchers.outside_offer"
    message = N_("Đợt phiếu phải nằm trong thời gian của ưu đãi: {starts_on} đến {ends_on}.")


class TermsImpossible(Refused):
    """A number is not one that a run can have, or the days are reversed."""

    code = "vouchers.terms_impossible"
    message = N_("Tên, ngày, số phiếu hoặc giới hạn chưa hợp lệ. Mỗi đợt có từ 1 đến 100.000 phiếu.")


class MadeOtherwise(Conflict):
    """The same request came before with other terms."""

    code = "vouchers.made_otherwise"
    message = N_("Đợt phiếu này đã lưu với nội dung khác. Hãy mở danh sách để xem.")


class RunChanged(Conflict):
    """Somebody else has taken a step since the page was opened, or the step cannot be taken from here."""

    code = "vouchers.changed"
    message = N_("Có người vừa xử lý đợt phiếu này. Hãy xem lại rồi làm tiếp; chữ đã gõ vẫn còn ở ô dưới.")


class RunReasonMissing(Refused):
    """A step that others have to understand says why."""

    code = "vouchers.reason_missing"
    message = N_("Hãy ghi lý do.")


class RunOver(Refused):
    """The run's last day is over."""

    code = "vouchers.run_over"
    message = N_("Đợt phiếu đã hết hạn ngày {ends_on}.")


def make_run(*, by: Actor, now: datetime, request_id: UUID, offer_id: UUID, terms: RunTerms) -> UUID:
    """Make a run of a published offer, still to be opened, and give its id; the same request again is the same run.

    Raises NotFound, NotAllowed, OfferNotShown, OutsideOffer, TermsImpossible, MadeOtherwise.
    """
    offer, _checks = market.offer(by, offer_id, now=now)
    campaign = campaigns.campaign_of_year(offer.year)
    if offer.state != OfferState.PUBLISHED.value or campaign is None:
        raise OfferNotShown()
    columns = _columns(terms, offer)
    whose = offer.organization_id
    row = VoucherRun(
        id=uuid7(), request_id=request_id, offer_id=offer_id, organization_id=whose, campaign_id=campaign.id, **columns
    )
    row.state, row.made_at, row.changed_at, row.made_by_name = RunState.DRAFT.value, now, now, by.name[:200]
    row.public_key = engine.public_key(row.id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"title": row.title, "quota": row.quota}
            ledger.record(by=by, verb="make_run", subject=SUBJECT, subject_id=row.id, detail=detail)
            _tell_office(row, now)
    except IntegrityError:
        before = VoucherRun.objects.filter(request_id=request_id, offer_id=offer_id).first()
        if before is None or any(getattr(before, name) != value for name, value in columns.items()):
            raise MadeOtherwise() from None
        return before.id
    return row.id


def open_run(*, by: Actor, now: datetime, run_id: UUID, seen: int) -> None:
    """Let counters have vouchers of a run; the office alone may. Raises NotFound, NotAllowed, RunOver, RunChanged."""
    found = _load(by, run_id, Action.OFFER_DECIDE)
    _not_over(found, now)
    with transaction.atomic():
        if _take(found, RunStep.OPEN, by=by, now=now, seen=seen, opened_at=now):
            _answer(found, now, N_("Đợt phiếu “{title}” đã mở."))


def suspend_run(*, by: Actor, now: datetime, run_id: UUID, seen: int, reason: str) -> None:
    """Give no more vouchers for now; what counters hold stays theirs until its time is over.

    The enterprise may, and the office. Raises NotFound, NotAllowed, RunReasonMissing, RunChanged.
    """
    found = _load(by, run_id, Action.OFFER_WRITE)
    with transaction.atomic():
        if _take(found, RunStep.SUSPEND, by=by, now=now, seen=seen, reason=reason):
            _answer(found, now, N_("Đợt phiếu “{title}” tạm dừng."))


def resume_run(*, by: Actor, now: datetime, run_id: UUID, seen: int) -> None:
    """Go on with a suspended run; the office alone may. Raises NotFound, NotAllowed, RunOver, RunChanged."""
    found = _load(by, run_id, Action.OFFER_DECIDE)
    _not_over(found, now)
    with transaction.atomic():
        if _take(found, RunStep.RESUME, by=by, now=now, seen=seen):
            _answer(found, now, N_("Đợt phiếu “{title}” đã mở lại."))


def close_run(*, by: Actor, now: datetime, run_id: UUID, seen: int, reason: str) -> None:
    """Close a run for good; what counters redeem under leases that they hold still arrives and counts.

    The enterprise may, and the office. Raises NotFound, NotAllowed, RunReasonMissing, RunChanged.
    """
    found = _load(by, run_id, Action.OFFER_WRITE)
    with transaction.atomic():
        if _take(found, RunStep.CLOSE, by=by, now=now, seen=seen, reason=reason, closed_at=now):
            _answer(found, now, N_("Đợt phiếu “{title}” đã đóng."))


def _columns(terms: RunTerms, offer: OfferView) -> dict[str, Any]:
    title, title_en = normalize(terms.title)[:200], normalize(terms.title_en)[:200]
    if not title or not terms.is_possible() or terms.ends_on < terms.starts_on:
        raise TermsImpossible()
    if terms.starts_on < offer.starts_on or terms.ends_on > offer.ends_on:
        raise OutsideOffer(starts_on=f"{offer.starts_on:%d/%m/%Y}", ends_on=f"{offer.ends_on:%d/%m/%Y}")
    columns = asdict(terms)
    del columns["title_en"]
    return columns | {"title": localized(title, en=title_en), "sort_key": sort_key(title)[:400]}


def _load(by: Actor, run_id: UUID, action: Action) -> VoucherRun:
    found = VoucherRun.objects.filter(id=run_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, action, found.organization_id)
    return found


def _not_over(found: VoucherRun, now: datetime) -> None:
    if found.ends_on < local_date(now):
        raise RunOver(ends_on=f"{found.ends_on:%d/%m/%Y}")


def _take(
    found: VoucherRun, step: RunStep, *, by: Actor, now: datetime, seen: int, reason: str = "", **more: Any
) -> bool:
    """Take a step from the edition that was seen; False when this very step was taken from it before.

    Of two at once one wins, on both databases: the update names the edition. For use in a transaction.
    """
    said = nfc(reason).strip()[:500]
    if step in NEED_REASON and not said:
        raise RunReasonMissing()
    target = RUN_TRANSITIONS.leads_to(RunState(found.state), step)
    if found.edition == seen + 1 and (found.state, found.reason) == (RUN_TRANSITIONS.result_of(step).value, said):
        return False
    values: Mapping[str, Any] = {"reason": said, "changed_at": now, **more}
    same = VoucherRun.objects.filter(id=found.id, state=found.state, edition=seen)
    if target is None or not same.update(state=target.value, edition=seen + 1, **values):
        raise RunChanged()
    ledger.record(by=by, verb=step.value, subject=SUBJECT, subject_id=found.id, detail={"reason": said})
    notices.settle(by=by, now=now, key=str(found.id))
    found.state, found.edition = target.value, seen + 1
    return True


def _tell_office(row: VoucherRun, now: datetime) -> None:
    notices.tell(
        by=SYSTEM,
        now=now,
        kind="vouchers.run",
        key=str(row.id),
        to=OnDuty(None, Role.STEERING_OFFICER),
        text=N_("Đợt phiếu “{title}” chờ mở."),
        params={"title": str(row)},
        href=f"/desk/vouchers/{row.id}/",
    )


def _answer(found: VoucherRun, now: datetime, text: str) -> None:
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"vouchers.answer.{found.edition}",
        key=str(found.id),
        to=OnDuty(found.organization_id, Role.ENTERPRISE_OFFICER),
        text=text,
        params={"title": str(found)},
        href=f"/desk/vouchers/{found.id}/",
    )
