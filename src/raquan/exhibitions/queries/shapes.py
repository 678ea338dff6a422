"""What pages show of exhibitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from raquan.exhibitions.rules import ApplicationSaid, ExhibitionSaid


@dataclass(frozen=True, slots=True)
class ExhibitionView:
    """An exhibition; `said` is what its organizer wrote, `plan` its floor as text, names in the reader's language.

    `steps` are what its state allows and its reader may; `is_editable` tells the same of its words and its plan,
    `takes` that its reader may apply for a booth today, `manages` that they organize it.
    """

    id: UUID
    code: str
    year: int
    campaign_id: UUID
    is_synthetic: bool
    organization_id: UUID
    organization_name: str
    place_name: str
    said: ExhibitionSaid
    plan: str
    state: str
    state_name: str
    edition: int
    reason: str
    proposed_at: datetime | None
    changed_at: datetime
    is_shown: bool
    steps: tuple[str, ...] = ()
    is_editable: bool = False
    takes: bool = False
    manages: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application or, once it is allocated, a booth; `why` says in words why it was placed or left out.

    `size` is what it needs, in metres. `steps` and `is_editable` are what its state allows and its reader may;
    `is_own` that its reader is of the enterprise, `manages` that they organize the exhibition, `takes_photos` that
    photos of the booth come and go.
    """

    id: UUID
    code: str
    exhibition_id: UUID
    exhibition_code: str
    exhibition_name: str
    exhibition_state: str
    year: int
    is_synthetic: bool
    organization_id: UUID
    organization_name: str
    said: ApplicationSaid
    size: str
    state: str
    state_name: str
    edition: int
    reason: str
    proposed: str
    why: tuple[str, ...]
    booth: str
    sent_at: datetime
    changed_at: datetime
    is_shown: bool
    is_open: bool = False
    steps: tuple[str, ...] = ()
    is_editable: bool = False
    is_own: bool = False
    manages: bool = False
    takes_photos: bool = False


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo in one width: pixels, and the address of the file (a path)."""

    width: int
    height: int
    href: str


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of a booth; `files` from the narrowest, the thumbnail; `taken_off_reason` may be ""."""

    id: UUID
    files: tuple[PhotoFile, ...]
    caption: str
    added_at: datetime
    added_by_name: str
    taken_off_at: datetime | None
    taken_off_reason: str


@dataclass(frozen=True, slots=True)
class PlanShape:
    """A rectangle of the drawn plan, in cells; `state` of a booth is free, taken or proposed."""

    kind: str
    name: str
    x: int
    y: int
    width: int
    height: int
    label: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class BoothLine:
    """A booth as the list beside the plan says it; `watts` is what its post carries in all."""

    number: str
    size: str
    watts: int
    state: str
    holder: str = ""
    title: str = ""
    field: str = ""
    code: str = ""
    application_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A floor to draw: its sides in cells, what stands on it, the booths in the order that people count in."""

    columns: int
    rows: int
    cell: str
    shapes: tuple[PlanShape, ...]
    booths: tuple[BoothLine, ...]

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """Give the signs that stand on the floor, with what they mean; booths carry numbers instead."""
        found = {one.label: one.name for one in self.shapes if one.kind != "booth" and one.label != one.name}
        return tuple(found.items())


@dataclass(frozen=True, slots=True)
class AllocationView:
    """What the organizer decides on: who has, would have and would not have a booth, on the plan that would be."""

    exhibition: ExhibitionView
    plan: PlanView
    given: tuple[ApplicationView, ...]
    proposed: tuple[ApplicationView, ...]
    left: tuple[ApplicationView, ...]


@dataclass(frozen=True, slots=True)
class BoothDayLine:
    """A booth on a day: visits by scanned code, heads by hand and as the enterprise says, contacts that were left.

    None is "nobody said"; numbers of two grades are never added up. `editions` of the two by grade.
    """

    application_id: UUID
    booth: str
    organization_name: str
    title: str
    counted: int
    tallied: int | None
    stated: int | None
    contacts: int
    notes: tuple[str, ...]
    editions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Something that went wrong on a day."""

    at: time
    booth: str
    text: str
    by_name: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day of an exhibition, whole."""

    exhibition: ExhibitionView
    held_on: date
    lines: tuple[BoothDayLine, ...]
    incidents: tuple[IncidentView, ...]
    counted: int
    tallied: int | None
    stated: int | None
    contacts: int


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact as its enterprise reads it, or its visitor; name and phone are "" once it was emptied."""

    id: UUID
    application_id: UUID
    enterprise: str
    booth: str
    name: str
    phone: str
    words: str
    purpose: str
    purpose_name: str
    consent: str
    left_at: datetime
    purge_on: date
    is_emptied: bool
    outcome: str
    outcome_name: str
    outcome_at: datetime | None
    edition: int


@dataclass(frozen=True, slots=True)
class BoothCard:
    """A booth on the public list."""

    code: str
    booth: str
    title: str
    organization_name: str
    field: str
    exhibition_name: str
    exhibition_code: str
    starts_on: date
    ends_on: date
    items: tuple[str, ...]
