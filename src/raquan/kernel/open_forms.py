"""What forms that anybody may send stand on: a private address that only the sender has, a count by the hour."""

import hashlib
import re
import secrets
from collections import Counter
from datetime import datetime
from threading import Lock

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def is_token(text: str) -> bool:
    """Tell whether a text has the shape of a private address: 128 random bits in base64."""
    return _TOKEN.fullmatch(text) is not None


def mark_of(token: str) -> str:
    """Give what the server keeps of a private address: a hash that leads back to none (SHA-256, hexadecimal)."""
    return hashlib.sha256(token.encode()).hexdigest()


class HourlyCount:
    """Counts by address of the network, in memory, under a salt that nobody keeps; with the hour all of it is gone.

    `most` is how many an address may send in an hour.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._hour = -1
        self._salt = b""
        self._counts: Counter[bytes] = Counter()

    def is_too_many(self, address: str, now: datetime) -> bool:
        """Count one more from an address, and tell whether that is too many within the hour."""
        hour = int(now.timestamp()) // 3600
        with self._lock:
            if hour != self._hour:
                self._hour, self._salt = hour, secrets.token_bytes(16)
                self._counts.clear()
            key = hashlib.blake2b(address.encode(), key=self._salt, digest_size=8).digest()
            self._counts[key] += 1
            return self._counts[key] > self._most
