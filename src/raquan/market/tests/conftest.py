"""Three enterprises with an officer each, the office, and offers in any state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.market import commands
from raquan.market.rules import Draft, Particulars, PromotionForm
from raquan.people.commands import register_organization
from raquan.people.rules import Level, Role

DRAFT = Draft(
    title="Giảm 30% phí chuyển tiền VietQR",
    form=PromotionForm.DISCOUNT,
    starts_on=date(2023, 10, 1),
    ends_on=date(2023, 10, 31),
    service_codes=("vietqr",),
    place_codes=("24259",),
    percent=30,
    days_before=0,
    terms="Mỗi hộ một lần.",
    how_to_use="Đưa mã cho nhân viên.",
    where="Số 1 Nguyễn Tất Thành",
)
TOLD = Particulars(
    name="Hợp tác xã Cà phê Ea Tul",
    tax_code="6001234567",
    address="Buôn Ea Tul, huyện Cư M’gar",
    contact_name="H’Trang Niê",
    contact_login="0905123456",
)
TOKEN = "market-registration-01"


@dataclass(frozen=True)
class Market:
    """Who is there; `officers` are of `enterprises` in the same order."""

    field: Field
    office: Actor
    enterprises: tuple[UUID, ...]
    officers: tuple[Actor, ...]

    @property
    def campaign_id(self) -> UUID:
        """Give the campaign."""
        return self.field.campaign_id


@pytest.fixture
def market(db: None, now: datetime) -> Market:
    """Make it all."""
    field = make_field(now)
    named = ("Công ty Một", "Công ty Hai", "Công ty Ba")
    ids = tuple(register_organization(by=SYSTEM, now=now, name=one, level=Level.ENTERPRISE) for one in named)
    officers = tuple(
        Actor(ActorKind.USER, uuid4(), name, number, (Duty(Role.ENTERPRISE_OFFICER, id_, None),))
        for number, (name, id_) in enumerate(zip(named, ids, strict=True), start=90)
    )
    return Market(field, field.office, ids, officers)


Write = Callable[..., UUID]


@pytest.fixture
def write(market: Market, now: datetime) -> Write:
    """Write an offer of an enterprise (by its place), and take it as far as a state."""

    def make(whose: int = 0, *, until: str = "draft", request_id: UUID | None = None, **said: Any) -> UUID:
        offer_id = commands.draft_offer(
            by=market.officers[whose],
            now=now,
            request_id=request_id or uuid4(),
            campaign_id=market.campaign_id,
            organization_id=market.enterprises[whose],
            draft=replace(DRAFT, **said),
        )
        seen = 1
        for state, step in (
            ("submitted", commands.submit_offer),
            ("approved", commands.approve_offer),
            ("published", commands.publish_offer),
        ):
            if until == "draft":
                break
            by = market.officers[whose] if state == "submitted" else market.office
            step(by=by, now=now, offer_id=offer_id, seen=seen)
            seen += 1
            if state == until:
                break
        return offer_id

    return make
