"""Sends a message to a browser by its push service (RFC 8030), so that only the browser reads it (RFC 8291)."""

import binascii
import os
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from raquan.kernel.calling import CallFailed, CallForbidden, is_plain_address, post
from raquan.notices.engine import point_of, push_key
from raquan.notices.gateways.failing import Gone, NotSent
from raquan.notices.rules import LONGEST_ENDPOINT, PUSH_KEPT

_AUTHORIZED = timedelta(hours=12)
_RECORD = 4096
_SALT, _SECRET = 16, 16
_GONE = frozenset({404, 410})
_NOT_NOW = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser is reached and what only it can open, as its PushSubscription says (keys in base64url)."""

    endpoint: str
    p256dh: str
    auth: str


def is_subscription(to: Subscription) -> bool:
    """Tell whether messages can be sent there at all: https, a point of the curve, a secret of 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _read(to.p256dh))
        secret = _read(to.auth)
    except ValueError:
        return False
    address = to.endpoint.startswith("https://") and is_plain_address(to.endpoint, longest=LONGEST_ENDPOINT)
    return address and len(secret) == _SECRET


def send_push(*, to: Subscription, payload: bytes, real_now: datetime) -> str:
    """Hand a message over to the browser's push service and give what it said.

    Raises Gone when the browser has no such subscription any more, else NotSent. Only https, only to the open
    internet: the address is what a browser told us.
    """
    if not is_subscription(to):
        raise NotSent(urlsplit(to.endpoint).scheme, is_final=True)
    parts = urlsplit(to.endpoint)
    contact = f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    audience, expires_at = f"https://{parts.netloc}", real_now + _AUTHORIZED
    headers = {
        "Authorization": push_key().authorize(audience=audience, contact=contact, expires_at=expires_at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(PUSH_KEPT.total_seconds())),
        "Urgency": "normal",
    }
    body = encrypt(payload, to=to, sender=ec.generate_private_key(ec.SECP256R1()), salt=os.urandom(_SALT))
    try:
        status = post(to.endpoint, body, headers, allow_private=settings.RAQUAN_PUSH_PRIVATE)
    except CallForbidden as failure:
        raise NotSent(str(failure), is_final=True) from failure
    except CallFailed as failure:
        if failure.status in _GONE:
            raise Gone(str(failure)) from failure
        raise NotSent(str(failure), is_final=_is_final(failure.status)) from failure
    return f"HTTP {status}"


def encrypt(payload: bytes, *, to: Subscription, sender: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Encrypt a message for a browser (RFC 8291, 3.4; one record of aes128gcm, RFC 8188).

    `sender` and `salt` (16 bytes) are made for this message alone.
    """
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _read(to.p256dh))
    here, there = point_of(sender.public_key()), point_of(receiver)
    shared = sender.exchange(ec.ECDH(), receiver)
    secret = _derive(shared, _read(to.auth), b"WebPush: info\0" + there + here, 32)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD.to_bytes(4, "big") + bytes([len(here)]) + here
    last_record = b"\x02"
    return header + AESGCM(key).encrypt(nonce, payload + last_record, None)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def _read(written: str) -> bytes:
    """Read base64url with or without its filling. Raises ValueError."""
    try:
        return urlsafe_b64decode(written.rstrip("=") + "=" * (-len(written.rstrip("=")) % 4))
    except binascii.Error as error:
        raise ValueError(written) from error


def _is_final(status: int | None) -> bool:
    """Tell whether another try would be told the same: a request refused for what it is, not for when it came."""
    return status is not None and 300 <= status < 500 and status not in _NOT_NOW
