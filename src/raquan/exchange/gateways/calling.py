"""Calls other people's servers: only addresses that were checked, no redirects, little time, few bytes."""

import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.utils.translation import gettext

from raquan.exchange.rules import is_public

TIMEOUT = 10.0
_MOST_BYTES = 4096


class CallFailed(Exception):
    """The other side was not reached, or did not say that it has the message; `status` is what it said, if it did."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class CallForbidden(CallFailed):
    """The address is of this machine, its network or a cloud's own: nobody makes us call there."""


def post(url: str, body: bytes, headers: dict[str, str], *, allow_private: bool) -> int:
    """Send a message and give the answer's status, 200 to 299. Raises CallFailed, CallForbidden.

    The host's name is resolved once and the connection goes to the very address that was checked: a name that
    says something else a moment later (DNS rebinding) changes nothing.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(host, port, allow_private)
    connection = _Secure(host, port, address) if parts.scheme == "https" else _Plain(host, port, address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read(_MOST_BYTES)
    except (OSError, HTTPException) as error:
        raise CallFailed(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise CallFailed(f"HTTP {answer.status}", answer.status)
    return answer.status


def _resolve(host: str, port: int, allow_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed(f"{type(error).__name__}: {error}"[:300]) from error
    addresses = [str(one[4][0]) for one in found]
    # One private address among several is enough to refuse: the next answer may hold it alone.
    if not allow_private and not all(is_public(one) for one in addresses):
        said = gettext("Địa chỉ trong mạng riêng, máy chủ không gọi tới: %(addresses)s")
        raise CallForbidden((said % {"addresses": ", ".join(dict.fromkeys(addresses))})[:300])
    return addresses[0]


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)


class _Secure(HTTPSConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address
        self._tls = ssl.create_default_context()

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
