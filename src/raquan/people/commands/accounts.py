"""Makes people's accounts, gives them duties, and ends both."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger.commands import record
from raquan.people.commands.checking import check, check_over, check_over_person, check_whole
from raquan.people.commands.numbering import with_next_number
from raquan.people.models import Duty, Organization, User
from raquan.people.queries import forget_actors
from raquan.people.rules import Action, Role
from raquan.people.rules.signing_in import SHORTEST_PASSWORD, is_login, normalize_login, normalize_password


class LoginTaken(Conflict):
    """Another person signs in with this login."""

    code = "people.login_taken"
    message = N_("Đã có người khác dùng {login} để đăng nhập.")


class LoginUnreadable(Refused):
    """The login is neither a phone number nor an e-mail address."""

    code = "people.login_unreadable"
    message = N_("“{login}” không phải là số điện thoại hay địa chỉ e-mail.")


class PasswordTooShort(Refused):
    """The password is shorter than it must be."""

    code = "people.password_too_short"
    message = N_("Mật khẩu phải có ít nhất {shortest} ký tự. Một câu dễ nhớ là tốt nhất.")


class DutyDiffers(Conflict):
    """The same duty is given from the same day, with another last day."""

    code = "people.duty_differs"
    message = N_("Phân công này đã có với ngày kết thúc khác. Hãy kết thúc phân công cũ trước.")


class DutyEndsTooSoon(Refused):
    """A duty's last day is before its first."""

    code = "people.duty_ends_too_soon"
    message = N_("Ngày kết thúc phân công phải từ ngày bắt đầu trở đi.")


class OwnAccount(Refused):
    """Nobody closes the account that they sign in with: they could not take it back."""

    code = "people.own_account"
    message = N_("Bạn không tự khóa được tài khoản của mình. Hãy nhờ quản trị khác.")


def create_user(*, by: Actor, now: datetime, full_name: str, login: str, password: str | None) -> UUID:
    """Make a person's account and give its id; the same name with the same login is the same person.

    The account can do nothing until it is given a duty; without a password nobody signs in with it either.
    Raises LoginUnreadable, PasswordTooShort, and LoginTaken when somebody else has the login.
    """
    check(by, Action.PEOPLE_MANAGE)
    login, full_name = normalize_login(login), normalize(full_name)
    if not is_login(login):
        raise LoginUnreadable(login=login)
    if (known := _same_person(login, full_name)) is not None:
        return known
    hashed = make_password(None) if password is None else hash_password(password)

    def make(number: int) -> UUID:
        keys = {"sort_key": sort_key(full_name)[:400], "search_key": fold(f"{full_name} | {login}")[:400]}
        made = User.objects.create(number=number, full_name=full_name, login=login, password=hashed, **keys)
        record(by=by, verb="create_user", subject="people.User", subject_id=made.id)
        return made.id

    return with_next_number(User, make, known=lambda: _same_person(login, full_name))


def set_password(*, by: Actor, now: datetime, user_id: UUID, password: str) -> None:
    """Give a person another password; every session of theirs ends.

    A person may do this for themselves, and whoever manages people wherever that person has duties.
    """
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotFound()
    if by.id != user_id:
        check_over_person(by, user_id, now)
    hashed = hash_password(password)
    with transaction.atomic():
        User.objects.filter(id=user_id).update(password=hashed)
        record(by=by, verb="set_password", subject="people.User", subject_id=user_id)
        transaction.on_commit(forget_actors)


def close_account(*, by: Actor, now: datetime, user_id: UUID) -> None:
    """Close an account: its person no longer signs in, their phones no longer send; what they did stays.

    Raises NotAllowed, NotFound, and OwnAccount: so there is always an administrator left.
    """
    check_over_person(by, user_id, now)
    if by.id == user_id:
        raise OwnAccount()
    with transaction.atomic():
        if User.objects.filter(id=user_id, is_active=True).update(is_active=False):
            record(by=by, verb="close_account", subject="people.User", subject_id=user_id)
            transaction.on_commit(forget_actors)
        elif not User.objects.filter(id=user_id).exists():
            raise NotFound()


def reopen_account(*, by: Actor, now: datetime, user_id: UUID) -> None:
    """Let the person of a closed account in again, with the duties that still hold and the password that they had."""
    check_over_person(by, user_id, now)
    with transaction.atomic():
        if User.objects.filter(id=user_id, is_active=False).update(is_active=True):
            record(by=by, verb="reopen_account", subject="people.User", subject_id=user_id)
            transaction.on_commit(forget_actors)
        elif not User.objects.filter(id=user_id).exists():
            raise NotFound()


def give_duty(
    *,
    by: Actor,
    now: datetime,
    user_id: UUID,
    role: Role,
    organization_id: UUID | None = None,
    place_code: str | None = None,
    starts_on: date,
    ends_on: date | None = None,
) -> UUID:
    """Give a person a role for an organization (None: all) within a place (None: everywhere).

    Nobody gives a duty over more than they manage themselves. The same duty again is the same one.
    Raises DutyEndsTooSoon, and DutyDiffers when it is given with another last day.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=organization_id, place_code=place_code)
    if ends_on is not None and ends_on < starts_on:
        raise DutyEndsTooSoon()
    _must_exist(user_id, organization_id)
    same: dict[str, Any] = {
        "user_id": user_id,
        "role": Role(role),
        "organization_id": organization_id,
        "place_code": place_code,
        "starts_on": starts_on,
    }
    with transaction.atomic():
        duty, made = Duty.objects.get_or_create(**same, defaults={"ends_on": ends_on})
        if made:
            detail = {"role": duty.role, "user": str(user_id)}
            record(by=by, verb="give_duty", subject="people.Duty", subject_id=duty.id, detail=detail)
            transaction.on_commit(forget_actors)
    if duty.ends_on != ends_on:
        raise DutyDiffers()
    return duty.id


def end_duty(*, by: Actor, now: datetime, duty_id: UUID, ends_on: date) -> None:
    """Let a duty end after a day, and whoever stands in for it; it is kept, so that what was done can be understood.

    Whose duty it is may end their stand-in's too: they are back.
    """
    duty = Duty.objects.filter(id=duty_id).select_related("instead_of").first()
    if duty is None:
        raise NotFound()
    if duty.instead_of is None or by.id is None or duty.instead_of.user_id != by.id:
        check_over(by, [duty], on=local_date(now))
    if ends_on < duty.starts_on:
        raise DutyEndsTooSoon()
    with transaction.atomic():
        if Duty.objects.filter(Q(ends_on__isnull=True) | ~Q(ends_on=ends_on), id=duty_id).update(ends_on=ends_on):
            detail = {"ends_on": ends_on.isoformat()}
            record(by=by, verb="end_duty", subject="people.Duty", subject_id=duty_id, detail=detail)
            # Who was to stand in later never begins; who does now ends with the duty.
            Duty.objects.filter(instead_of_id=duty_id, starts_on__gt=ends_on).delete()
            Duty.objects.filter(instead_of_id=duty_id, ends_on__gt=ends_on).update(ends_on=ends_on)
            transaction.on_commit(forget_actors)


def _same_person(login: str, full_name: str) -> UUID | None:
    known = User.objects.filter(login=login).first()
    if known is not None and known.full_name != full_name:
        raise LoginTaken(login=login)
    return known.id if known is not None else None


def hash_password(password: str) -> str:
    """Hash a password as it is stored. Raises PasswordTooShort."""
    password = normalize_password(password)
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(shortest=SHORTEST_PASSWORD)
    return make_password(password)


def _must_exist(user_id: UUID, organization_id: UUID | None) -> None:
    # Asked first: PostgreSQL looks at foreign keys only at the commit, when nobody can be told any more.
    if not User.objects.filter(id=user_id).exists():
        raise NotFound()
    if organization_id is not None and not Organization.objects.filter(id=organization_id).exists():
        raise NotFound()
