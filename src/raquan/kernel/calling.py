"""Calls other people's servers: only addresses that were checked, no redirects, little time, few bytes."""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Network, ip_address
from time import monotonic
from urllib.parse import urlsplit

from raquan.kernel.refused import N_

TIMEOUT = 10.0
FORBIDDEN = N_("Địa chỉ trong mạng riêng, máy chủ không gọi tới: %(addresses)s")
_MOST_BYTES = 4096
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to a GET: its status, its headers by lower-case names, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def get(url: str, headers: dict[str, str], *, allow_private: bool, most: int, seconds: float = 2 * TIMEOUT) -> Answer:
    """Ask for a page and give the answer, whatever its status; a redirect is an answer, nobody follows it here.

    `most` bytes of body at most, in `seconds` at most: a server that sends a byte now and then is let go of. The
    address is checked and kept to as `post` does. Raises CallFailed, CallForbidden.
    """
    if not is_plain_address(url, longest=2000):
        raise CallFailed("no address that can be called")
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(host, port, allow_private)
    connection = _Secure(host, port, address) if parts.scheme == "https" else _Plain(host, port, address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    until = monotonic() + seconds
    try:
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        body = _read(answer, most, until)
    except (OSError, HTTPException) as error:
        raise CallFailed(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        connection.close()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def _read(answer: HTTPResponse, most: int, until: float) -> bytes:
    body = bytearray()
    while chunk := answer.read1(min(65536, most + 1)):
        body += chunk
        if len(body) > most:
            raise CallFailed(f"more than {most} bytes")
        if monotonic() > until:
            raise CallFailed("too slow")
    return bytes(body)


def is_plain_address(url: str, *, longest: int) -> bool:
    """Tell whether an address can be called at all: http or https, a host, nobody's name or password in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= longest
    return (
        plain
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.username is None
        and parts.password is None
        and port != 0
    )


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the open internet: not this machine, its network or a cloud's own."""
    ip = ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if ip in _NAT64:  # a translator of the network would lead on to the address within
        mapped = IPv4Address(int(ip) & 0xFFFFFFFF)
    ip = mapped or ip
    return ip.is_global and not ip.is_multicast


def _resolve(host: str, port: int, allow_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed(f"{type(error).__name__}: {error}"[:300]) from error
    addresses = [str(one[4][0]) for one in found]
    # One private address among several is enough to refuse: the next answer may hold it alone.
    if not allow_private and not all(is_public(one) for one in addresses):
        raise CallForbidden((FORBIDDEN % {"addresses": ", ".join(dict.fromkeys(addresses))})[:300])
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
