"""What pages show of communications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.kernel.localized import Localized
from raquan.outreach.rules import Design, Wording


@dataclass(frozen=True, slots=True)
class SloganView:
    """A slogan; `text` is in Vietnamese, `others` are the other languages, code, name and text."""

    id: UUID
    text: str
    texts: Localized
    others: tuple[tuple[str, str, str], ...]
    edition: int
    changed_at: datetime
    artworks: int
    withdrawn_at: datetime | None
    withdraw_reason: str


@dataclass(frozen=True, slots=True)
class KitView:
    """A campaign's identity kit; edition 0 is one that nobody has saved yet, made from the campaign itself."""

    shown_name: str
    host: str
    doer: str
    call: str
    colors: Mapping[str, str]
    emblem_sha256: str
    edition: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A rule of the law beside what it found of an artwork: fine, warns, unknown."""

    key: str
    text: str
    source: str
    result: str


@dataclass(frozen=True, slots=True)
class ArtworkView:
    """An artwork; `steps` are what the reader may do with it now, `is_current` when it may hang on this day."""

    id: UUID
    code: str
    year: int
    is_synthetic: bool
    organization_id: UUID
    organization_name: str
    slogan_id: UUID
    slogan: str
    title: str
    design: Design
    design_name: str
    kind: str
    kind_name: str
    language: str
    second: str
    line: str
    place: str
    is_for_units: bool
    is_across_road: bool | None
    hides_signs: bool | None
    has_brand: bool | None
    filed_on: date | None
    file_number: str
    starts_on: date
    ends_on: date
    state: str
    state_name: str
    edition: int
    reason: str
    changed_at: datetime
    wording: Wording
    picture_sha256: str
    approved_over: tuple[str, ...]
    approved_at: datetime | None
    approved_by_name: str
    expires_on: date | None
    steps: tuple[str, ...]
    is_editable: bool
    is_approved: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """A run over units: `reached` of `total` are done; `finished_at` and `zip_sha256` once all are."""

    id: UUID
    artwork_id: UUID
    format: str
    format_name: str
    asked_at: datetime
    asked_by: str
    reached: int
    total: int
    zip_sha256: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class PostView:
    """A planned message; `is_late` when its time is over and nobody has said that it went out."""

    id: UUID
    year: int
    is_synthetic: bool
    organization_id: UUID
    organization_name: str
    artwork_id: UUID | None
    artwork_code: str
    artwork_title: str
    channel: str
    channel_name: str
    how_to: str
    planned_at: datetime
    title: str
    text: str
    link: str
    who: str
    state: str
    state_name: str
    edition: int
    proof: str
    note: str
    done_at: datetime | None
    done_by_name: str
    changed_at: datetime
    is_late: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageView:
    """What everybody sees of a message on the portal; `picture_sha256` of its artwork, empty without one."""

    id: UUID
    title: str
    text: str
    link: str
    at: datetime
    artwork_code: str
    picture_sha256: str
    alternative: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month with its messages; `is_outside` when it belongs to the month before or after."""

    on: date
    is_outside: bool
    is_today: bool
    posts: tuple[PostView, ...]
