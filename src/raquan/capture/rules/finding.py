"""How records are found, where they come from, and what is done to many at once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from raquan.kernel.refused import N_
from raquan.kernel.text import fold

T = TypeVar("T")

MAX_REASON = 300
"""The longest reason for a correction or a deletion, in characters."""

_MOST_WORDS = 8


class RecordSource(StrEnum):
    """By which way a record reached us."""

    APP = "app"
    COLLECT = "collect"
    OTHER = "other"
    CENTRAL_EXPORT = "central_export"
    KOBO_EXPORT = "kobo_export"


class BulkKind(StrEnum):
    """What can be done to many records at once."""

    REVIEW = "review"
    OUTING = "outing"
    SERVICE = "service"
    DELETE = "delete"


class ChangeKind(StrEnum):
    """What happened to a record, as others are told."""

    RECEIVED = "received"
    CORRECTED = "corrected"
    REVIEWED = "reviewed"
    DELETED = "deleted"


SOURCE_NAMES: Mapping[RecordSource, str] = {
    RecordSource.APP: N_("Ứng dụng Ra quân"),
    RecordSource.COLLECT: N_("ODK Collect"),
    RecordSource.OTHER: N_("Cách khác"),
    RecordSource.CENTRAL_EXPORT: N_("Nhập từ tệp của ODK Central"),
    RecordSource.KOBO_EXPORT: N_("Nhập từ tệp của KoboToolbox"),
}

BULK_NAMES: Mapping[BulkKind, str] = {
    BulkKind.REVIEW: N_("Xem xét"),
    BulkKind.OUTING: N_("Sửa buổi ra quân"),
    BulkKind.SERVICE: N_("Sửa dịch vụ"),
    BulkKind.DELETE: N_("Xóa"),
}

SORTS: Mapping[str, tuple[str, bool]] = {
    "-received": ("number", True),
    "received": ("number", False),
    "-occurred": ("occurred_at", True),
    "occurred": ("occurred_at", False),
    "place": ("place_code", False),
    "-place": ("place_code", True),
    "service": ("service_code", False),
    "-service": ("service_code", True),
}
"""The orders of a search: the column, and whether its greatest value comes first."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a record; `submission_id` is of the version that it concerns."""

    kind: ChangeKind
    submission_id: UUID


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What narrows a search of records; empty means no limit. `place_code` is a commune's or a district's.

    `text` is looked for in the answers, `helper` in the sender's name; both without marks or case. Deleted records
    are found only when asked for.
    """

    text: str = ""
    state: str = ""
    issue: str = ""
    form_id: str = ""
    service_code: str = ""
    on_from: date | None = None
    on_to: date | None = None
    organization_id: UUID | None = None
    place_code: str = ""
    helper: str = ""
    source: str = ""
    outing_id: UUID | None = None
    help_desk_id: UUID | None = None
    is_deleted: bool = False


def write_filter(filters: RecordFilter) -> dict[str, Any]:
    """Write a filter as plain JSON, to be kept with work that goes on later."""
    return {name: str(value) if isinstance(value, date | UUID) else value for name, value in asdict(filters).items()}


def read_filter(stored: Mapping[str, Any]) -> RecordFilter:
    """Read a filter that `write_filter` wrote."""
    said = {name: value for name, value in stored.items() if value is not None}
    for name in ("on_from", "on_to"):
        if name in said:
            said[name] = date.fromisoformat(said[name])
    for name in ("organization_id", "outing_id", "help_desk_id"):
        if name in said:
            said[name] = UUID(said[name])
    return RecordFilter(**said)


_ADDRESS = {
    "q": "text",
    "issue": "issue",
    "form": "form_id",
    "service": "service_code",
    "on_from": "on_from",
    "on_to": "on_to",
    "unit": "organization_id",
    "place": "place_code",
    "helper": "helper",
    "source": "source",
    "outing": "outing_id",
    "desk": "help_desk_id",
}
"""How an address names the parts of a filter, besides "state"."""

DELETED = "deleted"
"""What an address says for deleted records in place of a state."""


def write_address(filters: RecordFilter) -> dict[str, str]:
    """Give the parameters with which an address asks for a search; those of no limit are left out."""
    said = write_filter(filters)
    found = {name: str(said[part]) for name, part in _ADDRESS.items() if said[part]}
    state = DELETED if filters.is_deleted else filters.state
    return found | ({"state": state} if state else {})


def read_address(params: Mapping[str, str]) -> RecordFilter:
    """Read a search that `write_address` wrote; a value that is none does not narrow."""
    said: dict[str, Any] = {part: params[name] for name, part in _ADDRESS.items() if params.get(name)}
    for part in ("on_from", "on_to"):
        if part in said:
            said[part] = _read(date.fromisoformat, said[part])
    for part in ("organization_id", "outing_id", "help_desk_id"):
        if part in said:
            said[part] = _read(UUID, said[part])
    state = params.get("state", "")
    return RecordFilter(**said, state="" if state == DELETED else state, is_deleted=state == DELETED)


def _read(read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text)
    except ValueError:
        return None


def search_words(text: str) -> tuple[str, ...]:
    """Give the words that must all occur, folded; at most eight."""
    return tuple(fold(text).split()[:_MOST_WORDS])


def source_of(reported_device: str) -> RecordSource:
    """Tell by the name that a device gives itself which way its records come."""
    if reported_device.startswith("field "):
        return RecordSource.APP
    return RecordSource.COLLECT if reported_device.startswith("collect:") else RecordSource.OTHER
