"""What a receipt and an answer say, to the byte."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

RECEIPT_SCHEMA = 1
ANSWER_KIND = "raquan.answer"
MANIFEST_KIND = "raquan.manifest"

BUNDLE_INFO = b"raquan bundle 1"
"""What keys for bundles are derived for (HKDF's info): none of them serves anything else."""

BUNDLE_NONCE = 12
"""The bytes of AES-GCM's nonce, which stands before what is sealed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: these bytes (`sha256`) under this id came from this device; `device` "" is no device."""

    kid: str
    id: str
    sha256: str
    received_at: datetime
    device: str


def receipt_payload(receipt: Receipt) -> bytes:
    """Write a receipt as the bytes that are signed: JSON with sorted keys and no spaces, UTF-8, time in UTC."""
    said = {
        "v": RECEIPT_SCHEMA,
        "kid": receipt.kid,
        "id": receipt.id,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "device": receipt.device,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def answer_payload(kid: str, said: dict[str, Any]) -> bytes:
    """Write an answer as the bytes that are signed, as receipts are; its kind keeps the two apart."""
    whole = {**said, "kind": ANSWER_KIND, "v": RECEIPT_SCHEMA, "kid": kid}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def manifest_payload(kid: str, said: dict[str, Any]) -> bytes:
    """Write what is said of a manifest as the bytes that are signed; its kind keeps it apart from answers."""
    whole = {**said, "kind": MANIFEST_KIND, "v": RECEIPT_SCHEMA, "kid": kid}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def split_signed(signed: str) -> tuple[bytes, bytes] | None:
    """Take apart what `join_signed` joined; None where it is nothing of the kind."""
    try:
        payload, signature = (urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in signed.split("."))
    except ValueError:
        return None
    return payload, signature


def join_signed(payload: bytes, signature: bytes) -> str:
    """Join what was signed and its signature: base64url without padding, a dot between."""
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in (payload, signature))
