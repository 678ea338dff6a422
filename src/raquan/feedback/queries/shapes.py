"""What pages show of feedback."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class About:
    """The outing or help desk that is spoken of; `name` says where, and of an outing which day."""

    code: str
    name: str
    organization_id: UUID
    organization_name: str
    href: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """Words; `is_ours` when the unit's, then signed `name`."""

    number: int
    text: str
    at: datetime
    is_ours: bool
    name: str


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """Feedback as its page shows it; names in the reader's language. `steps` are what its state allows."""

    id: UUID
    mood: str
    mood_name: str
    topic_names: tuple[str, ...]
    wants_answer: bool
    about_code: str
    about: About | None
    organization_id: UUID | None
    organization_name: str
    state: str
    state_name: str
    sent_at: datetime
    changed_at: datetime
    entries: tuple[EntryView, ...]
    close_reason: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoodCount:
    """How many were of a mood."""

    mood: str
    name: str
    count: int
