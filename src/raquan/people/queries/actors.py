"""Who somebody is and what they may do on a day: people, their phones, a unit's staff."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.crypto import constant_time_compare

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.actor import Duty as ActorDuty
from raquan.kernel.remembering import Remembered
from raquan.kernel.text import sort_key
from raquan.people.models import AccessToken, Device, Duty, User
from raquan.people.rules import MAY, Action, DeviceKind, Role
from raquan.people.rules.signing_in import hash_key, normalize_login

MOST_DEVICES = 5000
"""How many devices' actors are kept in memory: about 1 KB each."""

MOST_TOKENS = 500

_devices: Remembered[tuple[str, date], Actor] = Remembered(MOST_DEVICES)
_tokens: Remembered[tuple[str, date], tuple[datetime, Actor]] = Remembered(MOST_TOKENS)


def actor_of_user(user_id: UUID, on: date) -> Actor | None:
    """Give a person as an actor with the duties of a day; None when the account is closed. One query."""
    return actors_of_users([user_id], on).get(user_id)


def signed_in(user_id: UUID, on: date) -> tuple[User, Actor] | None:
    """Give a person's account, and the person as an actor; None when the account is closed. One query."""
    duty = {f"of_duty_{n}": F(name) for n, name in enumerate(_OF_DUTY)}
    found = list(_with_duties([user_id], on).annotate(**duty))
    if not found:
        return None
    rows = [(one.id, one.full_name, one.number, *(getattr(one, name) for name in duty)) for one in found]
    return found[0], _actors(rows)[found[0].id]


def actors_of_users(user_ids: Collection[UUID], on: date) -> dict[UUID, Actor]:
    """Give people as actors with the duties of a day, in one query; closed accounts are left out."""
    return _actors(_with_duties(user_ids, on).values_list("id", "full_name", "number", *_OF_DUTY))


_OF_DUTY = (
    "duty__role",
    "duty__organization_id",
    "duty__place_code",
    "duty__instead_of__user_id",
    "duty__instead_of__user__full_name",
)


def _with_duties(user_ids: Collection[UUID], on: date) -> QuerySet[User]:
    """Ask for people, a row for each duty of a day."""
    holds = Q(duties__ends_on__isnull=True) | Q(duties__ends_on__gte=on), Q(duties__starts_on__lte=on)
    return (
        User.objects.filter(id__in=set(user_ids), is_active=True)
        .annotate(duty=FilteredRelation("duties", condition=Q(*holds)))
        .order_by("id", "duty__starts_on", "duty__id")
    )


def _actors(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Actor]:
    names: dict[UUID, tuple[str, int]] = {}
    duties: dict[UUID, list[ActorDuty]] = {}
    absent: dict[UUID, dict[str, str]] = {}
    for user_id, name, number, role, organization_id, place_code, absent_id, absent_name in rows:
        names[user_id] = name, number
        if role is not None:
            duties.setdefault(user_id, []).append(ActorDuty(role, organization_id, place_code))
        if absent_id is not None:
            absent.setdefault(user_id, {})[str(absent_id)] = absent_name
    return {
        user_id: Actor(
            ActorKind.USER,
            user_id,
            name,
            number,
            tuple(duties.get(user_id, ())),
            stands_in_for=tuple(absent.get(user_id, {}).items()),
        )
        for user_id, (name, number) in names.items()
    }


def staff_of(organization_id: UUID, on: date) -> tuple[Actor, ...]:
    """List the people with a duty for an organization itself on a day, by name."""
    ids = in_force(on).filter(organization_id=organization_id).values_list("user_id", flat=True)
    return tuple(sorted(actors_of_users(set(ids), on).values(), key=lambda one: sort_key(one.name)))


def has_password(user_id: UUID) -> bool:
    """Tell whether a person can sign in with a password; False where there is no such person."""
    user = User.objects.filter(id=user_id).first()
    return user is not None and user.has_usable_password()


def is_login_taken(login: str) -> bool:
    """Tell whether somebody has an account with a login, closed ones too; for commands."""
    return User.objects.filter(login=normalize_login(login)).exists()


def actor_by_login(login: str, on: date) -> Actor | None:
    """Give the actor of a login; None when there is none or the account is closed."""
    user = User.objects.filter(login=normalize_login(login), is_active=True).first()
    return actor_of_user(user.id, on) if user else None


def actor_by_device_key(key: str, on: date) -> Actor | None:
    """Give a device as an actor: a phone may fill in and send where its owner may, an app user for its unit.

    None when the key is unknown or was taken away, is a public link's, or when the owner's account is closed. Two
    queries, or none when it was asked for some seconds ago: RAQUAN_REMEMBER_SECONDS, and `forget_actors` where
    something changes.
    """
    mark = hash_key(key)
    return _devices.get((mark, on), lambda: _device(mark, on), seconds=settings.RAQUAN_REMEMBER_SECONDS)


def forget_actors() -> None:
    """Ask the database again who a key or a token is: a device, a person or a duty has changed. After the commit."""
    _devices.forget()
    _tokens.forget()


def actor_by_public_link(key: str, on: date) -> Actor | None:
    """Give a public link as an actor: it may fill in the form that it is of. None when it was taken away."""
    device = _in_use(hash_key(key)).filter(kind=DeviceKind.PUBLIC_LINK.value).first()
    return _device_actor(device, on) if device else None


def _device(key_hash: str, on: date) -> Actor | None:
    device = _in_use(key_hash).exclude(kind=DeviceKind.PUBLIC_LINK.value).first()
    return _device_actor(device, on) if device else None


def _in_use(key_hash: str) -> QuerySet[Device]:
    nobodys = Q(owner__isnull=True)  # an app user is its unit's, whoever made it
    return Device.objects.filter(nobodys | Q(owner__is_active=True), key_hash=key_hash, revoked_at__isnull=True)


def _device_actor(device: Device, on: date) -> Actor:
    sending: tuple[ActorDuty, ...] = (ActorDuty(Role.HELPER, device.organization_id),)
    if device.owner_id is not None:
        duties = in_force(on).filter(user_id=device.owner_id).order_by("starts_on", "id")
        sending = tuple(
            ActorDuty(Role.HELPER, duty.organization_id, duty.place_code)
            for duty in duties
            if Action.SUBMISSION_SEND in MAY[Role(duty.role)]
        )
    return Actor(ActorKind.DEVICE, device.id, device.label, device.number, sending, device.assigned_only)


def actor_by_token(token: str, real_now: datetime, on: date) -> Actor | None:
    """Give the person whose token this is, with the duties of a day.

    None when the token is unknown, has ended, or was opened with a password that is not theirs any more. Two queries,
    or none when it was asked for some seconds ago, as with a device's key: programs ask for page after page.
    """
    mark = hash_key(token)
    found = _tokens.get((mark, on), lambda: _token(mark, on), seconds=settings.RAQUAN_REMEMBER_SECONDS)
    return found[1] if found is not None and real_now < found[0] else None


def _token(mark: str, on: date) -> tuple[datetime, Actor] | None:
    """Give until when a token holds and whose it is."""
    one = AccessToken.objects.filter(token_hash=mark).select_related("user").first()
    if one is None or not constant_time_compare(one.password_mark, one.user.get_session_auth_hash()):
        return None
    actor = actor_of_user(one.user_id, on)
    return (one.expires_at, actor) if actor else None


def is_device_key(key: str) -> bool:
    """Tell whether this is or was a phone's key: one that lets nobody in was taken away."""
    return Device.objects.filter(key_hash=hash_key(key)).exists()


def owner_of_device(device_id: UUID) -> tuple[UUID, str] | None:
    """Give the id and name of the person whose phone this is, in one query; None when it is nobody's own."""
    phones = Device.objects.filter(id=device_id, owner__isnull=False)
    return phones.values_list("owner__id", "owner__full_name").first()


def login_of(user_id: UUID) -> str:
    """Give what a person signs in with; "" when there is no such person. For the person's own eyes."""
    return User.objects.filter(id=user_id).values_list("login", flat=True).first() or ""


def logins(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give what people sign in with, by id, in one query; for commands and jobs."""
    return dict(User.objects.filter(id__in=set(ids)).values_list("id", "login"))


def user_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give names by id, in one query."""
    return dict(User.objects.filter(id__in=set(ids)).values_list("id", "full_name"))


def in_force(on: date) -> QuerySet[Duty]:
    """Select the duties that hold on a day."""
    return Duty.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
