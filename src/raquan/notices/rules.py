"""To whom notices go, when nothing is sent, and what a message says in an e-mail and on a telephone."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from raquan.kernel.clock import VIETNAM
from raquan.kernel.refused import N_
from raquan.people.rules import Role

GATHER = timedelta(minutes=10)
"""Nobody is sent two messages within this time: what comes meanwhile is gathered into the next."""

LOOK_AGAIN = timedelta(minutes=15)
"""How long a notice for which nobody is on duty waits before it is looked at again."""

ABOVE = (Role.STEERING_OFFICER, Role.UNIT_OFFICER)
"""Who is told at the level above, whatever the role below was."""

LONGEST_SMS = 300
LONGEST_ENDPOINT = 1000
MOST_BROWSERS = 10
"""How many browsers of one person are told: each is a sending of every message."""

PUSH_BYTES = 3072
"""The most of a push message before it is encrypted; push services take 4096 bytes after (RFC 8030, 7.2)."""

PUSH_KEPT = timedelta(days=1)
"""How long a push service keeps a message for a browser that is switched off (TTL)."""

MOST_LINES = 20


class Channel(StrEnum):
    """How a message leaves the house."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"


class DispatchState(StrEnum):
    """How far the sending of a message has come; `unknown`: it may have been sent, and is not sent twice."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.EMAIL: N_("E-mail"),
    Channel.SMS: N_("Tin nhắn SMS"),
    Channel.PUSH: N_("Trình duyệt"),
}

STATE_NAMES: Mapping[DispatchState, str] = {
    DispatchState.WAITING: N_("Chờ gửi"),
    DispatchState.SENDING: N_("Đang gửi"),
    DispatchState.SENT: N_("Đã gửi"),
    DispatchState.FAILED: N_("Không gửi được"),
    DispatchState.UNKNOWN: N_("Không rõ đã gửi chưa"),
    DispatchState.WITHDRAWN: N_("Đã thôi gửi"),
}

UNSENT = (DispatchState.FAILED, DispatchState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Person:
    """The recipient is one person; `organization_id` says whose level above is told when nothing happens."""

    user_id: UUID
    organization_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OnDuty:
    """The recipients are who holds a role for an organization when the notice is due; None is the whole province."""

    organization_id: UUID | None
    role: Role


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours, Vietnam's, in which nothing goes out; they may run over midnight. The same twice is no quiet."""

    starts: time
    ends: time

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment lies in the quiet hours."""
        at = moment.astimezone(VIETNAM).time()
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends

    def wait(self, moment: datetime) -> timedelta:
        """Give how long a message must wait at a moment; nothing outside the quiet hours."""
        if not self.holds(moment):
            return timedelta(0)
        local = moment.astimezone(VIETNAM)
        until = local.replace(hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0)
        return (until if until > local else until + timedelta(days=1)) - local


_QUIET = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")


def read_quiet(written: str) -> Quiet:
    """Read quiet hours as people write them: 21:00-06:30; "" is none. Raises ValueError."""
    if not written.strip():
        return Quiet(time(0), time(0))
    found = _QUIET.fullmatch(written)
    if found is None:
        raise ValueError(written)
    one, two, three, four = (int(part) for part in found.groups())
    return Quiet(time(one, two), time(three, four))


def write_plain(text: str) -> str:
    """Write a text without marks, as one SMS holds more than twice as many of such letters."""
    bare = (c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    swapped = "".join(bare).translate(str.maketrans("đĐ–—“”’…", 'dD--""\'.'))
    return swapped.encode("ascii", "ignore").decode()


def write_sms(lines: Sequence[str], more: str, address: str) -> str:
    """Write an SMS: the first line, how many more there are, where to read them; at most LONGEST_SMS signs."""
    tail = write_plain(f"{more} {address}".strip())
    head = write_plain(lines[0])
    room = LONGEST_SMS - len(tail) - 1
    return f"{head if len(head) <= room else head[: room - 3] + '...'} {tail}"


def write_push(title: str, lines: Sequence[str], href: str, tag: str) -> bytes:
    """Write what a browser shows: a title, the lines as far as PUSH_BYTES hold them, the page that a click opens.

    A browser shows one message of a `tag`: what arrives twice replaces itself.
    """
    text = "\n".join(lines)
    while len(made := _push(title, text, href, tag)) > PUSH_BYTES:
        text = text[: len(text) * 3 // 4].rstrip("…") + "…"
    return made


def _push(title: str, text: str, href: str, tag: str) -> bytes:
    said = {"title": title, "body": text, "href": href, "tag": tag}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


_PROGRAMS = (
    ("coc_coc_browser/", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def name_browser(user_agent: str) -> str:
    """Name a browser so that its owner knows it again: “Chrome, Windows”; "" for one that says nothing known."""
    found = (next((name for sign, name in signs if sign in user_agent), "") for signs in (_PROGRAMS, _SYSTEMS))
    return ", ".join(name for name in found if name)


def hide(address: str) -> str:
    """Give an address so that it is known again by whoever knows it: tr…@example.vn, 090…456."""
    name, at, domain = address.partition("@")
    return f"{name[:2]}…@{domain}" if at else f"{address[:3]}…{address[-3:]}"
