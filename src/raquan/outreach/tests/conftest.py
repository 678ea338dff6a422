"""The office, two units with an officer each, a slogan, a kit, and artwork in any state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.outreach import commands
from raquan.outreach.rules import Draft
from raquan.people.commands import register_organization
from raquan.people.rules import Level, Role

TEXTS = {
    "vi": "Dữ liệu số là tài sản",
    "en": "Digital data is an asset",
    "rad": "Klei čih hlăm internet jing ngăn drăp ƀuôn sang, ơ̆ ư̆ ê̆",
    "cmo": "Nau nkoch bri jêng drăp ƀon lan",
}
DRAFT = Draft(
    design="poster",
    title="Áp phích tháng 10",
    starts_on=date(2023, 9, 20),
    ends_on=date(2023, 10, 15),
    second="rad",
    line="Mời bà con đến nhà văn hóa cộng đồng.",
    place="Nhà văn hóa cộng đồng",
)
KIT = commands.KitTexts(
    shown_name="Ngày Chuyển đổi số 10/10",
    host="UBND tỉnh Đắk Lắk",
    doer="Sở Khoa học và Công nghệ, 08 Lý Thái Tổ, Buôn Ma Thuột",
    call="Quét mã để tìm nơi hỗ trợ gần nhà",
)


@dataclass(frozen=True)
class Outreach:
    """Who is there; `officers` are of `units` in the same order."""

    field: Field
    office: Actor
    units: tuple[UUID, ...]
    officers: tuple[Actor, ...]
    slogan_id: UUID

    @property
    def campaign_id(self) -> UUID:
        """Give the campaign."""
        return self.field.campaign_id


@pytest.fixture
def outreach(db: None, now: datetime) -> Outreach:
    """Make it all."""
    field = make_field(now)
    named = ("Xã Ea Kpam", "Ủy ban nhân dân phường Buôn Ma Thuột, trung tâm tỉnh Đắk Lắk")
    ids = tuple(register_organization(by=SYSTEM, now=now, name=one, level=Level.COMMUNE) for one in named)
    officers = tuple(
        Actor(ActorKind.USER, uuid4(), name, number, (Duty(Role.UNIT_OFFICER, id_, None),))
        for number, (name, id_) in enumerate(zip(named, ids, strict=True), start=90)
    )
    slogan_id = commands.add_slogan(by=SYSTEM, now=now, request_id=uuid4(), campaign_id=field.campaign_id, texts=TEXTS)
    commands.set_kit(by=SYSTEM, now=now, campaign_id=field.campaign_id, said=KIT, seen=0)
    return Outreach(field, field.office, ids, officers, slogan_id)


Make = Callable[..., UUID]


@pytest.fixture
def make(outreach: Outreach, now: datetime) -> Make:
    """Make an artwork of a unit (by its place), and take it as far as a state."""

    def made(whose: int = 0, *, until: str = "drafted", by: Actor | None = None, **said: Any) -> UUID:
        artwork_id = commands.draft_artwork(
            by=by or outreach.officers[whose],
            now=now,
            request_id=said.pop("request_id", None) or uuid4(),
            campaign_id=outreach.campaign_id,
            organization_id=outreach.units[whose],
            slogan_id=outreach.slogan_id,
            draft=replace(DRAFT, **said),
        )
        if until != "drafted":
            commands.submit_artwork(by=by or outreach.officers[whose], now=now, artwork_id=artwork_id, seen=1)
        if until == "approved":
            commands.approve_artwork(by=outreach.office, now=now, artwork_id=artwork_id, seen=2)
        return artwork_id

    return made
