"""The key pair by which push services know this installation (VAPID, RFC 8292); made at first need, in RAQUAN_HOME."""

import json
from base64 import urlsafe_b64encode
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from raquan.kernel.keyfile import keep_key

PUSH_FILE = "push.pem"
_PART = 32
"""The bytes of each half of a raw P-256 signature."""


class PushKey:
    """A P-256 key pair; `public` is the half that browsers subscribe with (uncompressed point, base64url)."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        self.public = to_base64url(point_of(private.public_key()))

    def authorize(self, *, audience: str, contact: str, expires_at: datetime) -> str:
        """Write the Authorization of a message to a push service: a JWT by ES256 and our public key.

        `audience` is the service's origin, `contact` a mailto: or https: address of whom it may write to;
        `expires_at` lies at most a day ahead (RFC 8292, 2).
        """
        claims = {"aud": audience, "exp": int(expires_at.timestamp()), "sub": contact}
        signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
        r, s = decode_dss_signature(self._private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = to_base64url(r.to_bytes(_PART, "big") + s.to_bytes(_PART, "big"))
        return f"vapid t={signed}.{signature}, k={self.public}"


def push_key() -> PushKey:
    """Give the installation's key pair for web push, making it when there is none."""
    return _push(settings.RAQUAN_HOME)


def point_of(public: ec.EllipticCurvePublicKey) -> bytes:
    """Give a public key as web push writes it: the uncompressed point, 65 bytes."""
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def to_base64url(data: bytes) -> str:
    """Write bytes in base64url without its filling (RFC 7515)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@cache
def _push(home: Path) -> PushKey:
    path = Path(home) / "keys" / PUSH_FILE
    private = serialization.load_pem_private_key(keep_key(path, _make), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise RuntimeError(f"{path} holds no P-256 key")
    return PushKey(private)


def _make() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _json(said: dict[str, object]) -> str:
    return to_base64url(json.dumps(said, separators=(",", ":")).encode())
