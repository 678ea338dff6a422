"""What people do with their own notices: mark them as read, and say how they want to be reached."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotAllowed, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.notices.models import Reach, Telling
from raquan.people.rules import is_login, normalize_login


class EmailUnreadable(Refused):
    """What was given is no e-mail address."""

    code = "notices.email_unreadable"
    message = N_("“{written}” không phải là địa chỉ e-mail.")


class PhoneUnreadable(Refused):
    """What was given is no telephone number of Vietnam."""

    code = "notices.phone_unreadable"
    message = N_("“{written}” không phải là số điện thoại.")


def mark_read(*, by: Actor, now: datetime, telling_id: UUID) -> bool:
    """Say that the actor has read a notice of theirs; False when they had."""
    if not _own(by).filter(id=telling_id).exists():
        raise NotFound()
    return bool(_own(by).filter(id=telling_id, read_at__isnull=True).update(read_at=now))


def mark_all_read(*, by: Actor, now: datetime) -> int:
    """Say that the actor has read all their notices; count those that they had not."""
    return _own(by).filter(read_at__isnull=True).update(read_at=now)


def set_reach(*, by: Actor, now: datetime, email: str, phone: str, quiet_from: time, quiet_to: time) -> None:
    """Keep how the actor wants to be reached; an empty address is a channel that is not used.

    Raises EmailUnreadable, PhoneUnreadable.
    """
    if by.id is None:
        raise NotAllowed()
    mail, number = normalize_login(email), normalize_login(phone)
    if mail and not ("@" in mail and is_login(mail)):
        raise EmailUnreadable(written=email)
    if number and not ("@" not in number and is_login(number)):
        raise PhoneUnreadable(written=phone)
    wanted = {"email": mail, "phone": number, "quiet_from": quiet_from, "quiet_to": quiet_to}
    with transaction.atomic():
        Reach.objects.update_or_create(user_id=by.id, defaults=wanted)
        used = [name for name, given in (("email", mail), ("sms", number)) if given]
        ledger.record(by=by, verb="set_reach", subject="notices.Reach", subject_id=by.id, detail={"channels": used})


def _own(by: Actor) -> QuerySet[Telling]:
    if by.id is None:
        raise NotAllowed()
    return Telling.objects.filter(user_id=by.id)
