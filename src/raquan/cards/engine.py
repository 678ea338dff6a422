"""The installation's card key, and the hashes that it makes: without the key the table tells nothing of any card."""

import hashlib
import hmac
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

from raquan.kernel.keyfile import keep_key

KEY_FILE = "cards.key"


def hash_of(mark: str) -> str:
    """Give what is kept of a card: an HMAC-SHA-256 of its mark, in hexadecimal."""
    return hmac.new(_key(Path(settings.RAQUAN_HOME) / "keys" / KEY_FILE), mark.encode(), hashlib.sha256).hexdigest()


@cache
def _key(path: Path) -> bytes:
    return keep_key(path, lambda: secrets.token_bytes(32))
