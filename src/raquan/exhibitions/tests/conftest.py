"""A unit that holds an exhibition, three enterprises with an officer each, applications in any state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.capture.tests.world import Field, make_field
from raquan.exhibitions import commands, queries
from raquan.exhibitions.rules import ApplicationSaid, ExhibitionSaid
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.people.commands import register_organization
from raquan.people.rules import Level, Role

SAID = ExhibitionSaid(
    name="Triển lãm Chuyển đổi số Cư M’gar",
    place_code="24259",
    where="Nhà văn hóa huyện",
    starts_on=date(2023, 10, 5),
    ends_on=date(2023, 10, 7),
    opens_at=time(7, 30),
    closes_at=time(21),
    apply_until=date(2023, 10, 5),
    fields=("Nông nghiệp số", "Thanh toán số"),
)
PLAN = """
LV .  .  .
A1 A2 A3 A4
+  .  .  SK
B1 B1 B2 WC
"""
WANTS = ApplicationSaid(
    title="Sổ thu chi trên điện thoại",
    field="Nông nghiệp số",
    items=(("Sổ thu chi", "ghi bán hàng"), ("Tem truy xuất", "")),
    watts=500,
)


@dataclass(frozen=True)
class Fair:
    """Who is there; `officers` are of `enterprises` in the same order."""

    field: Field
    unit: Actor
    enterprises: tuple[UUID, ...]
    officers: tuple[Actor, ...]

    @property
    def campaign_id(self) -> UUID:
        """Give the campaign."""
        return self.field.campaign_id


@pytest.fixture
def fair(db: None, now: datetime) -> Fair:
    """Make it all."""
    field = make_field(now)
    named = ("Công ty Một", "Công ty Hai", "Công ty Ba")
    ids = tuple(register_organization(by=SYSTEM, now=now, name=one, level=Level.ENTERPRISE) for one in named)
    officers = tuple(
        Actor(ActorKind.USER, uuid4(), name, number, (Duty(Role.ENTERPRISE_OFFICER, id_, None),))
        for number, (name, id_) in enumerate(zip(named, ids, strict=True), start=90)
    )
    unit = Actor(ActorKind.USER, uuid4(), "Cán bộ huyện", 89, (Duty(Role.UNIT_OFFICER, field.cumgar_id, None),))
    return Fair(field, unit, ids, officers)


Hold = Callable[..., UUID]
Apply = Callable[..., UUID]


@pytest.fixture
def hold(fair: Fair, now: datetime) -> Hold:
    """Write an exhibition of the unit with its plan, and take it as far as a state that needs no applications."""

    def make(*, until: str = "applying", plan: str = PLAN, **said: Any) -> UUID:
        made = commands.draft_exhibition(
            by=fair.unit,
            now=now,
            request_id=uuid4(),
            campaign_id=fair.campaign_id,
            organization_id=fair.field.cumgar_id,
            said=replace(SAID, **said),
        )
        commands.change_plan(by=fair.unit, now=now, exhibition_id=made, plan=plan, seen=1)
        if until == "applying":
            commands.open_applications(by=fair.unit, now=now, exhibition_id=made, seen=2)
        return made

    return make


@pytest.fixture
def apply(fair: Fair, now: datetime) -> Apply:
    """Hand in an application of an enterprise (by its place), and let the unit take it if so wanted."""

    def make(held: UUID, whose: int = 0, *, approved: bool = False, **said: Any) -> UUID:
        made = commands.apply_for_booth(
            by=fair.officers[whose],
            now=now,
            request_id=uuid4(),
            exhibition_id=held,
            organization_id=fair.enterprises[whose],
            said=replace(WANTS, **said),
        )
        if approved:
            commands.approve_application(by=fair.unit, now=now, application_id=made, seen=1)
        return made

    return make


@dataclass(frozen=True)
class Running:
    """An exhibition with open doors, and the booth of the first enterprise in it."""

    held: UUID
    booth: UUID
    code: str


@pytest.fixture
def running(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> Running:
    """Give one enterprise a booth, and open the doors."""
    held = hold()
    booth = apply(held, approved=True)
    give(fair, held, now)
    commands.open_exhibition(by=fair.unit, now=now, exhibition_id=held, seen=edition(fair, held, now))
    return Running(held, booth, queries.application(fair.unit, booth, now=now).code)


def give(fair: Fair, held: UUID, now: datetime) -> int:
    """Propose and confirm."""
    seen = edition(fair, held, now)
    commands.propose_allocation(by=fair.unit, now=now, exhibition_id=held, seen=seen)
    return commands.confirm_allocation(by=fair.unit, now=now, exhibition_id=held, seen=seen + 1)


def edition(fair: Fair, held: UUID, now: datetime) -> int:
    """Give the edition of an exhibition."""
    return queries.exhibition(fair.unit, held, now=now).edition
