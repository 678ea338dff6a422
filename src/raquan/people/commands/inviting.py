"""Invites people by a link with which they choose their password: one by one, or many from a list."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger.commands import publish, record
from raquan.people.commands.accounts import create_user, give_duty, hash_password
from raquan.people.commands.checking import check, check_over_person, check_whole
from raquan.people.models import Invitation, Organization, User
from raquan.people.queries import forget_actors
from raquan.people.queries.organizations import match_organizations
from raquan.people.rules import Action, Role
from raquan.people.rules.inviting import PersonRow, read_role
from raquan.people.rules.signing_in import hash_key

ACCEPTED = "people.invitation_accepted"
INVITATION_LASTS = timedelta(days=7)


class InvitationGone(Refused):
    """The link was used, has expired, was replaced, or never was."""

    code = "people.invitation_gone"
    message = N_("Đường dẫn mời này không còn dùng được. Hãy xin người lập tài khoản một đường dẫn mới.")
    status = 410


class HasPassword(Conflict):
    """The person signs in already, and needs no invitation."""

    code = "people.has_password"
    message = N_("Người này đã đăng nhập được rồi. Nếu quên mật khẩu, hãy đặt mật khẩu mới.")


class RoleUnknown(Refused):
    """A written role is none."""

    code = "people.role_unknown"
    message = N_("Không có vai trò “{written}”.")


class OrganizationUnknown(Refused):
    """A written organization is none, or fits several."""

    code = "people.organization_unknown"
    message = N_("Không tìm thấy đơn vị “{written}”, hoặc có nhiều đơn vị trùng tên.")


class NameMissing(Refused):
    """Nobody is named."""

    code = "people.name_missing"
    message = N_("Hãy ghi họ và tên.")


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited; `token` is what the link ends with, shown this once, or None for who signs in already."""

    user_id: UUID
    token: str | None


@dataclass(frozen=True, slots=True)
class RowInvited:
    """What became of a row of a list: an invitation, or the refusal."""

    row: PersonRow
    invited: Invited | None
    refusal: Refused | None


def invite_person(
    *,
    by: Actor,
    now: datetime,
    real_now: datetime,
    full_name: str,
    login: str,
    role: Role,
    organization_id: UUID | None,
    starts_on: date,
    ends_on: date | None = None,
) -> Invited:
    """Make an account with a duty, and a link to choose its password with; all of it, or nothing.

    Nobody invites into more than they manage. Who has an account already gets the duty alone. Raises NameMissing
    and what create_user and give_duty raise.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now), organization_id=organization_id)
    if not full_name.strip():
        raise NameMissing()
    with transaction.atomic():
        user_id = create_user(by=by, now=now, full_name=full_name, login=login, password=None)
        duty = {"user_id": user_id, "role": role, "organization_id": organization_id}
        give_duty(by=by, now=now, starts_on=starts_on, ends_on=ends_on, **duty)  # type: ignore[arg-type]
        if User.objects.get(id=user_id).has_usable_password():
            return Invited(user_id, None)
        return Invited(user_id, invite_again(by=by, now=now, real_now=real_now, user_id=user_id))


def invite_again(*, by: Actor, now: datetime, real_now: datetime, user_id: UUID) -> str:
    """Make another link for who has no password yet, and end the one before; give what it ends with, this once.

    Raises HasPassword for who signs in already: a link would be a way into their account.
    """
    check_over_person(by, user_id, now)
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotFound()
    if user.has_usable_password():
        raise HasPassword()
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(user=user, used_at__isnull=True, ended_at__isnull=True).update(ended_at=real_now)
        made = Invitation.objects.create(
            user=user,
            token_hash=hash_key(token),
            made_at=real_now,
            expires_at=real_now + INVITATION_LASTS,
            made_by=by.id,
        )
        record(
            by=by, verb="invite_again", subject="people.Invitation", subject_id=made.id, detail={"user": str(user.id)}
        )
    return token


def invite_many(*, by: Actor, now: datetime, real_now: datetime, rows: Sequence[PersonRow]) -> list[RowInvited]:
    """Invite everybody on a list; what is wrong with one row stops no other. Gives what became of each, in order."""
    check(by, Action.PEOPLE_MANAGE)
    named = match_organizations([row.organization for row in rows])
    outcomes = []
    for row, found in zip(rows, named, strict=True):
        try:
            with transaction.atomic():
                invited = _invite_row(by, now, real_now, row, found.organization_id if found else None)
        except Refused as refusal:
            outcomes.append(RowInvited(row, None, refusal))
        except IntegrityError:  # somebody did the same in this moment
            outcomes.append(RowInvited(row, None, Conflict()))
        else:
            outcomes.append(RowInvited(row, invited, None))
    return outcomes


def accept_invitation(*, by: Actor, real_now: datetime, token: str, password: str) -> UUID:
    """Choose the password of the account that a link was made for, once; give the account's id.

    Whoever has the link may. Raises InvitationGone, PasswordTooShort.
    """
    found = Invitation.objects.filter(token_hash=hash_key(token), user__is_active=True).first()
    if found is None:
        raise InvitationGone()
    hashed = hash_password(password)
    still = Invitation.objects.filter(id=found.id, used_at__isnull=True, ended_at__isnull=True, expires_at__gt=real_now)
    with transaction.atomic():
        if not still.update(used_at=real_now):
            raise InvitationGone()
        User.objects.filter(id=found.user_id).update(password=hashed)
        detail = {"user": str(found.user_id)}
        record(by=by, verb="accept_invitation", subject="people.Invitation", subject_id=found.id, detail=detail)
        if found.made_by is not None:  # a room above tells them
            said = {"invitation": str(found.id), "to": str(found.made_by), "user": str(found.user_id)}
            publish(topic=ACCEPTED, payload=said)
        transaction.on_commit(forget_actors)
    return found.user_id


def _invite_row(by: Actor, now: datetime, real_now: datetime, row: PersonRow, matched: UUID | None) -> Invited:
    role = read_role(row.role)
    if role is None:
        raise RoleUnknown(written=row.role)
    exact = Organization.objects.filter(code=row.organization).values_list("id", flat=True).first()
    organization_id = exact or matched
    if organization_id is None:
        raise OrganizationUnknown(written=row.organization)
    return invite_person(
        by=by,
        now=now,
        real_now=real_now,
        full_name=row.full_name,
        login=row.login,
        role=role,
        organization_id=organization_id,
        starts_on=row.starts_on or local_date(now),
        ends_on=row.ends_on,
    )
