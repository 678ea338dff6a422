"""Registers the phones that send records, and takes their keys away."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger.commands import record
from raquan.people.commands.checking import check_whole
from raquan.people.commands.numbering import with_next_number
from raquan.people.models import Device, Organization, User
from raquan.people.queries import forget_actors
from raquan.people.rules import Action
from raquan.people.rules.signing_in import hash_key


class KeyTaken(Conflict):
    """Another phone has this key, or had it."""

    code = "people.key_taken"
    message = N_("Khóa này đã được dùng cho một máy khác.")


class NotOwnDevice(Refused):
    """The key is another person's phone's, or none's."""

    code = "device.not_own"
    message = N_("Các lượt này của người khác. Hãy đăng nhập bằng mã của người đã ghi.")
    status = 403


def register_device(
    *, by: Actor, now: datetime, label: str, owner_id: UUID, organization_id: UUID, key: str | None = None
) -> tuple[UUID, str]:
    """Register a phone and give its id and its key; the key is shown this once, only its hash is kept.

    A key of the same owner and organization that is in use is the same device. Raises KeyTaken otherwise.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=organization_id)
    if not User.objects.filter(id=owner_id, is_active=True).exists():
        raise NotFound()
    if not Organization.objects.filter(id=organization_id).exists():
        raise NotFound()
    key = key or secrets.token_urlsafe(48)  # 64 signs, as long as ODK Central's

    def make(number: int) -> UUID:
        made = Device.objects.create(
            number=number,
            label=normalize(label),
            owner_id=owner_id,
            organization_id=organization_id,
            key_hash=hash_key(key),
        )
        record(by=by, verb="register_device", subject="people.Device", subject_id=made.id)
        return made.id

    def known() -> UUID | None:
        same = Device.objects.filter(key_hash=hash_key(key)).first()
        if same and (same.owner_id, same.organization_id, same.revoked_at) != (owner_id, organization_id, None):
            raise KeyTaken()
        return same.id if same else None

    return known() or with_next_number(Device, make, known), key


def revoke_device(*, by: Actor, now: datetime, device_id: UUID) -> None:
    """Take a phone's key away, at once and for good; what it sent stays."""
    device = Device.objects.filter(id=device_id).first()
    if device is None:
        raise NotFound()
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=device.organization_id)
    with transaction.atomic():
        if Device.objects.filter(id=device_id, revoked_at__isnull=True).update(revoked_at=now):
            record(by=by, verb="revoke_device", subject="people.Device", subject_id=device_id)
            transaction.on_commit(forget_actors)


def take_over_device(*, by: Actor, key: str) -> None:
    """Note that a person's phone takes over what an earlier one of the same person holds, known by its key.

    The earlier one may have been cut off: what its person recorded is still theirs. Raises NotOwnDevice.
    """
    if by.kind is not ActorKind.DEVICE or by.id is None:
        raise NotAllowed()
    owner = Device.objects.filter(id=by.id, revoked_at__isnull=True).values_list("owner_id", flat=True).first()
    earlier = Device.objects.filter(key_hash=hash_key(key), owner_id=owner).first()
    if owner is None or earlier is None:
        raise NotOwnDevice()
    with transaction.atomic():
        record(by=by, verb="take_over_device", subject="people.Device", subject_id=earlier.id)
