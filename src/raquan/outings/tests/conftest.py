"""What the tests of outings share: two districts, one campaign, two units and their people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from raquan.catalogue.commands import load_catalogue
from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.outings import commands
from raquan.people import commands as people
from raquan.people.queries import actor_of_user
from raquan.people.rules import Level as Tier
from raquan.people.rules import Role
from raquan.places.commands import load_units
from raquan.places.rules import Level, UnitRow

START, REFORM = date(2023, 1, 1), date(2025, 6, 30)
DAY = date(2023, 10, 6)


def _unit(code: str, level: Level, type_: str, name: str, above: str, since: date, until: date | None) -> UnitRow:
    return UnitRow(code, since, until, level, type_, name, above, None, None)


UNITS = (
    _unit("66", Level.PROVINCE, "tỉnh", "Đắk Lắk", "", START, None),
    _unit("643", Level.DISTRICT, "thành phố", "Buôn Ma Thuột", "66", START, REFORM),
    _unit("648", Level.DISTRICT, "huyện", "Cư M’gar", "66", START, REFORM),
    _unit("24133", Level.COMMUNE, "phường", "Thắng Lợi", "643", START, REFORM),
    _unit("24259", Level.COMMUNE, "thị trấn", "Quảng Phú", "648", START, REFORM),
    _unit("24259", Level.COMMUNE, "xã", "Quảng Phú", "66", date(2025, 7, 1), None),
)


@dataclass(frozen=True)
class World:
    """Ids that tests speak of."""

    campaign_id: UUID
    task_id: UUID
    cumgar_id: UUID
    city_id: UUID
    site_id: UUID
    city_site_id: UUID
    officer: Actor
    city_officer: Actor
    viewer: Actor
    leader: Actor
    helper: Actor


@pytest.fixture
def world(db: None, now: datetime) -> World:
    """Make the world that outings happen in."""
    return make_world(now)


def make_world(now: datetime) -> World:
    """Make it in the test's own transaction or outside any."""
    load_units(by=SYSTEM, now=now, units=UNITS, changes=())
    load_catalogue(by=SYSTEM, now=now)
    campaign_id, task_id = _campaign()
    cumgar = _organization(now, "Ủy ban nhân dân huyện Cư M’gar", "648")
    city = _organization(now, "Ủy ban nhân dân thành phố Buôn Ma Thuột", "643")
    site: dict[str, Any] = {"by": SYSTEM, "now": now, "name": "Bộ phận một cửa huyện", "kind": "one_stop_shop"}
    return World(
        campaign_id=campaign_id,
        task_id=task_id,
        cumgar_id=cumgar,
        city_id=city,
        site_id=commands.add_site(**site, place_code="24259", lat=12.8254, lon=108.0895),
        city_site_id=commands.add_site(**site, place_code="24133"),
        officer=_person(now, "Y Mek Ê Nuôl", "cumgar@example.vn", Role.UNIT_OFFICER, cumgar),
        city_officer=_person(now, "Trần Thị Hòa", "bmt@example.vn", Role.UNIT_OFFICER, city),
        viewer=_person(now, "Lê Văn Xem", "xem@example.vn", Role.VIEWER, cumgar),
        leader=_person(now, "Nguyễn Thị Lan", "lan@example.vn", Role.TEAM_LEADER, cumgar),
        helper=_person(now, "H’Trang Niê", "trang@example.vn", Role.HELPER, cumgar),
    )


def _organization(now: datetime, name: str, place_code: str) -> UUID:
    return people.register_organization(by=SYSTEM, now=now, name=name, level=Tier.DISTRICT, place_code=place_code)


def _person(now: datetime, full_name: str, login: str, role: Role, organization_id: UUID) -> Actor:
    user_id = people.create_user(by=SYSTEM, now=now, full_name=full_name, login=login, password="mật khẩu dài đủ")
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, role=role, organization_id=organization_id, starts_on=START)
    actor = actor_of_user(user_id, DAY)
    assert actor is not None
    return actor


def _campaign() -> tuple[UUID, UUID]:
    campaign = apps.get_model("campaign.Campaign").objects.create(
        year=2023,
        code="2023",
        name={"vi": "Ngày Chuyển đổi số 2023"},
        theme={"vi": "Khai thác dữ liệu số để tạo ra giá trị"},
        day_on=date(2023, 10, 10),
        starts_on=date(2023, 9, 15),
        ends_on=date(2023, 10, 15),
        province_code="66",
        is_synthetic=True,
    )
    plan = apps.get_model("campaign.Plan").objects.create(
        campaign=campaign, number="138/KH-UBND", title="Kế hoạch", issuer="UBND tỉnh", issued_on=date(2023, 8, 17)
    )
    task = apps.get_model("campaign.Task").objects.create(
        plan=plan, path="1", title="Ra quân hướng dẫn người dân", source="đoạn 12", position=1
    )
    return campaign.id, task.id


@pytest.fixture
def planned(world: World) -> Callable[..., dict[str, Any]]:
    """Give the arguments of a good plan, with some replaced."""

    def arguments(**changes: Any) -> dict[str, Any]:
        return plan_arguments(world) | changes

    return arguments


def plan_arguments(world: World) -> dict[str, Any]:
    """Give the arguments of a good plan at the one-stop shop of Cư M’gar."""
    return {
        "by": world.officer,
        "campaign_id": world.campaign_id,
        "task_id": world.task_id,
        "organization_id": world.cumgar_id,
        "site_id": world.site_id,
        "held_on": DAY,
        "starts_at": time(7, 30),
        "ends_at": time(11),
        "service_codes": ["birth_registration", "mobile_money"],
        "team": [world.leader.id, world.helper.id],
    }


@pytest.fixture
def say(world: World, now: datetime) -> Callable[..., None]:
    """Let a phone of somebody say what it holds."""

    def from_phone(owner: Actor, label: str, *, at: datetime = now, **words: Any) -> None:
        assert owner.id
        whose: dict[str, Any] = {"owner_id": owner.id, "organization_id": world.cumgar_id}
        device_id, _key = people.register_device(by=SYSTEM, now=now, label=label, **whose)
        phone = Actor(ActorKind.DEVICE, device_id, label, 1)
        said: dict[str, Any] = {
            "app": "2026.1",
            "form_version": "1",
            "outing_codes": ["CMG-7K2Q"],
            "guides": 3,
            "stored_bytes": 9,
        }
        people.report_readiness(by=phone, now=at, **said | {"is_persisted": True, "unsent": 0} | words)

    return from_phone
