"""How much comes from one address of the network: counted in memory for an hour, under a salt that nobody keeps."""

import hashlib
import secrets
from collections import Counter
from datetime import datetime
from threading import Lock

from raquan.feedback.rules import MOST_AN_HOUR


class HourlyCount:
    """Counts by address in this process; with the hour both counts and salt are gone."""

    def __init__(self) -> None:
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
            return self._counts[key] > MOST_AN_HOUR


SENT = HourlyCount()
