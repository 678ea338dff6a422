"""Writes iCalendar (RFC 5545) by hand: a calendar of hundreds of events is asked for by every phone that follows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

FOLD_AT = 75
"""The most bytes of a line (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of a calendar; `url` and `point` (latitude, longitude) where there are such."""

    id: UUID
    starts: datetime
    ends: datetime | None
    summary: str
    location: str
    description: str = ""
    url: str = ""
    point: tuple[float, float] | None = None
    is_cancelled: bool = False


def calendar(happenings: Iterable[Happening], *, name: str, now: datetime) -> bytes:
    """Write a calendar, times in UTC; the same happening keeps its UID for ever."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//raquan//VI", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    stamp = f"DTSTAMP:{_moment(now)}"
    for one in happenings:
        lines += ("BEGIN:VEVENT", f"UID:{one.id}@raquan", stamp, f"DTSTART:{_moment(one.starts)}")
        if one.ends is not None:
            lines.append(f"DTEND:{_moment(one.ends)}")
        lines += (f"SUMMARY:{_text(one.summary)}", f"LOCATION:{_text(one.location)}")
        if one.description:
            lines.append(f"DESCRIPTION:{_text(one.description)}")
        if one.url:
            lines.append(f"URL:{one.url}")
        if one.point:
            lines.append(f"GEO:{one.point[0]};{one.point[1]}")
        if one.is_cancelled:
            lines.append("STATUS:CANCELLED")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR\r\n")
    return b"\r\n".join(map(_folded, lines))


_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> bytes:
    """Break a line between characters, so that none is longer than FOLD_AT bytes with the space that goes on."""
    data = line.encode()
    if len(data) <= FOLD_AT:
        return data
    parts, start, room = [], 0, FOLD_AT
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        parts.append(data[start:end])
        start, room = end, FOLD_AT - 1
    return b"\r\n ".join([*parts, data[start:]])
