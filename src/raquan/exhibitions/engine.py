"""The key under which contacts lie sealed in the database; made at first need, kept in RAQUAN_HOME, never in it."""

import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from raquan.kernel.keyfile import keep_key

CONTACTS_FILE = "contacts.key"
_NONCE = 12


def seal(data: bytes, *, bound: bytes) -> bytes:
    """Encrypt bytes (AES-256-GCM, nonce first) so that they open only together with `bound`."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(settings.RAQUAN_HOME).encrypt(nonce, data, bound)


def unseal(sealed: bytes, *, bound: bytes) -> bytes | None:
    """Decrypt what `seal` gave; None when it was sealed under another key or for something else."""
    try:
        return _cipher(settings.RAQUAN_HOME).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None


@cache
def _cipher(home: Path) -> AESGCM:
    return AESGCM(keep_key(Path(home) / "keys" / CONTACTS_FILE, lambda: secrets.token_bytes(32)))
