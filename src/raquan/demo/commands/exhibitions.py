"""Gives the demo an exhibition that is open and one that takes applications; enterprises and visitors are invented."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo, organization
from raquan.demo.commands.market import MARK
from raquan.demo.rules import CU_MGAR
from raquan.exhibitions import commands
from raquan.exhibitions import queries as exhibitions
from raquan.exhibitions.commands import Left
from raquan.exhibitions.rules import ApplicationSaid, ApplicationState, ExhibitionSaid, Outcome, Purpose
from raquan.files import queries as files
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.outreach import queries as outreach
from raquan.outreach.rules import ArtworkState
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Level

SPACE = UUID("018b0000-0000-7000-8000-0000000b0074")
FIELDS = ("Nông nghiệp số", "Thanh toán số", "Thiết bị, kết nối", "Bán hàng trên mạng")
ABOUT = "Dữ liệu mô phỏng: triển lãm, doanh nghiệp và khách ở đây không có thật."
PLAN = """
LV .  .  .  .  .  .  LV
A1 A1 A2 A3 +  A4 A5 A6
.  .  .  .  .  .  .  .
B1 B2 B3 B4 +  B5 B6 B6
.  .  .  .  .  .  .  .
C1 C2 C3 .  .  SK SK SK
YT .  .  .  .  SK SK SK
WC WC .  .  +8000 .  .  .
"""
WANTS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...], dict[str, Any]], ...] = (
    (
        "Hợp tác xã Cà phê Buôn Thử", "Nông nghiệp số", "Tem truy xuất cho cà phê, hồ tiêu",
        (("Tem truy xuất", "quét để biết rẫy nào"), ("Sổ rẫy trên điện thoại", "ghi bón phân, tưới nước")),
        {"watts": 300, "prefers": "A2"},
    ),
    (
        "Ví điện tử Cao Nguyên", "Thanh toán số", "Ví cho chợ và quán nhỏ",
        (("Loa báo tiền về", "không cần nhìn điện thoại"), ("Mã QR in sẵn", "dán ở sạp")),
        {"watts": 200, "apart": True},
    ),
    (
        "Siêu thị điện máy Hồ Thử", "Thiết bị, kết nối", "Điện thoại giá rẻ, sửa máy tại chỗ",
        (("Điện thoại dưới 2 triệu", "dùng được VNeID"), ("Sửa máy tại chỗ", "thay pin, dán kính")),
        {"watts": 1500, "width_cm": 600, "tables": 3, "wifi": True},
    ),
    (
        "Sàn nông sản Đất Đỏ", "Bán hàng trên mạng", "Mở gian hàng nông sản trong mười phút",
        (("Gian hàng trên sàn", "chụp ảnh, ghi giá, có người chỉ"), ("Gom đơn giao hàng", "ba xã một chuyến")),
        {"watts": 400},
    ),
)  # fmt: skip

PHOTOS = (
    ("Tờ giới thiệu ở quầy", "Bảng treo phía sau quầy", "Tranh ở lối vào"),
    ("Bảng mời dùng thử",),
)


def load_exhibitions(now: datetime) -> None:
    """Hold an exhibition that is open today and one to come; the same again is the same."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    before = now - timedelta(weeks=2)
    today = local_date(now)
    with transaction.atomic():
        held = _exhibition(before, campaign.id, 0, "Triển lãm Chuyển đổi số Cư M’gar", today, today + timedelta(days=2))
        if exhibitions.exhibition(SYSTEM, held, now=before).state != "draft":
            return
        _draw(before, held)
        booths = [_apply(before, held, number) for number in range(len(WANTS))]
        _give(before, held, booths)
        commands.open_exhibition(by=SYSTEM, now=now, exhibition_id=held, seen=_edition(held, now))
        _visits(now, held, booths)
        first, last = campaign.ends_on - timedelta(days=1), campaign.ends_on
        coming = _exhibition(before, campaign.id, 1, "Ngày hội số Ea Kpam", first, last)
        _draw(before, coming)
        approved = _apply(now, coming, 0)
        commands.approve_application(by=SYSTEM, now=now, application_id=approved, seen=1)
        _apply(now, coming, 1)


def load_booth_photos(now: datetime) -> None:
    """Put photos on two booths; the same again is the same.

    Nobody stood there with a camera: the campaign's own pictures stand for the photos.
    """
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    shown = outreach.artworks(SYSTEM, campaign.id, now=now, state=ArtworkState.APPROVED.value).items
    pictures = [files.read_file(one.picture_sha256) for one in shown if one.design.code in ("poster", "post", "share")]
    booths = exhibitions.applications(SYSTEM, campaign.id, now=now, state=ApplicationState.ALLOCATED.value).items
    with transaction.atomic():
        for booth, captions in zip(sorted(booths, key=lambda one: one.booth), PHOTOS, strict=False):
            for caption, data in zip(captions, pictures, strict=False):
                told = commands.PhotoSaid(f"{MARK}{caption}", agrees=True)
                commands.add_booth_photo(by=SYSTEM, now=now, application_id=booth.id, data=data, said=told)


def _exhibition(now: datetime, campaign_id: UUID, number: int, name: str, first: date, last: date) -> UUID:
    said = ExhibitionSaid(
        name=f"{MARK}{name}",
        place_code="24259",
        where="Sân trung tâm văn hóa (mô phỏng)",
        starts_on=first,
        ends_on=last,
        opens_at=time(7, 30),
        closes_at=time(20),
        apply_until=first,
        fields=FIELDS,
        about=ABOUT,
    )
    return commands.draft_exhibition(
        by=SYSTEM,
        now=now,
        request_id=uuid5(SPACE, str(number)),
        campaign_id=campaign_id,
        organization_id=organization(CU_MGAR),
        said=said,
    )


def _draw(now: datetime, held: UUID) -> None:
    commands.change_plan(by=SYSTEM, now=now, exhibition_id=held, plan=PLAN, seen=_edition(held, now))
    commands.open_applications(by=SYSTEM, now=now, exhibition_id=held, seen=_edition(held, now))


def _apply(now: datetime, held: UUID, number: int) -> UUID:
    name, field, title, items, more = WANTS[number]
    known = {one.name: one.id for one in people_queries.organizations_of_level(Level.ENTERPRISE.value)}
    whose = known.get(f"{MARK}{name}") or people.register_organization(
        by=SYSTEM, now=now, name=f"{MARK}{name}", level=Level.ENTERPRISE
    )
    return commands.apply_for_booth(
        by=SYSTEM,
        now=now,
        request_id=uuid5(held, str(number)),
        exhibition_id=held,
        organization_id=whose,
        said=ApplicationSaid(title=title, field=field, items=items, about=ABOUT, **more),
    )


def _give(now: datetime, held: UUID, booths: list[UUID]) -> None:
    for one in booths:
        commands.approve_application(by=SYSTEM, now=now, application_id=one, seen=1)
    seen = _edition(held, now)
    commands.propose_allocation(by=SYSTEM, now=now, exhibition_id=held, seen=seen)
    commands.confirm_allocation(by=SYSTEM, now=now, exhibition_id=held, seen=seen + 1)


def _visits(now: datetime, held: UUID, booths: list[UUID]) -> None:
    """Let some come to each booth, two leave a contact, a day be counted by hand, the power fail for a while."""
    for place, one in enumerate(booths):
        code = exhibitions.application(SYSTEM, one, now=now).code
        for number in range(9 - 2 * place):
            commands.count_visit(now=now, code=code, token=uuid5(one, str(number)).hex[:22])
    first = exhibitions.application(SYSTEM, booths[0], now=now)
    left = (
        Left("Người Mô Phỏng Một", "0900000001", Purpose.TRIAL, "Rẫy hai sào, muốn thử tem", agrees=True),
        Left("Người Mô Phỏng Hai", "0900000002", Purpose.ADVICE, "", agrees=True),
    )
    made = [
        commands.leave_contact(now=now, code=first.code, token=f"demo-contact-00000000{place}", left=one, days=180)
        for place, one in enumerate(left)
    ]
    commands.state_outcome(by=SYSTEM, now=now, contact_id=made[0], outcome=Outcome.TRIAL, seen=1)
    day = local_date(now)
    commands.state_day(by=SYSTEM, now=now, application_id=booths[0], held_on=day, heads=35, note="Đếm buổi sáng")
    commands.note_incident(
        by=SYSTEM,
        now=now,
        request_id=uuid5(held, "incident"),
        exhibition_id=held,
        held_on=day,
        at=time(9, 15),
        text="Mất điện trụ giữa 10 phút, đã nối lại (mô phỏng).",
        booth="B4",
    )


def _edition(held: UUID, now: datetime) -> int:
    return exhibitions.exhibition(SYSTEM, held, now=now).edition
