"""Opens and ends sessions of programs: a token that stands for a login and password for a day."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.ledger.commands import record
from raquan.people.models import AccessToken, User
from raquan.people.queries import forget_actors
from raquan.people.rules.signing_in import hash_key

TOKEN_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class TokenOpened:
    """A token, shown this once, and until when it holds (the machine's time)."""

    token: str
    expires_at: datetime


def open_token(*, by: Actor, real_now: datetime) -> TokenOpened:
    """Give a signed-in person a token that says who they are; only its hash is kept.

    It ends after TOKEN_LASTS, when it is ended, when the password changes, and with the account.
    """
    user = User.objects.filter(id=by.id, is_active=True).first() if by.id else None
    if user is None:
        raise NotFound()
    token = secrets.token_urlsafe(48)
    with transaction.atomic():
        AccessToken.objects.filter(user=user, expires_at__lt=real_now).delete()
        made = AccessToken.objects.create(
            user=user,
            token_hash=hash_key(token),
            password_mark=user.get_session_auth_hash(),
            expires_at=real_now + TOKEN_LASTS,
        )
        record(by=by, verb="open_token", subject="people.AccessToken", subject_id=made.id)
    return TokenOpened(token, made.expires_at)


def end_token(*, by: Actor, token: str) -> None:
    """End a token of the actor's own, at once and for good; one that has ended is as good as ended."""
    with transaction.atomic():
        found = AccessToken.objects.filter(token_hash=hash_key(token)).first()
        if found is None or found.user_id != by.id:
            return
        ended: UUID = found.id
        found.delete()
        record(by=by, verb="end_token", subject="people.AccessToken", subject_id=ended)
        transaction.on_commit(forget_actors)
