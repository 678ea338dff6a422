"""What may be asked of the ledger: the history of a thing, what is still open, public keys, what is sealed for them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed
from raquan.kernel.remembering import Remembered
from raquan.ledger.engine import is_signed, opening_key, signing_key
from raquan.ledger.models import AuditEntry, OutboxMessage, PublicVersion
from raquan.ledger.rules import MANIFEST_KIND, VERBS, split_signed, told


@dataclass(frozen=True, slots=True)
class AuditView:
    """One act upon a thing; `at` is the machine's time."""

    at: datetime
    actor_kind: str
    actor_name: str
    verb: str
    detail: dict[str, Any]

    @property
    def what(self) -> str:
        """Say what was done in the reader's language."""
        return gettext(VERBS.get(self.verb, self.verb))

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Give what is told of it beside: names in the reader's language, texts as they were written."""
        return tuple((gettext(one.name), one.text) for one in told(self.detail))

    @property
    def stands_in_for(self) -> str:
        """Name those for whom its author stood in; "" for none."""
        return ", ".join(str(one.get("name", "")) for one in self.detail.get("stands_in_for", ()))


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How much later work is open and how much has failed for good."""

    open: int
    failed: int


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key of this installation; `spki` is DER in base64, as WebCrypto imports it."""

    kid: str
    alg: str
    spki: str


def history(actor: Actor, subject: str, subject_id: UUID | str, page: int = 1, size: int = 20) -> Page[AuditView]:
    """Give what was done to a thing, newest first. The room that owns the thing decides who may see it."""
    return history_of_all(actor, subject, [subject_id], page, size)


def history_of_all(
    actor: Actor, subject: str, subject_ids: Collection[UUID | str], page: int = 1, size: int = 20
) -> Page[AuditView]:
    """Give what was done to some things of one kind, such as a record's versions, newest first."""
    return history_of_kinds(actor, {subject: subject_ids}, page, size)


def history_of_kinds(
    actor: Actor, things: Mapping[str, Collection[UUID | str]], page: int = 1, size: int = 20
) -> Page[AuditView]:
    """Give what was done to things of several kinds, by subject, newest first."""
    if not actor.is_signed_in and actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    among = Q(pk__in=[])
    for subject, ids in things.items():
        among |= Q(subject=subject, subject_id__in=[str(one) for one in ids])
    entries = AuditEntry.objects.filter(among).order_by("-at", "-id")
    items = [
        AuditView(entry.at, entry.actor_kind, entry.actor_name, entry.verb, entry.detail)
        for entry in entries[window(page, size)]
    ]
    return Page(items, page, size, total_of(items, page, size, entries.count))


def acts_upon(subjects: Collection[str], besides: QuerySet[Any, Any] | None = None) -> dict[str, int]:
    """Count the acts upon things of some kinds, in one query: while it stays the same, nothing was done to them.

    `besides` is a room's own count of what is no act, as rows of a kind and a number.
    """
    acts = AuditEntry.objects.filter(subject__in=subjects).order_by().values_list("subject").annotate(n=Count("id"))
    counted = acts.union(besides, all=True) if besides is not None else acts
    return dict.fromkeys(subjects, 0) | {subject: int(n) for subject, n in counted}


def outbox_state() -> OutboxState:
    """Count open and failed messages."""
    undone = OutboxMessage.objects.filter(done_at__isnull=True)
    return OutboxState(
        open=undone.filter(failed_at__isnull=True).count(),
        failed=undone.filter(failed_at__isnull=False).count(),
    )


def public_version() -> int:
    """Tell how often something that public pages show has changed; another process learns of it within seconds."""
    return _public_version.get(1, _read_public_version, seconds=settings.RAQUAN_REMEMBER_SECONDS) or 0


def known_public_version() -> int | None:
    """Give the public version as far as it is remembered; None where the database would have to be asked."""
    return _public_version.peek(1)


def forget_public_version() -> None:
    """Ask anew how often something public has changed: it just has."""
    _public_version.forget()


def _read_public_version() -> int:
    return PublicVersion.objects.filter(id=1).values_list("number", flat=True).first() or 0


_public_version: Remembered[int, int] = Remembered(1)


def receipt_key() -> PublicKey:
    """Give the key that verifies this installation's receipts; public."""
    key = signing_key()
    return PublicKey(key.kid, "ES256", key.spki)


def opened_manifest(signed: str, spki: str) -> dict[str, Any] | None:
    """Give what a signed statement on a manifest says; None where this key has not signed it. Asks no database."""
    parts = split_signed(signed)
    if parts is None or not is_signed(spki, *parts):
        return None
    said: dict[str, Any] = json.loads(parts[0])
    return said if said.get("kind") == MANIFEST_KIND else None


def bundle_key() -> PublicKey:
    """Give the key that phones seal bundles for; public."""
    key = opening_key()
    return PublicKey(key.kid, "ECDH-ES", key.spki)


def open_sealed(*, ephemeral: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    """Open what was sealed for the bundle key; None when it was not, or when it or `bound` was touched since.

    Whoever asks has read nothing yet that says who may: what comes out must say it.
    """
    return opening_key().open(ephemeral=ephemeral, sealed=sealed, bound=bound)
