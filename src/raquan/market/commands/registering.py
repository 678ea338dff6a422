"""An enterprise registers at a private address; the office returns or accepts it; then its officer signs in."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.open_forms import is_token, mark_of
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import nfc, normalize, same_name, sort_key
from raquan.ledger import commands as ledger
from raquan.market import queries
from raquan.market.commands.deciding import Changed, ReasonMissing
from raquan.market.models import Registration
from raquan.market.rules import (
    REGISTRATION_TRANSITIONS,
    Particulars,
    RegistrationState,
    RegistrationStep,
    is_tax_code,
)
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Level, Role, is_login, normalize_login

SUBJECT = "market.Registration"


class TaxCodeUnreadable(Refused):
    """The tax code has no such shape."""

    code = "market.tax_code_unreadable"
    message = N_("Mã số thuế có 10 số, 10 số và 3 số của chi nhánh (0101234567-001), hoặc 12 số.")


class Registered(Refused):
    """Something that must be told is missing; the form says the same first."""

    code = "market.particulars_missing"
    message = N_("Hãy ghi tên, địa chỉ và người liên hệ của doanh nghiệp.")


class RegisteredOtherwise(Conflict):
    """The same form was sent before with other particulars."""

    code = "market.registered_otherwise"
    message = N_("Đơn này đã gửi với nội dung khác. Hãy mở trang riêng của đơn để xem và bổ sung.")


class LoginInUse(Conflict):
    """Somebody signs in with the contact's phone number or e-mail address already."""

    code = "market.login_in_use"
    message = N_(
        "Đã có người dùng {login} để đăng nhập. Hãy trả lại đơn để doanh nghiệp ghi số khác, "
        "hoặc nhờ quản trị giao vai trò cho người đó."
    )


class EnterpriseKnown(Conflict):
    """An enterprise of this name is registered already: who takes its name must not get its offers."""

    code = "market.enterprise_known"
    message = N_(
        "Danh sách đã có doanh nghiệp tên {name}. Hãy trả lại đơn nếu không phải chính họ, "
        "hoặc nhờ quản trị mời người của doanh nghiệp đó."
    )


def send_registration(*, now: datetime, token: str, told: Particulars) -> UUID:
    """Take an enterprise's registration under a private address of its own; the same again is the same one.

    Raises NotFound for an address without its shape, Registered, TaxCodeUnreadable, LoginUnreadable,
    RegisteredOtherwise.
    """
    if not is_token(token):
        raise NotFound()
    row = Registration(mark=mark_of(token), state=RegistrationState.SENT.value, sent_at=now, changed_at=now)
    _fill(row, told)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ledger.record(by=ANONYMOUS, verb="send_registration", subject=SUBJECT, subject_id=row.id)
            _tell(row, now)
    except IntegrityError:
        known = Registration.objects.filter(mark=row.mark).first()
        if known is None or _told(known) != _told(row):
            raise RegisteredOtherwise() from None
        return known.id
    return row.id


def send_registration_again(*, now: datetime, token: str, told: Particulars, seen: int) -> None:
    """Send a returned registration with what was missing; `seen` is the edition that its page showed.

    The same again does nothing. Raises NotFound, Registered, TaxCodeUnreadable, LoginUnreadable, Changed.
    """
    found = _held(token)
    before = found.edition
    if found.state == RegistrationState.SENT.value and before == seen + 1 and _told(found) == _told(_copy(found, told)):
        return
    row = _copy(found, told)
    target = REGISTRATION_TRANSITIONS.leads_to(RegistrationState(found.state), RegistrationStep.SEND_AGAIN)
    if target is None or before != seen:
        raise Changed()
    with transaction.atomic():
        same = Registration.objects.filter(id=found.id, state=found.state, edition=seen)
        values = {name: getattr(row, name) for name in _FIELDS}
        if not same.update(**values, state=target.value, edition=seen + 1, sent_at=now, changed_at=now, reason=""):
            raise Changed()
        ledger.record(by=ANONYMOUS, verb="send_registration_again", subject=SUBJECT, subject_id=found.id)
        row.edition = seen + 1
        _tell(row, now)


def return_registration(*, by: Actor, now: datetime, registration_id: UUID, reason: str, seen: int) -> None:
    """Give a registration back for a reason that its sender reads; the same again does nothing.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    found, said = _load(by, registration_id), nfc(reason).strip()[:500]
    if not said:
        raise ReasonMissing()
    if (found.state, found.reason, found.edition) == (RegistrationState.RETURNED.value, said, seen):
        return
    target = REGISTRATION_TRANSITIONS.leads_to(RegistrationState(found.state), RegistrationStep.RETURN)
    if target is None or found.edition != seen:
        raise Changed()
    with transaction.atomic():
        same = Registration.objects.filter(id=found.id, state=found.state, edition=seen)
        if not same.update(state=target.value, reason=said, changed_at=now):
            raise Changed()
        detail = {"reason": said}
        ledger.record(by=by, verb="return_registration", subject=SUBJECT, subject_id=found.id, detail=detail)
        notices.settle(by=by, now=now, key=str(found.id))


def accept_registration(*, by: Actor, now: datetime, registration_id: UUID, seen: int) -> UUID:
    """Accept an enterprise: register its organization and make its contact's account; give the organization's id.

    The account has no password until the holder of the private address takes it (claim_account). Of two officers at
    once one wins; the same again gives the same. Raises NotFound, NotAllowed, LoginInUse, EnterpriseKnown, Changed.
    """
    found = _load(by, registration_id)
    if found.organization_id is not None and found.edition == seen:
        return found.organization_id
    target = REGISTRATION_TRANSITIONS.leads_to(RegistrationState(found.state), RegistrationStep.ACCEPT)
    if target is None or found.edition != seen:
        raise Changed()
    if people_queries.is_login_taken(found.contact_login):
        raise LoginInUse(login=found.contact_login)
    if any(same_name(one.name, found.name) for one in people_queries.organizations_of_level(Level.ENTERPRISE.value)):
        raise EnterpriseKnown(name=found.name)
    try:
        return _let_in(found, target, by=by, now=now, seen=seen)
    except IntegrityError:  # another of the same name or login was let in at this moment
        raise Changed() from None


def claim_account(*, now: datetime, real_now: datetime, token: str) -> str:
    """Give the link with which the holder of an accepted registration chooses a password; the one before ends.

    Gives what an invitation's address ends with. Raises NotFound, Changed before acceptance, HasPassword after use.
    """
    found = _held(token)
    if found.user_id is None:
        raise Changed()
    link = people.invite_again(by=SYSTEM, now=now, real_now=real_now, user_id=found.user_id)
    ledger.record(by=ANONYMOUS, verb="claim_account", subject=SUBJECT, subject_id=found.id)
    return link


def _let_in(found: Registration, target: RegistrationState, *, by: Actor, now: datetime, seen: int) -> UUID:
    with transaction.atomic():
        organization_id = people.register_organization(by=SYSTEM, now=now, name=found.name, level=Level.ENTERPRISE)
        login = found.contact_login
        user_id = people.create_user(by=SYSTEM, now=now, full_name=found.contact_name, login=login, password=None)
        people.give_duty(
            by=SYSTEM,
            now=now,
            user_id=user_id,
            role=Role.ENTERPRISE_OFFICER,
            organization_id=organization_id,
            starts_on=local_date(now),
        )
        same = Registration.objects.filter(id=found.id, state=found.state, edition=seen)
        became = {"organization_id": organization_id, "user_id": user_id}
        if not same.update(state=target.value, changed_at=now, reason="", **became):
            raise Changed()
        ledger.record(by=by, verb="accept_registration", subject=SUBJECT, subject_id=found.id)
        notices.settle(by=by, now=now, key=str(found.id))
    return organization_id


_FIELDS = ("name", "sort_key", "tax_code", "address", "home_page", "about", "contact_name", "contact_login")


def _fill(row: Registration, told: Particulars) -> None:
    """Write what was told into a row, as it is stored."""
    row.name = normalize(told.name)[:200]
    row.sort_key = sort_key(row.name)[:400]
    row.tax_code = "".join(told.tax_code.split())
    row.address = normalize(told.address)[:300]
    row.home_page = told.home_page.strip()[:200]
    row.about = nfc(told.about).strip()[:2000]
    row.contact_name = normalize(told.contact_name)[:200]
    row.contact_login = normalize_login(told.contact_login)
    if not (row.name and row.address and row.contact_name):
        raise Registered()
    if not is_tax_code(row.tax_code):
        raise TaxCodeUnreadable()
    if not is_login(row.contact_login):
        raise people.LoginUnreadable(login=told.contact_login)


def _copy(found: Registration, told: Particulars) -> Registration:
    row = Registration(id=found.id, mark=found.mark, sent_at=found.sent_at, edition=found.edition)
    _fill(row, told)
    return row


def _told(row: Registration) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in _FIELDS)


def _held(token: str) -> Registration:
    found = Registration.objects.filter(mark=mark_of(token)).first() if is_token(token) else None
    if found is None:
        raise NotFound()
    return found


def _load(by: Actor, registration_id: UUID) -> Registration:
    if not queries.may_admit(by):
        raise NotAllowed()
    found = Registration.objects.filter(id=registration_id).first()
    if found is None:
        raise NotFound()
    return found


def _tell(row: Registration, now: datetime) -> None:
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"market.registration.{row.edition}",
        key=str(row.id),
        to=OnDuty(None, Role.STEERING_OFFICER),
        text=N_("Doanh nghiệp {name} đăng ký tham gia, chờ kiểm tra."),
        params={"name": row.name},
        href=f"/desk/offers/registrations/{row.id}/",
    )
