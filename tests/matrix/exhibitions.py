"""The cases of exhibitions: a unit's own, an enterprise's applications and contacts, what everybody sees."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from raquan.exhibitions import commands, queries
from raquan.exhibitions.rules import ApplicationSaid, ExhibitionSaid, Purpose
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people
from raquan.people.rules import Action, Level, Role
from tests.matrix.case import NEW, A, Body, Case, Write, both, listing, thing
from tests.matrix.world import OTHER, OWN, Mark, Visitor, World, add_visitor

MANAGE = (Action.EXHIBITION_MANAGE,)
FIRM = "enterprise_officer@firm"
"""The one visitor who is of an enterprise: what it applies for and what visitors left it is its own."""


@dataclass(frozen=True)
class BoothMark(Mark):
    """A text of an application: its enterprise reads it beside whoever organizes the exhibition."""

    def may_see(self, visitor: Visitor, world: World) -> bool:
        """Tell whether a visitor may be sent it."""
        return super().may_see(visitor, world) or (visitor.name == FIRM and self.unit == OWN)


def organizes_or_owns(world: World, visitor: Visitor) -> bool:
    """Tell whether an application of the first unit's exhibition is a visitor's to read."""
    return visitor.name == FIRM or world.covers(visitor.actor, Action.EXHIBITION_MANAGE)


_WANTS = ApplicationSaid("Sổ thu chi", "Nông nghiệp số", (("Sổ thu chi", "ghi bán hàng"),))
_SAID = ExhibitionSaid(
    name="Triển lãm",
    place_code="24259",
    where="Nhà văn hóa",
    starts_on=date(2023, 10, 5),
    ends_on=date(2023, 10, 6),
    opens_at=time(7, 30),
    closes_at=time(20),
    apply_until=date(2023, 10, 5),
    fields=("Nông nghiệp số",),
)


def add_exhibitions(world: World, now: datetime) -> None:
    """Let each unit hold an exhibition that is open, with the booth of an enterprise, and another that is a draft."""
    firms = {
        unit: people.register_organization(by=SYSTEM, now=now, name=f"Công ty riêng {unit}", level=Level.ENTERPRISE)
        for unit in (OWN, OTHER)
    }
    add_visitor(world, now, FIRM, [(Role.ENTERPRISE_OFFICER, firms[OWN], None)])
    for unit in (OWN, OTHER):
        things = world.things if unit == OWN else world.others
        _held(world, now, unit, things, firms[unit])


def _held(world: World, now: datetime, unit: str, things: dict[str, Any], firm: UUID) -> None:
    known: dict[str, Any] = {
        "by": SYSTEM,
        "now": now,
        "campaign_id": world.base.campaign_id,
        "organization_id": things["organization_id"],
    }
    place = "24259" if unit == OWN else "24133"
    names = (f"Triển lãm mở {unit}", f"Triển lãm nháp {unit}", f"Triển lãm nhận đơn {unit}")
    held, draft, taking = (
        commands.draft_exhibition(**known, request_id=uuid4(), said=replace(_SAID, name=name, place_code=place))
        for name in names
    )
    for one in (held, draft, taking):
        commands.change_plan(by=SYSTEM, now=now, exhibition_id=one, plan="LV . .\nA1 A2 A3\n+ . .", seen=1)
    for one in (held, taking):
        commands.open_applications(by=SYSTEM, now=now, exhibition_id=one, seen=2)
    booth = _applied(now, held, firm, "Gian đã xếp")
    waits, taken = (_applied(now, taking, firm, title) for title in (f"Đơn riêng {unit}", "Đơn đã nhận"))
    for one in (booth, taken):
        commands.approve_application(by=SYSTEM, now=now, application_id=one, seen=1)
    commands.propose_allocation(by=SYSTEM, now=now, exhibition_id=taking, seen=3)
    commands.propose_allocation(by=SYSTEM, now=now, exhibition_id=held, seen=3)
    commands.confirm_allocation(by=SYSTEM, now=now, exhibition_id=held, seen=4)
    commands.open_exhibition(by=SYSTEM, now=now, exhibition_id=held, seen=5)
    code = queries.application(SYSTEM, booth, now=now).code
    left = commands.Left(f"Khách riêng {unit}", "0905123456", Purpose.ADVICE, "", agrees=True)
    contact = commands.leave_contact(now=now, code=code, token=f"{unit:x<22}", left=left, days=180)
    photo = commands.add_booth_photo(
        by=SYSTEM, now=now, application_id=booth, data=_picture(400), said=commands.PhotoSaid("Quầy", agrees=True)
    )
    commands.note_incident(
        by=SYSTEM,
        now=now,
        request_id=uuid4(),
        exhibition_id=held,
        held_on=date(2023, 10, 5),
        at=time(8),
        text=f"Mất điện {unit}",
    )
    things |= {
        "firm_id": firm,
        "exhibition_id": held,
        "draft_exhibition": draft,
        "taking_exhibition": taking,
        "booth_id": booth,
        "application_id": waits,
        "taken_application": taken,
        "booth_code": code,
        "exhibition_code": queries.exhibition(SYSTEM, held, now=now).code,
        "contact_id": contact,
        "photo_id": photo,
    }
    world.marks |= {
        f"{unit} draft exhibition": Mark(names[1], MANAGE, unit),
        f"{unit} application": BoothMark(f"Đơn riêng {unit}", MANAGE, unit),
        f"{unit} visitor": Mark(f"Khách riêng {unit}", (), owner=FIRM if unit == OWN else "nobody of all"),
        f"{unit} incident": Mark(f"Mất điện {unit}", MANAGE, unit),
    }


def _applied(now: datetime, held: UUID, firm: UUID, title: str) -> UUID:
    said = replace(_WANTS, title=title)
    return commands.apply_for_booth(
        by=SYSTEM, now=now, request_id=uuid4(), exhibition_id=held, organization_id=firm, said=said
    )


_FORM: dict[str, Any] = {
    "name": "Triển lãm khác",
    "place": "thị trấn Quảng Phú",
    "where": "Nhà văn hóa",
    "starts_on": "10/10/2023",
    "ends_on": "11/10/2023",
    "opens_at": "7:30",
    "closes_at": "20:00",
    "apply_until": "8/10/2023",
    "fields_said": "Nông nghiệp số",
    "most_booths": "1",
    "cell_cm": "3",
    "post_watts": "5000",
    "seen": "2",
    "request_id": NEW,
}
_APPLICATION: dict[str, Any] = {
    "title": "Tem truy xuất",
    "field": "Nông nghiệp số",
    "items_said": "Tem: quét để biết",
    "width_cm": "3",
    "depth_cm": "3",
    "watts": "0",
    "tables": "1",
    "seen": "1",
    "request_id": NEW,
}


def _picture(width: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, 300), (10, 90, 80)).save(file, "JPEG")
    return file.getvalue()


def _photo(world: World) -> Body:
    return {"caption": "Quầy", "agrees": "on", "file": SimpleUploadedFile("a.jpg", _picture(300), "image/jpeg")}


def _form(world: World) -> Body:
    return _FORM | {"organization": str(world.things["organization_id"])}


def _application(world: World) -> Body:
    return _APPLICATION | {"organization": str(world.things["firm_id"])}


_DRAFT, _TAKING = {"exhibition_id": "draft_exhibition"}, {"exhibition_id": "taking_exhibition"}
_BOOTH, _DAY = {"code": "booth_code"}, {"day": "2023-10-05"}
_ONE, _APPLIED = "desk/exhibitions/<uuid:exhibition_id>/", "desk/exhibitions/applications/<uuid:application_id>/"
_SMALL = {"width": 240}
_TOKEN = {"token": "x" * 22}
_MANAGES, _OWN = A.EXHIBITION_MANAGE, "organizes or owns"
# What is sent without a ticket, or without a private address, changes nothing, whoever sends it.
_TAPPED = Write({"name": "Ai đó", "phone": "0905123456", "purpose": "advice", "agrees": "on"}, keeps=True)
_INCIDENT = {"at": "9:00", "text": "Mưa to", "request_id": NEW}

EXHIBITIONS: dict[str, Case] = {
    "<int:year>/booths/": Case(is_public=True, queries=("", "?q=so thu chi&field=Nông nghiệp số&at=TL-222222")),
    "<int:year>/booths/at/<str:code>/": Case(is_public=True, fills={"code": "exhibition_code"}),
    "<int:year>/booths/<str:code>/": Case(is_public=True, fills=_BOOTH),
    "<int:year>/booths/<str:code>/here/": Case(is_public=True, fills=_BOOTH, writes=(_TAPPED,)),
    "<int:year>/booths/<str:code>/contact/": Case(is_public=True, fills=_BOOTH, writes=(_TAPPED,)),
    "<int:year>/booths/photos/<uuid:photo_id>-<int:width>.jpg": Case(is_public=True, fills=_SMALL),
    "lh/<str:token>/": Case(is_public=True, get=404, fills=_TOKEN, writes=(_TAPPED,)),
    "desk/exhibitions/": listing(*both("draft exhibition")),
    "desk/exhibitions/new/": Case(writes=(Write(_form, _MANAGES),)),
    _ONE: thing(_MANAGES, "own draft exhibition", fills=_DRAFT),
    f"{_ONE}edit/": thing(_MANAGES, "own draft exhibition", fills=_DRAFT, writes=(Write(_form, _MANAGES),)),
    f"{_ONE}plan/": thing(
        _MANAGES, "own draft exhibition", fills=_DRAFT, writes=(Write({"plan": "A1 A2", "seen": "2"}, _MANAGES),)
    ),
    f"{_ONE}plan-a3.pdf": thing(_MANAGES, fills=_DRAFT, is_slow=True),
    f"{_ONE}plan-a4.pdf": thing(_MANAGES, fills=_DRAFT, is_slow=True),
    f"{_ONE}signs/": thing(_MANAGES),
    f"{_ONE}step/": Case(get=None, fills=_DRAFT, writes=(Write({"step": "open_applications", "seen": "2"}, _MANAGES),)),
    f"{_ONE}apply/": Case(fills=_TAKING, writes=(Write(_application, owner=FIRM),)),
    f"{_ONE}allocation/": thing(_MANAGES, fills=_TAKING),
    f"{_ONE}allocation/propose/": Case(get=None, fills=_TAKING, writes=(Write({"seen": "4"}, _MANAGES),)),
    f"{_ONE}allocation/confirm/": Case(get=None, fills=_TAKING, writes=(Write({"seen": "4"}, _MANAGES),)),
    f"{_ONE}allocation/<uuid:application_id>/": Case(
        get=None,
        fills=_TAKING | {"application_id": "taken_application"},
        writes=(Write({"booth": "A3", "seen": "4"}, _MANAGES),),
    ),
    f"{_ONE}days/<str:day>/": thing(_MANAGES, "own incident", fills=_DAY, writes=(Write(_INCIDENT, _MANAGES),)),
    f"{_ONE}days/<str:day>/sheet.pdf": thing(_MANAGES, fills=_DAY, is_slow=True),
    "desk/exhibitions/applications/": listing(*both("application")),
    _APPLIED: Case(owner=_OWN, shows=("own application",)),
    f"{_APPLIED}edit/": Case(owner=FIRM, shows=("own application",), writes=(Write(_application, owner=FIRM),)),
    f"{_APPLIED}step/": Case(
        get=None,
        writes=(
            Write({"step": "approve_application", "seen": "1"}, _MANAGES),
            Write({"step": "withdraw_application", "seen": "1"}, owner=FIRM),
        ),
    ),
    f"{_APPLIED}days/": Case(
        get=None,
        fills={"application_id": "booth_id"},
        writes=(Write({"held_on": "5/10/2023", "heads": "12"}, owner=_OWN),),
    ),
    f"{_APPLIED}photos/": Case(get=None, fills={"application_id": "booth_id"}, writes=(Write(_photo, owner=_OWN),)),
    f"{_APPLIED}photos/<uuid:photo_id>/take-off/": Case(
        get=None, fills={"application_id": "booth_id"}, writes=(Write({"reason": "Nhầm ảnh"}, owner=_OWN),)
    ),
    "desk/exhibitions/photos/<uuid:photo_id>-<int:width>.jpg": Case(owner=_OWN, fills=_SMALL),
    "desk/exhibitions/contacts/": listing(*both("visitor")),
    "desk/exhibitions/contacts/<uuid:contact_id>/": Case(
        get=None, writes=(Write({"outcome": "trial", "seen": "1"}, owner=FIRM),)
    ),
}
