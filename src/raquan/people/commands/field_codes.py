"""Gives helpers the codes that they sign in with on a phone, lets the phones in, and ends both."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger.commands import record
from raquan.people.commands.checking import check_over_person, check_whole
from raquan.people.commands.devices import KeyTaken, register_device, revoke_device
from raquan.people.commands.throttling import Throttle
from raquan.people.models import Device, FieldCode, Organization, User
from raquan.people.rules import Action
from raquan.people.rules.field_codes import PREFIX_LENGTH, make_field_code, read_field_code, show_field_code


class FieldCodeUnreadable(Refused):
    """What was given as a code cannot be one."""

    code = "field_code.unreadable"
    message = N_("“{code}” không phải là mã đăng nhập: mã có 10 chữ và số, viết như ABCD-EFHJ-K2.")


class FieldCodeTaken(Conflict):
    """The code is another person's, or is given for other days."""

    code = "field_code.taken"
    message = N_("Mã này đã được dùng cho người khác hoặc cho thời gian khác.")


class FieldCodeEndsTooSoon(Refused):
    """The code's last day is before its first."""

    code = "field_code.ends_too_soon"
    message = N_("Ngày cuối của mã phải từ ngày đầu trở đi.")


class FieldCodeWrong(Refused):
    """No person in service has this code."""

    code = "field_code.wrong"
    message = N_("Mã đăng nhập chưa đúng. Hãy xem lại từng chữ trên phiếu.")
    status = 401


class FieldCodeRevoked(Refused):
    """The code was taken away."""

    code = "field_code.revoked"
    message = N_("Mã này đã bị thu hồi. Hãy hỏi cán bộ phụ trách để lấy mã mới.")
    status = 403


class FieldCodeNotNow(Refused):
    """The code holds on other days."""

    code = "field_code.not_now"
    message = N_("Mã này dùng từ {starts_on} đến {ends_on}. Hãy hỏi cán bộ phụ trách để lấy mã mới.")
    status = 403


class DeviceRevoked(Refused):
    """The phone's key was taken away; what it holds can be sent after signing in with a new code."""

    code = "device.revoked"
    message = N_("Máy này không còn được gửi. Bản ghi vẫn ở trên máy: hãy lấy mã mới rồi đăng nhập lại để gửi.")
    status = 401


@dataclass(frozen=True, slots=True)
class FieldCodeGiven:
    """A code as it is written down for its person; it is shown this once."""

    field_code_id: UUID
    code: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class FieldSignIn:
    """Who has signed in on which phone, and the key that the phone sends with."""

    key: str
    device_id: UUID
    device_number: int
    device_label: str
    person_id: UUID
    person_name: str
    valid_until: date


def give_field_code(
    *,
    by: Actor,
    now: datetime,
    user_id: UUID,
    organization_id: UUID,
    starts_on: date,
    ends_on: date,
    code: str | None = None,
) -> FieldCodeGiven:
    """Give a person a code to sign in with on phones, for an organization, between two days.

    Without `code` a new one is drawn, and earlier ones go on. The same `code` for the same is the same.
    Raises FieldCodeEndsTooSoon, FieldCodeUnreadable, FieldCodeTaken.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=organization_id)
    check_over_person(by, user_id, now)
    if ends_on < starts_on:
        raise FieldCodeEndsTooSoon()
    if not User.objects.filter(id=user_id, is_active=True).exists():
        raise NotFound()
    if not Organization.objects.filter(id=organization_id).exists():
        raise NotFound()
    signs = read_field_code(make_field_code(secrets.choice) if code is None else code)
    if not signs:
        raise FieldCodeUnreadable(code=code)
    same = {"user_id": user_id, "organization_id": organization_id, "starts_on": starts_on, "ends_on": ends_on}
    try:
        with transaction.atomic():
            row = FieldCode.objects.create(code_hash=_hash(signs), **same)
            detail = {"user": str(user_id), "ends_on": ends_on.isoformat()}
            record(by=by, verb="give_field_code", subject="people.FieldCode", subject_id=row.id, detail=detail)
    except IntegrityError:
        known = FieldCode.objects.filter(code_hash=_hash(signs), revoked_at__isnull=True, **same).first()
        if known is None:
            raise FieldCodeTaken() from None
        row = known
    return FieldCodeGiven(row.id, show_field_code(signs), ends_on)


def revoke_field_code(*, by: Actor, now: datetime, field_code_id: UUID) -> int:
    """Take a code away, and the keys of the phones that signed in with it; count those. What they sent stays."""
    found = FieldCode.objects.filter(id=field_code_id).first()
    if found is None:
        raise NotFound()
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=found.organization_id)
    with transaction.atomic():
        # The code first: a phone that signs in at this moment either is seen below, or finds the code gone.
        if FieldCode.objects.filter(id=found.id, revoked_at__isnull=True).update(revoked_at=now):
            record(by=by, verb="revoke_field_code", subject="people.FieldCode", subject_id=found.id)
        phones = list(Device.objects.filter(field_code=found, revoked_at__isnull=True).values_list("id", flat=True))
        for device_id in phones:
            revoke_device(by=by, now=now, device_id=device_id)
    return len(phones)


def field_sign_in(
    *, code: str, label: str, client_id: UUID, address: str, now: datetime, real_now: datetime
) -> FieldSignIn:
    """Sign a phone in by its person's code, registering it; the same code from the same `client_id` is the same phone.

    So an answer that was lost can be asked for again: the key follows from the code and the client. Wrong codes
    are counted by their beginning and by address. Raises TooManyTries, FieldCodeWrong, FieldCodeRevoked,
    FieldCodeNotNow, and DeviceRevoked when this phone's key was taken away.
    """
    signs = read_field_code(code)
    throttle = Throttle("field-code:" + signs[:PREFIX_LENGTH], address, real_now)
    throttle.check()
    found = FieldCode.objects.select_related("user").filter(code_hash=_hash(signs), user__is_active=True).first()
    if not signs or found is None:
        throttle.count()
        raise FieldCodeWrong()
    _check_holds(found, local_date(now))
    key = _key(found.id, client_id)
    device = Device.objects.get(id=_register(found, key, label, now))
    _check_holds(FieldCode.objects.get(id=found.id), local_date(now))  # was it taken away meanwhile?
    return FieldSignIn(
        key=key,
        device_id=device.id,
        device_number=device.number,
        device_label=device.label,
        person_id=found.user.id,
        person_name=found.user.full_name,
        valid_until=found.ends_on,
    )


def _register(found: FieldCode, key: str, label: str, now: datetime) -> UUID:
    person = Actor(ActorKind.USER, found.user.id, found.user.full_name, found.user.number)
    with transaction.atomic():
        try:
            device_id, _ = register_device(
                by=SYSTEM,
                now=now,
                label=label,
                owner_id=found.user_id,
                organization_id=found.organization_id,
                key=key,
            )
        except KeyTaken:
            raise DeviceRevoked() from None
        if Device.objects.filter(id=device_id, field_code__isnull=True).update(field_code=found):
            record(by=person, verb="field_sign_in", subject="people.Device", subject_id=device_id)
    return device_id


def _check_holds(found: FieldCode, on: date) -> None:
    if found.revoked_at is not None:
        raise FieldCodeRevoked()
    if not found.starts_on <= on <= found.ends_on:
        raise FieldCodeNotNow(starts_on=f"{found.starts_on:%d/%m/%Y}", ends_on=f"{found.ends_on:%d/%m/%Y}")


def _hash(signs: str) -> str:
    """Hash a code with this installation's secret: a code is short, and a stolen table must not give it away."""
    return salted_hmac("raquan.people.field_code", signs, algorithm="sha256").hexdigest()


def _key(field_code_id: UUID, client_id: UUID) -> str:
    """Give a phone's key: 64 signs that only this installation's secret makes, the same each time."""
    made = salted_hmac("raquan.people.field_key", f"{field_code_id}:{client_id}", algorithm="sha384")
    return urlsafe_b64encode(made.digest()).decode()
