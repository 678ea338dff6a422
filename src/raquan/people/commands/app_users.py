"""Makes app users and public links: keys of a unit, many at once, which nobody signs in with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger.commands import record_many
from raquan.people.commands.checking import check_whole
from raquan.people.commands.numbering import with_next_number
from raquan.people.models import Device, Organization
from raquan.people.queries.collecting import key_of
from raquan.people.rules import Action, DeviceKind
from raquan.people.rules.app_users import LONGEST_NAME, MOST_NAMES, SEEN_EVERY, repeated
from raquan.people.rules.signing_in import hash_key


class NamesMissing(Refused):
    """Nobody is named."""

    code = "app_users.names_missing"
    message = N_("Hãy ghi ít nhất một tên, mỗi tên một dòng.")
    status = 400


class TooManyNames(Refused):
    """More names than MOST_NAMES at once."""

    code = "app_users.too_many"
    message = N_("Danh sách có {given} tên; mỗi lần làm tối đa {most}. Hãy chia làm nhiều lần.")
    status = 400


class NameTooLong(Refused):
    """A name is longer than LONGEST_NAME."""

    code = "app_users.name_too_long"
    message = N_("Tên “{name}…” dài quá {most} ký tự.")
    status = 400


class NamesRepeated(Refused):
    """A name stands in the list twice: two people of one name could not be told apart."""

    code = "app_users.names_repeated"
    message = N_("Tên bị lặp: {names}. Nếu là hai người, hãy ghi thêm thôn, buôn hoặc năm sinh để phân biệt.")
    status = 400


@dataclass(frozen=True, slots=True)
class AppUserMade:
    """An app user; `already` when the unit had one of this name. Its key is queries.app_user_keys' to give."""

    device_id: UUID
    number: int
    name: str
    already: bool


def make_app_users(
    *,
    by: Actor,
    now: datetime,
    names: Sequence[str],
    organization_id: UUID | None = None,
    assigned_only: bool = False,
    kind: DeviceKind = DeviceKind.APP_USER,
) -> tuple[AppUserMade, ...]:
    """Make an app user for each name, all of them or none, and give them in their order; for a unit, or for every one.

    A name that is in use in the unit is the same app user, and changes nothing. Who is `assigned_only` is offered the
    forms that are assigned to it; others every form. Raises NamesMissing, TooManyNames, NameTooLong, NamesRepeated.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=organization_id)
    wanted = _checked(names)
    if organization_id is not None and not Organization.objects.filter(id=organization_id).exists():
        raise NotFound()

    def known() -> dict[str, Device]:
        own = Q(organization_id=organization_id) if organization_id else Q(organization_id__isnull=True)
        found = Device.objects.filter(own, kind=kind.value, label__in=wanted, revoked_at__isnull=True)
        return {one.label: one for one in found}

    def make(number: int) -> tuple[AppUserMade, ...]:
        before = known()
        missing = [name for name in wanted if name not in before]
        fresh = [
            _device(name, number + place, kind, organization_id, assigned_only) for place, name in enumerate(missing)
        ]
        Device.objects.bulk_create(fresh)
        ids = [one.id for one in fresh]
        record_many(by=by, verb="make_app_users", subject="people.Device", subject_ids=ids)
        made = before | {one.label: one for one in fresh}
        return tuple(AppUserMade(made[name].id, made[name].number, name, name in before) for name in wanted)

    return with_next_number(Device, make, lambda: None)


def note_seen(*, by: Actor, now: datetime) -> None:
    """Note that a device has asked for its forms; at most once in SEEN_EVERY, and kept out of the ledger."""
    if by.kind is not ActorKind.DEVICE or by.id is None:
        return
    stale = Device.objects.filter(id=by.id).exclude(last_seen_at__gt=now - SEEN_EVERY)
    if stale.exists():
        with transaction.atomic():
            stale.update(last_seen_at=now)


def _checked(names: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(name for one in names if (name := normalize(one)))
    if not wanted:
        raise NamesMissing()
    if len(wanted) > MOST_NAMES:
        raise TooManyNames(given=len(wanted), most=MOST_NAMES)
    if long := next((name for name in wanted if len(name) > LONGEST_NAME), ""):
        raise NameTooLong(name=long[:40], most=LONGEST_NAME)
    if twice := repeated(wanted):
        raise NamesRepeated(names=", ".join(twice[:10]))
    return wanted


def _device(name: str, number: int, kind: DeviceKind, organization_id: UUID | None, assigned_only: bool) -> Device:
    device_id = uuid7()
    return Device(
        id=device_id,
        number=number,
        label=name,
        kind=kind.value,
        organization_id=organization_id,
        assigned_only=assigned_only or kind is DeviceKind.PUBLIC_LINK,
        key_hash=hash_key(key_of(device_id)),
    )
