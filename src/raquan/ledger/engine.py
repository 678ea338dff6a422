"""The installation's key pair for receipts: made at first need, kept in its home, and what signs with it."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from raquan.kernel.keyfile import keep_key

KEY_FILE = "receipts.pem"
_PART = 32
"""The bytes of each half of a raw P-256 signature."""


class SigningKey:
    """A P-256 key pair; `kid` names it by its public half, `spki` is that half as browsers import it (base64 DER)."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        der = private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._private = private
        self.kid = sha256(der).hexdigest()[:16]
        self.spki = b64encode(der).decode()

    def sign(self, message: bytes) -> bytes:
        """Sign by ECDSA with SHA-256; 64 bytes, r and s, as WebCrypto wants it (IEEE P1363).

        The nonce follows from key and message (RFC 6979): the same message gets the same signature, and a machine
        with little entropy gives nothing away.
        """
        der = self._private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(der)
        return r.to_bytes(_PART, "big") + s.to_bytes(_PART, "big")


def signing_key() -> SigningKey:
    """Give the installation's key pair, making it when there is none."""
    return _load(Path(settings.RAQUAN_HOME) / "keys" / KEY_FILE)


@cache
def _load(path: Path) -> SigningKey:
    private = serialization.load_pem_private_key(keep_key(path, _make), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise RuntimeError(f"{path} holds no P-256 key")
    return SigningKey(private)


def _make() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
