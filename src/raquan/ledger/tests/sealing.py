"""Seals for the bundle key as a phone does."""

import os
from base64 import b64decode
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from raquan.ledger.queries import bundle_key


def seal(said: bytes, bind: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
    """Seal bytes; give the sender's point and what is sealed, bound to what `bind` makes of the point."""
    server = serialization.load_der_public_key(b64decode(bundle_key().spki))
    assert isinstance(server, ec.EllipticCurvePublicKey)
    own = ec.generate_private_key(ec.SECP256R1())
    point = own.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), server)
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=b"raquan bundle 1").derive(shared)
    nonce = os.urandom(12)
    return point, nonce + AESGCM(key).encrypt(nonce, said, bind(point))
