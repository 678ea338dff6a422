"""Reads when on a day something is held, as offices write it: 7h30 - 11h, sáng, cả ngày, 17:30, từ 2 giờ chiều."""

import re
from dataclasses import dataclass
from datetime import time

from raquan.calendars.rules.doubts import Doubt
from raquan.kernel.text import nfc

_CLOCK = re.compile(
    r"(?<![\d/.])(?P<hour>\d{1,2}) ?(?:giờ|[:hg])(?: ?(?P<minute>\d{2}))?(?::\d{2})?(?: ?(?:phút|p)\b)?"
    r"(?P<half> (?:chiều|tối))?(?![\d/])"
)
_DOTTED = re.compile(r"(?<![\d/.])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?P<half> (?:chiều|tối))?(?![\d/.])")
_BARE_FIRST = re.compile(r"(?<![\d/.:hg])(\d{1,2})(?= ?(?:[-–—]|đến) ?\d{1,2} ?(?:h|g|giờ))")
_HALVES = {
    "cả ngày": (time(7, 30), time(17)),
    "sáng": (time(7, 30), time(11)),
    "chiều": (time(13, 30), time(17)),
    "tối": (time(18), time(20, 30)),
}
_PLAIN = {"sang": "sáng", "chieu": "chiều", "toi": "tối", "ca ngay": "cả ngày"}
_ASSUMED_HOURS = 3


@dataclass(frozen=True, slots=True)
class Hours:
    """When it begins and ends, Viet Nam's time; None where nothing could be read."""

    starts_at: time | None = None
    ends_at: time | None = None
    doubts: tuple[Doubt, ...] = ()


def read_hours(text: str, *, dotted: bool = True) -> Hours:
    """Read the hours that a text names; `dotted` takes 7.30 for an hour too, where no day can stand.

    "Sáng" and the like mean an office's hours, which somebody should confirm; an hour alone is taken for three.
    """
    plain = nfc(" ".join(text.split())).lower()
    plain = _PLAIN.get(plain, plain)
    matches = list(_CLOCK.finditer(_BARE_FIRST.sub(r"\1h", plain)))
    if not matches and dotted:
        matches = list(_DOTTED.finditer(plain))
    if not matches:
        return _by_words(plain)
    clocks = [_clock(match) for match in matches]
    said = [one for one in clocks if one is not None]
    if len(said) < len(clocks):
        return Hours(doubts=(Doubt.HOURS_UNREAD,))
    if len(said) == 1:
        return Hours(said[0], _later(said[0]), (Doubt.END_ASSUMED,))
    return judged(said[0], said[-1], joined=len(said) > 2)


def judged(starts_at: time, ends_at: time, *, joined: bool = False) -> Hours:
    """Give hours with what is doubtful about their order."""
    if ends_at <= starts_at:
        return Hours(starts_at, ends_at, (Doubt.HOURS_REVERSED,))
    return Hours(starts_at, ends_at, (Doubt.HOURS_JOINED,) if joined else ())


def _by_words(plain: str) -> Hours:
    found = [hours for word, hours in _HALVES.items() if re.search(rf"(?<!\w){word}(?!\w)", plain)]
    if not found:
        return Hours(doubts=(Doubt.HOURS_UNREAD,) if plain else (Doubt.HOURS_MISSING,))
    return Hours(min(one[0] for one in found), max(one[1] for one in found), (Doubt.HOURS_ASSUMED,))


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"] and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _later(starts_at: time) -> time:
    hour = starts_at.hour + _ASSUMED_HOURS
    return starts_at.replace(hour=hour) if hour < 24 else time(23, 59)
