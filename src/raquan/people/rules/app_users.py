"""What a device is, and what the QR code holds that sets ODK Collect up."""

import base64
import csv
import json
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from io import StringIO

from raquan.kernel.text import normalize
from raquan.people.rules.field_codes import add_to_ranges

MOST_NAMES = 500
"""So many app users are made at once: a hundred sheets of paper."""

LONGEST_NAME = 100
SEEN_EVERY = timedelta(hours=1)
"""How exact "last seen" is: a phone that asks for its forms every quarter of an hour writes once an hour."""

_HEADINGS = frozenset({"name", "full_name", "tên", "họ và tên", "họ tên"})


class DeviceKind(StrEnum):
    """What holds a key: a person's phone, ODK Collect set up by a QR code, or an address that anybody may open."""

    PHONE = "phone"
    APP_USER = "app_user"
    PUBLIC_LINK = "public_link"


def read_names(text: str) -> tuple[str, ...]:
    """Read names as they are pasted, one a line, or from a CSV file: its first column, without a heading."""
    commas, semicolons = text.count(","), text.count(";")
    delimiter = "\t" if "\t" in text else ";" if semicolons > commas else ","
    text = text.removeprefix("\ufeff")
    try:
        rows = list(csv.reader(StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:  # quotes that are part of names, not of a CSV file's writing
        rows = [line.split(delimiter) for line in text.splitlines()]
    names = [normalize(row[0]) for row in rows if row and normalize(row[0])]
    return tuple(names[1:] if names and names[0].lower() in _HEADINGS else names)


def write_numbers(numbers: Iterable[int]) -> str:
    """Write numbers short, for an address: 3-7,12."""
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in add_to_ranges((), numbers))


def read_numbers(text: str) -> tuple[int, ...]:
    """Read numbers as write_numbers writes them, MOST_NAMES at most; what is none is left out."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if all(end.isascii() and end.isdigit() and len(end) < 10 for end in (first, last or first)):
            found += range(int(first), min(int(last or first), int(first) + MOST_NAMES) + 1)
    return tuple(found[:MOST_NAMES])


def repeated(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names that stand in a list more than once."""
    return tuple(name for name, times in Counter(names).items() if times > 1)


def collect_payload(server_url: str, project: str, *, with_key: bool) -> str:
    """Write what ODK Collect reads of a QR code: base64 of zlib of JSON, as its documentation asks.

    `admin` must be there, empty or not. With a key in the address, forms come and records go by themselves; without
    one the person types login and password first.
    """
    general = {"server_url": server_url}
    if with_key:
        general |= {"form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"}
    said = {"general": general, "admin": {}, "project": {"name": project}}
    packed = zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode()
