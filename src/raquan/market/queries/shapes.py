"""What pages show of the market."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.market.rules import Particulars
from raquan.market.rules.counting import Total


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """A registration; `is_claimed` when its officer has an account with a password, `steps` what its state allows."""

    id: UUID
    particulars: Particulars
    state: str
    state_name: str
    edition: int
    reason: str
    sent_at: datetime
    changed_at: datetime
    organization_id: UUID | None
    is_claimed: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedView:
    """A rule of the law beside what it found of an offer: fine, warns, unknown."""

    text: str
    source: str
    result: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer; names in the reader's language, amounts in dong. `places` empty is the whole province.

    `steps` are what its state allows and its reader may; `is_editable` tells the same of its words. `is_on` when it
    is published and today is one of its days.
    """

    id: UUID
    code: str
    year: int
    is_synthetic: bool
    organization_id: UUID
    organization_name: str
    title: str
    form: str
    form_name: str
    starts_on: date
    ends_on: date
    services: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    percent: int | None
    unit_price: int | None
    unit_value: int | None
    total_value: int | None
    days_before: int | None
    is_concentrated: bool
    programme: str
    notice_number: str
    notice_on: date | None
    redeem: str
    redeem_name: str
    link: str
    where: str
    terms: str
    how_to_use: str
    state: str
    state_name: str
    edition: int
    reason: str
    changed_at: datetime
    published_at: datetime | None
    is_on: bool
    is_over: bool
    steps: tuple[str, ...] = ()
    is_editable: bool = False


@dataclass(frozen=True, slots=True)
class ResultView:
    """What an enterprise told of an offer in a month, and how sure that is."""

    offer_id: UUID
    code: str
    title: str
    organization_name: str
    month: date
    grade: str
    grade_name: str
    redeemed: int
    new_customers: int | None
    value: int | None
    edition: int
    said_at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class EnterpriseMonth:
    """An enterprise's offers that ran in a month, and of how many of them it has told nothing yet."""

    organization_id: UUID
    organization_name: str
    month: date
    offers: int
    missing: int


@dataclass(frozen=True, slots=True)
class PublicTotals:
    """What everybody may see of the results of a campaign, over months that are settled; each total or held back."""

    redeemed: Total
    new_customers: Total
    value: Total
    until: date


@dataclass(frozen=True, slots=True)
class ResultFact:
    """A result as analytics reads it; `seat` is the enterprise's place. `organization_id` never leaves the measures."""

    result_id: UUID
    offer_id: UUID
    campaign_id: UUID
    organization_id: UUID
    form: str
    service_codes: tuple[str, ...]
    place_codes: tuple[str, ...]
    seat: str
    month: date
    grade: str
    redeemed: int
    new_customers: int | None
    value: int | None
