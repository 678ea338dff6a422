"""What pages show of publications, photos and the programme."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from raquan.press.rules import Block, Filled


@dataclass(frozen=True, slots=True)
class Size:
    """A photo in one width: pixels, bytes, and the address of the file (a path)."""

    width: int
    height: int
    size: int
    href: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """A photo with all that must be said of it; `sizes` from the narrowest; names in the reader's language."""

    id: UUID
    sizes: tuple[Size, ...]
    alternative: str
    caption: str
    credit: str
    licence_name: str
    consent_name: str
    consent_note: str
    is_illustration: bool
    taken_off_at: datetime | None
    taken_off_reason: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction, and the text before it with its figures filled in."""

    number: int
    what: str
    why: str
    at: datetime
    before_title: str
    before_lead: str
    before_blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """The frozen figures that a text was filled from."""

    id: UUID
    number: int
    frozen_at: datetime
    sha256: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A publication in a list; `title` and `lead` with figures filled in; names in the reader's language."""

    id: UUID
    year: int
    kind: str
    kind_name: str
    serial: int
    state: str
    state_name: str
    state_tone: str
    title: str
    lead: str
    number: str
    dated_on: date
    written_by_name: str
    changed_at: datetime
    published_at: datetime | None
    shown_from: datetime | None
    shown_until: datetime | None
    withdraw_reason: str
    href: str


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A publication whole. `blocks` are its text, `figures` all that is filled in, each once; `steps` what its state
    allows; the typed texts are for the office's forms. A withdrawn one has no text for the public."""

    line: PublicationLine
    version: int
    campaign_id: UUID
    typed_title: str
    typed_lead: str
    typed_body: str
    contact: str
    published_by_name: str
    snapshot: SnapshotRef | None
    blocks: tuple[Block, ...]
    figures: tuple[Filled, ...]
    corrections: tuple[CorrectionView, ...] = ()
    pictures: tuple[PictureView, ...] = ()
    steps: tuple[str, ...] = ()
    problem: str = ""
    taken_off: tuple[PictureView, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """An item of the Day's programme; `when` in words; `cancel_reason` "" unless it is cancelled."""

    id: UUID
    version: int
    starts_at: time
    ends_at: time | None
    when: str
    place: str
    what: str
    who: str
    cancel_reason: str


@dataclass(frozen=True, slots=True)
class PressItemView:
    """A press item with what was done about it; names in the reader's language, `steps` for who may take them."""

    id: UUID
    version: int
    is_synthetic: bool
    outlet: str
    author: str
    published_at: datetime
    address: str
    title: str
    topic: str
    state: str
    state_name: str
    reply_due_on: date | None
    is_late: bool
    replied_at: datetime | None
    reply_how: str
    replied_by_name: str
    aside_reason: str
    noted_at: datetime
    noted_by_name: str
    changed_at: datetime
    steps: tuple[str, ...]
