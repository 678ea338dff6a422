"""An enterprise applies for a booth; the organizer returns, takes or refuses; it may be withdrawn."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.exhibitions.commands.arranging import tell_enterprise
from raquan.exhibitions.commands.refusals import (
    BoothUnknown,
    Changed,
    FieldUnknown,
    ItemsMissing,
    LinkUnreadable,
    NameMissing,
    NotAnEnterprise,
    NotApplying,
    ReasonMissing,
    SentOtherwise,
    SizeImpossible,
)
from raquan.exhibitions.models import BoothApplication, Exhibition
from raquan.exhibitions.queries.exhibitions import applies
from raquan.exhibitions.queries.standing import plan_of
from raquan.exhibitions.rules import (
    APPLICATION_TRANSITIONS,
    TOLD,
    ApplicationSaid,
    ApplicationState,
    ApplicationStep,
    ExhibitionState,
    make_code,
    read_booth_number,
)
from raquan.exhibitions.rules.life import NEED_REASON
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.kernel.text import fold, nfc, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action, Level, Role

SUBJECT = "exhibitions.BoothApplication"


def apply_for_booth(
    *, by: Actor, now: datetime, request_id: UUID, exhibition_id: UUID, organization_id: UUID, said: ApplicationSaid
) -> UUID:
    """Hand in an enterprise's application and give its id; the same request again is the same application.

    Raises NotFound, NotAllowed, NotApplying, NotAnEnterprise, SentOtherwise, and what is wrong with what is said.
    """
    check_own(by, organization_id)
    found = _told(exhibition_id)
    before = BoothApplication.objects.filter(request_id=request_id, organization_id=organization_id).first()
    if before is None:
        _takes_applications(found, now)
        enterprise = people_queries.organization(organization_id)
        if enterprise is None or enterprise.level != Level.ENTERPRISE.value:
            raise NotAnEnterprise()
    values = _columns(found, said)
    row = BoothApplication(request_id=request_id, exhibition=found, organization_id=organization_id, **values)
    row.state, row.sent_at, row.changed_at = ApplicationState.SUBMITTED.value, now, now
    row.code = make_code("GH", secrets.choice)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"title": row.title}
            ledger.record(by=by, verb="apply_for_booth", subject=SUBJECT, subject_id=row.id, detail=detail)
            _tell_organizer(row, found, now)
    except IntegrityError:
        before = BoothApplication.objects.filter(request_id=request_id, organization_id=organization_id).first()
        if before is None or any(getattr(before, name) != value for name, value in values.items()):
            raise SentOtherwise() from None
        return before.id
    return row.id


def change_application(*, by: Actor, now: datetime, application_id: UUID, said: ApplicationSaid, seen: int) -> None:
    """Send an application anew while it waits or was returned; `seen` is the edition that its page showed.

    The same again does nothing. Raises NotFound, NotAllowed, NotApplying, Changed, and what is wrong with what is said.
    """
    found = _load(by, application_id, Action.BOOTH_APPLY)
    values = _columns(found.exhibition, said)
    is_same = all(getattr(found, name) == value for name, value in values.items())
    if is_same and found.state == ApplicationState.SUBMITTED.value:
        return
    _takes_applications(found.exhibition, now)
    with transaction.atomic():
        if _take(found, ApplicationStep.SUBMIT, by=by, now=now, seen=seen, **values):
            _tell_organizer(found, found.exhibition, now)


def return_application(*, by: Actor, now: datetime, application_id: UUID, seen: int, reason: str) -> None:
    """Give an application back for a reason that its enterprise reads.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    _answer(
        by, now, application_id, seen, ApplicationStep.RETURN, N_("Đơn xin gian hàng “{title}” cần bổ sung."), reason
    )


def approve_application(*, by: Actor, now: datetime, application_id: UUID, seen: int) -> None:
    """Take an application: it has a part in the allocation. Raises NotFound, NotAllowed, Changed."""
    _answer(by, now, application_id, seen, ApplicationStep.APPROVE, N_("Đơn xin gian hàng “{title}” đã được nhận."))


def refuse_application(*, by: Actor, now: datetime, application_id: UUID, seen: int, reason: str) -> None:
    """Refuse an application for a reason that its enterprise reads.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    _answer(
        by,
        now,
        application_id,
        seen,
        ApplicationStep.REFUSE,
        N_("Đơn xin gian hàng “{title}” không được nhận."),
        reason,
    )


def withdraw_application(*, by: Actor, now: datetime, application_id: UUID, seen: int, reason: str = "") -> None:
    """Withdraw an application or give a booth back, without having to say why; the enterprise alone may.

    Raises NotFound, NotAllowed, Changed.
    """
    found = _load(by, application_id, Action.BOOTH_APPLY)
    with transaction.atomic():
        if _take(found, ApplicationStep.WITHDRAW, by=by, now=now, seen=seen, reason=reason, booth=""):
            notices.tell(
                by=SYSTEM,
                now=now,
                kind=f"exhibitions.withdrawn.{found.edition}",
                key=str(found.id),
                to=_organizer(found.exhibition),
                text=N_("Đơn xin gian hàng “{title}” đã rút."),
                params={"title": found.title},
                href=f"/desk/exhibitions/applications/{found.id}/",
            )


def _answer(
    by: Actor, now: datetime, application_id: UUID, seen: int, step: ApplicationStep, text: str, reason: str = ""
) -> None:
    found = _load(by, application_id, Action.EXHIBITION_MANAGE)
    with transaction.atomic():
        if _take(found, step, by=by, now=now, seen=seen, reason=reason):
            tell_enterprise(found, now, text, {"title": found.title})


def _take(
    found: BoothApplication,
    step: ApplicationStep,
    *,
    by: Actor,
    now: datetime,
    seen: int,
    reason: str = "",
    **more: Any,
) -> bool:
    """Take a step from the edition that was seen; False when this very step was taken from it before.

    Of two at once one wins, on both databases: the update names the edition. For use in a transaction.
    """
    said = nfc(reason).strip()[:500]
    if step in NEED_REASON and not said:
        raise ReasonMissing()
    result = APPLICATION_TRANSITIONS.result_of(step).value
    is_same = all(getattr(found, name) == value for name, value in more.items())
    if is_same and found.edition == seen + 1 and (found.state, found.reason) == (result, said):
        return False
    target = APPLICATION_TRANSITIONS.leads_to(ApplicationState(found.state), step)
    same = BoothApplication.objects.filter(id=found.id, state=found.state, edition=seen)
    values = {"reason": said, "changed_at": now, "proposed": "", "why": [], **more}
    if target is None or not same.update(state=target.value, edition=seen + 1, **values):
        raise Changed()
    ledger.record(by=by, verb=step.value, subject=SUBJECT, subject_id=found.id, detail={"reason": said})
    notices.settle(by=by, now=now, key=str(found.id))
    found.state, found.edition = target.value, seen + 1
    return True


def check_own(by: Actor, organization_id: UUID) -> None:
    """Raise NotAllowed for anybody who is not of this very enterprise."""
    if not applies(by, organization_id):
        raise NotAllowed()


def _told(exhibition_id: UUID) -> Exhibition:
    found = Exhibition.objects.filter(id=exhibition_id, state__in=[one.value for one in TOLD]).first()
    if found is None:
        raise NotFound()
    return found


def _load(by: Actor, application_id: UUID, action: Action) -> BoothApplication:
    """Give an application to its enterprise, or to the organizer of its exhibition."""
    found = BoothApplication.objects.filter(id=application_id).select_related("exhibition").first()
    if found is None:
        raise NotFound()
    if action is Action.BOOTH_APPLY:
        check_own(by, found.organization_id)
    else:
        people.check_unit(by, action, found.exhibition.organization_id)
    return found


def _takes_applications(found: Exhibition, now: datetime) -> None:
    """Refuse what comes when applications are not taken; after the allocation free booths are still to be had."""
    is_open = found.state in (ExhibitionState.APPLYING.value, ExhibitionState.ALLOCATED.value)
    if not is_open or local_date(now) > found.apply_until:
        raise NotApplying(until=f"{found.apply_until:%d/%m/%Y}")


def _organizer(found: Exhibition) -> OnDuty:
    return OnDuty(found.organization_id, Role.UNIT_OFFICER)


def _tell_organizer(row: BoothApplication, found: Exhibition, now: datetime) -> None:
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"exhibitions.application.{row.edition}",
        key=str(row.id),
        to=_organizer(found),
        text=N_("Đơn xin gian hàng “{title}” chờ xem xét."),
        params={"title": row.title},
        href=f"/desk/exhibitions/applications/{row.id}/",
    )


def _columns(found: Exhibition, said: ApplicationSaid) -> dict[str, Any]:
    """Give the columns of what is said, or refuse what cannot be."""
    title, link = normalize(said.title)[:200], said.link.strip()[:300]
    items = [[normalize(name)[:120], normalize(about)[:400]] for name, about in said.items if normalize(name)][:20]
    prefers = read_booth_number(said.prefers)
    if not title:
        raise NameMissing()
    if not items:
        raise ItemsMissing()
    if said.field not in found.fields:
        raise FieldUnknown(field=said.field)
    if link and not link.startswith(("https://", "http://")):
        raise LinkUnreadable()
    if said.prefers.strip() and plan_of(found).booth(prefers) is None:
        raise BoothUnknown(booth=said.prefers.strip()[:20])
    sides = all(50 <= one <= 5000 for one in (said.width_cm, said.depth_cm))
    if not (sides and 0 <= said.watts <= 100_000 and 0 <= said.tables <= 50):
        raise SizeImpossible()
    return {
        "title": title,
        "sort_key": sort_key(title)[:400],
        "search_key": fold(" ".join([title, *(name for name, _ in items)]))[:2000],
        "field": said.field,
        "items": items,
        "about": nfc(said.about).strip()[:2000],
        "link": link,
        "width_cm": said.width_cm,
        "depth_cm": said.depth_cm,
        "watts": said.watts,
        "tables": said.tables,
        "wifi": said.wifi,
        "prefers": prefers,
        "apart": said.apart,
    }
