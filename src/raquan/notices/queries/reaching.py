"""How people are reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from raquan.kernel.actor import Actor
from raquan.notices import engine
from raquan.notices.models import Browser, Reach
from raquan.notices.rules import Quiet, read_quiet
from raquan.people import queries as people


@dataclass(frozen=True, slots=True)
class ReachView:
    """Where messages go and when none goes out; `email` or `phone` "" is a channel that is not used."""

    email: str
    phone: str
    quiet: Quiet


@dataclass(frozen=True, slots=True)
class BrowserView:
    """A browser by which somebody is told; `mark` is the hash of its address, by which it knows itself."""

    id: UUID
    name: str
    mark: str
    made_at: datetime


def reaches(user_ids: Collection[UUID]) -> dict[UUID, ReachView]:
    """Give how each of some people is reached, by what they sign in with unless they said otherwise; two queries."""
    said = {one.user_id: one for one in Reach.objects.filter(user_id__in=list(user_ids))}
    logins = people.logins([one for one in user_ids if one not in said])
    usual = read_quiet(settings.RAQUAN_QUIET_HOURS)
    chosen = {id_: ReachView(one.email, one.phone, Quiet(one.quiet_from, one.quiet_to)) for id_, one in said.items()}
    return chosen | {
        id_: ReachView(login if "@" in login else "", "" if "@" in login else login, usual)
        for id_, login in logins.items()
    }


def reach_of(actor: Actor) -> ReachView:
    """Give how the actor is reached."""
    nobody = ReachView("", "", read_quiet(settings.RAQUAN_QUIET_HOURS))
    return reaches([actor.id]).get(actor.id, nobody) if actor.id else nobody


def browsers_of(actor: Actor) -> list[BrowserView]:
    """List the browsers by which the actor is told, the newest first: a few, as `MOST_BROWSERS` says; one query."""
    if actor.id is None:
        return []
    rows = Browser.objects.filter(user_id=actor.id, ended_at__isnull=True).order_by("-made_at", "-id")
    return [BrowserView(one.id, one.name, sha256(one.endpoint.encode()).hexdigest(), one.made_at) for one in rows]


def push_key() -> str:
    """Give the public key that a browser subscribes with (base64url); "" where web push is switched off."""
    return engine.push_key().public if settings.RAQUAN_WEB_PUSH else ""
