"""The key pairs: one signs receipts, one opens what phones seal; made at first need, kept in RAQUAN_HOME."""

from base64 import b64decode, b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from raquan.kernel.keyfile import keep_key
from raquan.ledger.rules import BUNDLE_INFO, BUNDLE_NONCE

SIGNING_FILE = "receipts.pem"
OPENING_FILE = "bundles.pem"
_PART = 32
"""The bytes of each half of a raw P-256 signature."""


class KeyPair:
    """A P-256 key pair; `kid` names it by its public half, `spki` is that half as browsers import it (base64 DER)."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        der = private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._private = private
        self.kid = sha256(der).hexdigest()[:16]
        self.spki = b64encode(der).decode()


class SigningKey(KeyPair):
    """The key pair that receipts are signed with."""

    def sign(self, message: bytes) -> bytes:
        """Sign by ECDSA with SHA-256; 64 bytes, r and s, as WebCrypto wants it (IEEE P1363).

        The nonce follows from key and message (RFC 6979): the same message gets the same signature, and a machine
        with little entropy gives nothing away.
        """
        der = self._private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(der)
        return r.to_bytes(_PART, "big") + s.to_bytes(_PART, "big")


class OpeningKey(KeyPair):
    """The key pair that phones seal bundles for, and this installation alone opens them with."""

    def open(self, *, ephemeral: bytes, sealed: bytes, bound: bytes) -> bytes | None:
        """Open what was sealed for this key; None when it was not, or when it or `bound` was touched since.

        ECDH of the sender's `ephemeral` point (uncompressed) with this key, HKDF-SHA-256 with the point as salt,
        AES-256-GCM; `sealed` begins with its nonce.
        """
        try:
            point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), ephemeral)
            shared = self._private.exchange(ec.ECDH(), point)
            key = HKDF(algorithm=hashes.SHA256(), length=32, salt=ephemeral, info=BUNDLE_INFO).derive(shared)
            return AESGCM(key).decrypt(sealed[:BUNDLE_NONCE], sealed[BUNDLE_NONCE:], bound)
        except (InvalidTag, ValueError):  # another key, other bytes, no point of the curve, no nonce
            return None


def is_signed(spki: str, message: bytes, signature: bytes) -> bool:
    """Tell whether a message was signed (raw P-256, r and s) with the key whose public half this is (base64 DER)."""
    try:
        public = serialization.load_der_public_key(b64decode(spki))
        if not isinstance(public, ec.EllipticCurvePublicKey) or len(signature) != 2 * _PART:
            return False
        r, s = int.from_bytes(signature[:_PART], "big"), int.from_bytes(signature[_PART:], "big")
        public.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def signing_key() -> SigningKey:
    """Give the installation's key pair for receipts, making it when there is none."""
    return _signing(settings.RAQUAN_HOME)


def opening_key() -> OpeningKey:
    """Give the installation's key pair for bundles, making it when there is none."""
    return _opening(settings.RAQUAN_HOME)


@cache
def _signing(home: Path) -> SigningKey:
    return SigningKey(_read(Path(home) / "keys" / SIGNING_FILE))


@cache
def _opening(home: Path) -> OpeningKey:
    return OpeningKey(_read(Path(home) / "keys" / OPENING_FILE))


def _read(path: Path) -> ec.EllipticCurvePrivateKey:
    private = serialization.load_pem_private_key(keep_key(path, _make), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise RuntimeError(f"{path} holds no P-256 key")
    return private


def _make() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
