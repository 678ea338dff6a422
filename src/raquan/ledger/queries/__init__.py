"""What may be asked of the ledger, and how questions are asked whose wording is written once."""

from raquan.ledger.queries.asking import Question, Told, among
from raquan.ledger.queries.reading import (
    AuditView,
    OutboxState,
    PublicKey,
    acts_upon,
    bundle_key,
    forget_public_version,
    history,
    history_of_all,
    history_of_kinds,
    known_public_version,
    open_sealed,
    opened_manifest,
    outbox_state,
    public_version,
    receipt_key,
)

__all__ = [
    "AuditView",
    "OutboxState",
    "PublicKey",
    "Question",
    "Told",
    "acts_upon",
    "among",
    "bundle_key",
    "forget_public_version",
    "history",
    "history_of_all",
    "history_of_kinds",
    "known_public_version",
    "open_sealed",
    "opened_manifest",
    "outbox_state",
    "public_version",
    "receipt_key",
]
