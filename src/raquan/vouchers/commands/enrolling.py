"""Phones of merchants become counters by a code, and are withdrawn when they are lost."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action
from raquan.vouchers.models import Counter, EnrolmentCode
from raquan.vouchers.queries import token_hash
from raquan.vouchers.rules import (
    MOST_NAME,
    MOST_REASON,
    MOST_WAITING,
    VALID_FOR,
    make_enrolment_code,
    read_enrolment_code,
    show_enrolment_code,
)
from raquan.vouchers.rules.enrolling import PREFIX_LENGTH

SUBJECT = "vouchers.Counter"


class TooManyCodes(Refused):
    """So many codes of the enterprise wait to be used already."""

    code = "vouchers.too_many_codes"
    message = N_("Đã có {most} mã ghi danh đang chờ. Hãy dùng mã cũ, hoặc đợi mã hết hạn sau 30 phút.")


class EnrolmentWrong(Refused):
    """There is no such code."""

    code = "enrolment.wrong"
    message = N_("Mã ghi danh chưa đúng. Hãy xem lại từng chữ trên trang của doanh nghiệp.")
    status = 401


class EnrolmentUsed(Refused):
    """The code has made another phone a counter."""

    code = "enrolment.used"
    message = N_("Mã ghi danh này đã dùng cho một máy. Hãy lấy mã mới trên trang của doanh nghiệp.")
    status = 409


class EnrolmentExpired(Refused):
    """The code's half hour is over."""

    code = "enrolment.expired"
    message = N_("Mã ghi danh đã hết hạn. Hãy lấy mã mới trên trang của doanh nghiệp.")
    status = 410


class CounterNameMissing(Refused):
    """A counter has a name, so that its enterprise knows which it is."""

    code = "enrolment.name_missing"
    message = N_("Hãy đặt tên quầy, ví dụ Quầy 2.")


class WithdrawnOtherwise(Conflict):
    """Somebody else has withdrawn it."""

    code = "vouchers.withdrawn"
    message = N_("Quầy này đã được thu hồi.")


class WithdrawReasonMissing(Refused):
    """Who withdraws a counter says why."""

    code = "vouchers.withdraw_reason_missing"
    message = N_("Hãy ghi lý do thu hồi quầy.")


@dataclass(frozen=True, slots=True)
class EnrolmentIssued:
    """A code as it is shown, this once, and until when it holds."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new counter and the token that it calls with; the token is given this once."""

    token: str
    counter_id: UUID
    name: str
    enterprise: str


def issue_enrolment_code(*, by: Actor, now: datetime, organization_id: UUID) -> EnrolmentIssued:
    """Give an enterprise a code that makes one phone its counter. Raises NotFound, NotAllowed, TooManyCodes."""
    people.check_unit(by, Action.OFFER_WRITE, organization_id)
    if people_queries.organization(organization_id) is None:
        raise NotFound()
    waiting = EnrolmentCode.objects.filter(organization_id=organization_id, used_at__isnull=True, expires_at__gt=now)
    if waiting.count() >= MOST_WAITING:
        raise TooManyCodes(most=MOST_WAITING)
    letters = make_enrolment_code(secrets.choice)
    with transaction.atomic():
        made = EnrolmentCode.objects.create(
            organization_id=organization_id, code_hash=_hash(letters), made_at=now, expires_at=now + VALID_FOR
        )
        detail = {"organization": str(organization_id)}
        ledger.record(
            by=by, verb="issue_enrolment_code", subject="vouchers.EnrolmentCode", subject_id=made.id, detail=detail
        )
    return EnrolmentIssued(show_enrolment_code(letters), made.expires_at)


def enroll_counter(*, code: str, name: str, address: str, now: datetime, real_now: datetime) -> Enrolled:
    """Make a phone a counter of the enterprise whose code it was given; a code does so once.

    Wrong codes are counted by their beginning and by address.
    Raises TooManyTries, CounterNameMissing, EnrolmentWrong, EnrolmentUsed, EnrolmentExpired.
    """
    letters, called = read_enrolment_code(code), normalize(name)[:MOST_NAME]
    throttle = people.Throttle("enrolment:" + letters[:PREFIX_LENGTH], address, real_now)
    throttle.check()
    found = EnrolmentCode.objects.filter(code_hash=_hash(letters)).select_related("organization").first()
    if not letters or found is None:
        throttle.count()
        raise EnrolmentWrong()
    if found.used_at is not None:
        raise EnrolmentUsed()
    if found.expires_at <= now:
        raise EnrolmentExpired()
    if not called:
        raise CounterNameMissing()
    token = secrets.token_urlsafe(48)
    with transaction.atomic():
        if not EnrolmentCode.objects.filter(id=found.id, used_at__isnull=True).update(used_at=now):
            raise EnrolmentUsed()
        made = Counter.objects.create(
            organization_id=found.organization_id,
            name=called,
            sort_key=sort_key(called)[:400],
            token_hash=token_hash(token),
            enrolled_at=now,
        )
        by = Actor(ActorKind.DEVICE, made.id, called)
        ledger.record(by=by, verb="enroll_counter", subject=SUBJECT, subject_id=made.id, detail={"name": called})
    return Enrolled(token, made.id, called, found.organization.name)


def withdraw_counter(*, by: Actor, now: datetime, counter_id: UUID, reason: str) -> None:
    """Give a counter nothing more; what it holds and has redeemed still arrives. The same again does nothing.

    Raises NotFound, NotAllowed, WithdrawReasonMissing, WithdrawnOtherwise.
    """
    found = Counter.objects.filter(id=counter_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.OFFER_WRITE, found.organization_id)
    why = normalize(reason)[:MOST_REASON]
    if not why:
        raise WithdrawReasonMissing()
    with transaction.atomic():
        here = Counter.objects.filter(id=counter_id, withdrawn_at__isnull=True)
        if here.update(withdrawn_at=now, withdrawn_reason=why):
            detail = {"name": found.name, "reason": why}
            ledger.record(by=by, verb="withdraw_counter", subject=SUBJECT, subject_id=counter_id, detail=detail)
        elif Counter.objects.get(id=counter_id).withdrawn_reason != why:
            raise WithdrawnOtherwise()


def _hash(letters: str) -> str:
    """Hash a code with this installation's secret: a code is short, and a stolen table must not give it away."""
    return salted_hmac("raquan.vouchers.enrolment", letters, algorithm="sha256").hexdigest()
