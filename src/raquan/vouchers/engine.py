"""The key pair of each run: derived from one secret of the installation, so that a run's codes can be printed again."""

from base64 import b64decode, b64encode
from functools import cache, lru_cache
from pathlib import Path
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from raquan.kernel.keyfile import keep_key
from raquan.vouchers.rules import SIGNATURE_BYTES

KEY_FILE = "vouchers.key"
_HALF = SIGNATURE_BYTES // 2
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256's group (FIPS 186-4, D.1.2.3)."""


def public_key(run_id: UUID) -> str:
    """Give the public half of a run's key: SPKI, DER in base64, as WebCrypto imports it."""
    der = (
        _private(run_id)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return b64encode(der).decode()


def sign(run_id: UUID, message: bytes) -> bytes:
    """Sign with a run's key: 64 bytes, r and s. The nonce follows from key and message (RFC 6979): always the same."""
    r, s = decode_dss_signature(_private(run_id).sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def is_true(spki: str, message: bytes, signature: bytes) -> bool:
    """Tell whether a message was signed with the key whose public half this is."""
    r, s = int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big")
    try:
        _public(spki).verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=500)
def _public(spki: str) -> ec.EllipticCurvePublicKey:
    found = serialization.load_der_public_key(b64decode(spki))
    if not isinstance(found, ec.EllipticCurvePublicKey):
        raise ValueError("no key of a curve")
    return found


@lru_cache(maxsize=100)
def _private(run_id: UUID) -> ec.EllipticCurvePrivateKey:
    """Derive a run's private key: 384 bits of HKDF reduced to the group (FIPS 186-4, B.4.1: 64 bits over its size)."""
    secret = _secret(Path(settings.RAQUAN_HOME) / "keys" / KEY_FILE)
    wide = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"raquan voucher run 1" + run_id.bytes)
    scalar = int.from_bytes(wide.derive(secret), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(scalar, ec.SECP256R1())


@cache
def _secret(path: Path) -> bytes:
    return keep_key(path, lambda: token_bytes(32))
