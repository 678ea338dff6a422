"""Signs what proves that a record was received, and what another phone carries back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.ledger.engine import signing_key
from raquan.ledger.rules import Receipt, answer_payload, join_signed, manifest_payload, receipt_payload


def sign_receipt(*, record_id: str, sha256: str, received_at: datetime, device_id: UUID | None) -> str:
    """Sign that the record with this id and hash was received from a device at a moment.

    Call it after the commit only. The compact form is base64url(payload).base64url(signature), ES256; the same
    record gets the same receipt whenever it is asked for, as long as the key is the same.
    """
    key = signing_key()
    payload = receipt_payload(Receipt(key.kid, record_id, sha256, received_at, str(device_id) if device_id else ""))
    return join_signed(payload, key.sign(payload))


def sign_answer(*, said: dict[str, Any]) -> str:
    """Sign an answer that somebody else carries to the phone it is for, so that nobody can change it on the way."""
    key = signing_key()
    payload = answer_payload(key.kid, said)
    return join_signed(payload, key.sign(payload))


def sign_manifest(*, said: dict[str, Any]) -> str:
    """Sign what names a manifest by its hash: whoever has the public key can prove it without this installation."""
    key = signing_key()
    payload = manifest_payload(key.kid, said)
    return join_signed(payload, key.sign(payload))
