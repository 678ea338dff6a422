"""What later work, receipts and the record of acts go by: plain Python."""

from raquan.ledger.rules.leases import LEASE, MAX_ATTEMPTS, RENEW, Lane, wait_before
from raquan.ledger.rules.signing import (
    ANSWER_KIND,
    BUNDLE_INFO,
    BUNDLE_NONCE,
    RECEIPT_SCHEMA,
    Receipt,
    answer_payload,
    join_signed,
    receipt_payload,
)
from raquan.ledger.rules.verbs import VERBS, Told, told

__all__ = [
    "ANSWER_KIND",
    "BUNDLE_INFO",
    "BUNDLE_NONCE",
    "LEASE",
    "MAX_ATTEMPTS",
    "RECEIPT_SCHEMA",
    "RENEW",
    "VERBS",
    "Lane",
    "Receipt",
    "Told",
    "answer_payload",
    "join_signed",
    "receipt_payload",
    "told",
    "wait_before",
]
