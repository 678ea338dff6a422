"""What later work, receipts and the record of acts go by: plain Python."""

from raquan.ledger.rules.leases import LEASE, MAX_ATTEMPTS, RENEW, Lane, wait_before
from raquan.ledger.rules.signing import (
    ANSWER_KIND,
    BUNDLE_INFO,
    BUNDLE_NONCE,
    MANIFEST_KIND,
    RECEIPT_SCHEMA,
    Receipt,
    answer_payload,
    join_signed,
    manifest_payload,
    receipt_payload,
    split_signed,
)
from raquan.ledger.rules.verbs import VERBS, Told, told

__all__ = [
    "ANSWER_KIND",
    "BUNDLE_INFO",
    "BUNDLE_NONCE",
    "LEASE",
    "MANIFEST_KIND",
    "MAX_ATTEMPTS",
    "RECEIPT_SCHEMA",
    "RENEW",
    "VERBS",
    "Lane",
    "Receipt",
    "Told",
    "answer_payload",
    "join_signed",
    "manifest_payload",
    "receipt_payload",
    "split_signed",
    "told",
    "wait_before",
]
