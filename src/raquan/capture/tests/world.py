"""The world that records come from in tests: two units, an outing of each, a telephone with its key."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps

from raquan.capture.rules import Envelope
from raquan.catalogue.commands import load_catalogue
from raquan.forms.commands import publish_form
from raquan.forms.tests.world import XLSFORM
from raquan.helpdesks import commands as helpdesks
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import SYSTEM, Actor
from raquan.outings import commands as outings
from raquan.outings import queries as outing_queries
from raquan.people import commands as people
from raquan.people import rules as people_rules
from raquan.people.queries import actor_by_device_key, actor_of_user
from raquan.people.rules import Role
from raquan.places.commands import load_units
from raquan.places.rules import Level, UnitRow

VERSION = "2023091503"
DAY = date(2023, 10, 5)
KEY = "k" * 60 + "2023"
DESK_CODE = "CMG-7K2QA"
PASSWORD = "mật khẩu dài đủ"
LOGIN = "trang@example.vn"

_SINCE, _UNTIL = date(2023, 1, 1), date(2025, 6, 30)
_UNITS = tuple(
    UnitRow(code, _SINCE, _UNTIL if level is not Level.PROVINCE else None, level, type_, name, above, None, None)
    for code, level, type_, name, above in (
        ("66", Level.PROVINCE, "tỉnh", "Đắk Lắk", ""),
        ("643", Level.DISTRICT, "thành phố", "Buôn Ma Thuột", "66"),
        ("648", Level.DISTRICT, "huyện", "Cư M’gar", "66"),
        ("24133", Level.COMMUNE, "phường", "Thắng Lợi", "643"),
        ("24259", Level.COMMUNE, "thị trấn", "Quảng Phú", "648"),
    )
)


@dataclass(frozen=True)
class Field:
    """What tests speak of; `device` is the telephone of `helper`, who is of Cư M’gar."""

    campaign_id: UUID
    cumgar_id: UUID
    city_id: UUID
    outing_id: UUID
    outing_code: str
    city_outing_code: str
    helper: Actor
    device: Actor
    officer: Actor
    city_officer: Actor
    office: Actor


def make_field(now: datetime) -> Field:
    """Make it, in the test's own transaction or outside any."""
    load_units(by=SYSTEM, now=now, units=_UNITS, changes=())
    load_catalogue(by=SYSTEM, now=now)
    publish_form(by=SYSTEM, now=now, xlsform=XLSFORM, file_name="assist.xlsx")
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
    cumgar, city = _unit(now, "Ủy ban nhân dân huyện Cư M’gar"), _unit(now, "Ủy ban nhân dân thành phố Buôn Ma Thuột")
    helper = _person(now, "H’Trang Niê", LOGIN, Role.HELPER, cumgar)
    assert helper.id is not None
    people.register_device(
        by=SYSTEM, now=now, label="Máy của H’Trang", owner_id=helper.id, organization_id=cumgar, key=KEY
    )
    device = actor_by_device_key(KEY, DAY)
    assert device is not None
    outing_id, outing_code = _outing(campaign.id, cumgar, "24259")
    return Field(
        campaign_id=campaign.id,
        cumgar_id=cumgar,
        city_id=city,
        outing_id=outing_id,
        outing_code=outing_code,
        city_outing_code=_outing(campaign.id, city, "24133")[1],
        helper=helper,
        device=device,
        officer=_person(now, "Y Mek Ê Nuôl", "cumgar@example.vn", Role.UNIT_OFFICER, cumgar),
        city_officer=_person(now, "Trần Thị Hòa", "bmt@example.vn", Role.UNIT_OFFICER, city),
        office=_person(now, "Lê Thị Sở", "so@example.vn", Role.STEERING_OFFICER, None),
    )


def instance(
    outing: str,
    *,
    instance_id: str | None = None,
    form_id: str = "assist",
    version: str = VERSION,
    deprecated_id: str = "",
    **answers: str,
) -> bytes:
    """Write an instance as Collect does; answers replace those of an ordinary record."""
    said = {
        "start": "2023-10-05T08:12:00.000+07:00",
        "end": "2023-10-05T08:13:10.000+07:00",
        "deviceid": "collect:abc",
        "outing": outing,
        "service": "birth_registration",
        "group": "online_public_service",
        "result": "filed",
        "how": "guided",
        "bottleneck": "",
        "language": "rad",
    } | answers
    body = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    deprecated = f"<orx:deprecatedID>{deprecated_id}</orx:deprecatedID>" if deprecated_id else ""
    return (
        "<?xml version='1.0' ?>"
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{form_id}" version="{version}">{body}'
        f"<orx:meta><orx:instanceID>{new_id() if instance_id is None else instance_id}</orx:instanceID>{deprecated}"
        "</orx:meta></data>"
    ).encode()


def set_up_desk(field: Field, *hours: Span, **other: Any) -> UUID:
    """Set a desk of Cư M’gar up where its outing is held, from September on."""
    usual: dict[str, Any] = {
        "organization_id": field.cumgar_id,
        "site_id": outing_queries.outing(SYSTEM, field.outing_id).site_id,
        "service_codes": ["birth_registration"],
        "hours": hours,
        "valid_from": date(2023, 9, 1),
        "code": DESK_CODE,
    }
    return helpdesks.set_up_help_desk(by=SYSTEM, now=datetime(2023, 9, 1, tzinfo=UTC), **usual | other)


def new_id() -> str:
    """Make an instance id as clients do."""
    return f"uuid:{uuid4()}"


def envelope(payload: bytes) -> Envelope:
    """Put an instance in its envelope; it arrives a quarter of an hour after it was made."""
    return Envelope(payload=payload, received_at=datetime(2023, 10, 5, 1, 30, tzinfo=UTC), device_id="collect:abc")


def _unit(now: datetime, name: str) -> UUID:
    return people.register_organization(by=SYSTEM, now=now, name=name, level=people_rules.Level.DISTRICT)


def _person(now: datetime, full_name: str, login: str, role: Role, organization_id: UUID | None) -> Actor:
    user_id = people.create_user(by=SYSTEM, now=now, full_name=full_name, login=login, password=PASSWORD)
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, role=role, organization_id=organization_id, starts_on=_SINCE)
    actor = actor_of_user(user_id, DAY)
    assert actor is not None
    return actor


def _outing(campaign_id: UUID, organization_id: UUID, place_code: str) -> tuple[UUID, str]:
    earlier = datetime(2023, 10, 1, 2, 0, tzinfo=UTC)
    site = outings.add_site(by=SYSTEM, now=earlier, name="Bộ phận một cửa", kind="one_stop_shop", place_code=place_code)
    outing_id = outings.plan_outing(
        by=SYSTEM,
        now=earlier,
        campaign_id=campaign_id,
        task_id=None,
        organization_id=organization_id,
        site_id=site,
        held_on=DAY,
        starts_at=time(7, 30),
        ends_at=time(11),
        service_codes=["birth_registration"],
        team=[],
    )
    return outing_id, outing_queries.outing(SYSTEM, outing_id).code
