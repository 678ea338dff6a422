"""What people and phones sign in with, and when a sign-in must wait."""

import re
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256

WINDOW = timedelta(minutes=15)
MAX_BY_LOGIN = 8
MAX_BY_ADDRESS = 60
"""Failed tries in a window. A whole office may share one address; an account has one person."""

SHORTEST_PASSWORD = 8

_PHONE = re.compile(r"0[1-9][0-9]{8,9}")
_EMAIL = re.compile(r"[!-?A-~]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def wait_needed(by_login: list[datetime], by_address: list[datetime], now: datetime) -> timedelta:
    """Give how long the next try must wait, from the failed tries of the window, oldest first."""
    waits = [timedelta(0)]
    for tries, allowed in ((by_login, MAX_BY_LOGIN), (by_address, MAX_BY_ADDRESS)):
        recent = [at for at in tries if at > now - WINDOW]
        if len(recent) >= allowed:
            waits.append(recent[-allowed] + WINDOW - now)
    return max(waits)


def normalize_login(written: str) -> str:
    """Give a login as it is stored: e-mail in small letters, a phone number as 0905123456."""
    login = unicodedata.normalize("NFKC", written).strip().lower()
    if "@" in login:
        return login
    digits = re.sub(r"[\s.()-]", "", login)
    return re.sub(r"^\+?84(?=[1-9][0-9]{8,9}$)", "0", digits)


def is_login(login: str) -> bool:
    """Tell whether a normalized login is a phone number or an e-mail address."""
    return bool(_PHONE.fullmatch(login) or (len(login) <= 254 and _EMAIL.fullmatch(login)))


def normalize_password(written: str) -> str:
    """Give a password in one form: keyboards differ in how they compose "ậ" (RFC 8265 asks for the same)."""
    return unicodedata.normalize("NFC", written)


def hash_key(key: str) -> str:
    """Hash a device key; keys are long and random, so that a plain hash does."""
    return sha256(key.encode()).hexdigest()
