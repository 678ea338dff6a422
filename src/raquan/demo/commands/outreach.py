"""Gives the demo slogans, a kit, artwork in every state and planned messages; all of it made up."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.demo.commands.ground import NotADemo
from raquan.demo.commands.market import MARK
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import VIETNAM, local_date
from raquan.outreach import commands
from raquan.outreach import queries as outreach
from raquan.outreach.rules import Channel, Draft, PostPlan
from raquan.people import queries as people
from raquan.people.rules import Level

SPACE = UUID("018b0000-0000-7000-8000-000000007a11")
SLOGANS: tuple[dict[str, str], ...] = (
    # The words in Ê Đê and M'Nông show letters, not a translation: nobody who speaks them has written them.
    {
        "vi": "Khai thác dữ liệu số để tạo ra giá trị",
        "en": "Put digital data to use, create value",
        "rad": "(Mô phỏng) ƀuôn sang čiăng hriăm, ơ̆ ư̆ ê̆ ŏ ĭ",
        "cmo": "(Mô phỏng) ƀon lan nau nti, ŏ ĭ ŭ",
    },
    {"vi": "Dịch vụ công trực tuyến: ngồi nhà vẫn nộp được hồ sơ", "en": "Public services online: apply from home"},
    {"vi": "Không ai hỏi mật khẩu hay mã OTP của bà con", "en": "Nobody asks for your password or one-time code"},
)
TEXT = (
    "Sáng thứ Bảy, tổ công nghệ số hướng dẫn bà con cài VNeID và nộp hồ sơ trực tuyến ở nhà văn hóa. "
    "Mời bà con mang theo điện thoại. Không mất tiền.\n(Dữ liệu mô phỏng)"
)


def load_outreach(now: datetime) -> None:
    """Make it all; the same again is the same."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    said = commands.KitTexts(
        shown_name="Ngày Chuyển đổi số 10/10",
        host="UBND tỉnh Đắk Lắk",
        doer="(Mô phỏng) Sở Thông tin và Truyền thông, 08 Lý Thái Tổ, Buôn Ma Thuột",
        call="Quét mã để tìm nơi hỗ trợ gần nhà",
    )
    if outreach.kit(campaign).edition == 0:
        commands.set_kit(by=SYSTEM, now=now, campaign_id=campaign.id, said=said, seen=0)
    slogans = [
        commands.add_slogan(
            by=SYSTEM, now=now, request_id=uuid5(SPACE, f"slogan {number}"), campaign_id=campaign.id, texts=texts
        )
        for number, texts in enumerate(SLOGANS)
    ]
    units = [one.id for one in people.organizations_of_level(Level.DEPARTMENT.value, Level.DISTRICT.value)][:3]
    made = [
        _artwork(now, number, campaign, units[whose % len(units)], slogans[which], state, draft)
        for number, (whose, which, state, draft) in enumerate(_artworks(campaign.starts_on, campaign.ends_on))
    ]
    _plan(now, campaign, units, made)


def _artworks(first: date, last: date) -> list[tuple[int, int, str, Draft]]:
    """Give whose, of which slogan, how far it goes, and what it says."""
    usual: dict[str, Any] = {"starts_on": first, "ends_on": last}
    street: dict[str, Any] = {"place": "Trước trụ sở (mô phỏng)", "is_across_road": False, "hides_signs": False}
    said: list[tuple[int, int, str, str, str, dict[str, Any]]] = [
        (0, 0, "approved", "banner", "Băng rôn chung của tỉnh", {"is_for_units": True, "second": "rad"} | street),
        (0, 0, "approved", "poster", "Áp phích chung của tỉnh", {"is_for_units": True, "line": "Mời bà con đến."}),
        (0, 2, "approved", "post", "Ảnh nhắc không đưa mã OTP", {"is_for_units": True}),
        (0, 0, "approved", "share", "Ảnh chia sẻ liên kết", {"is_for_units": True}),
        (0, 0, "approved", "frame", "Khung ảnh đại diện", {"is_for_units": True}),
        (1, 1, "submitted", "standee", "Standee ở bộ phận một cửa", street | {"is_across_road": None}),
        (1, 1, "returned", "led", "Màn hình LED ở ngã sáu", {"has_brand": True}),
        (2, 1, "drafted", "loudspeaker", "Lời đọc loa buổi sáng", {"line": "Mời bà con đến nhà văn hóa."}),
        (2, 0, "approved", "email", "Chân thư của sở", {}),
    ]
    return [
        (whose, which, state, Draft(design=design, title=f"{MARK}{title}", **(usual | more)))
        for whose, which, state, design, title, more in said
    ]


def _artwork(
    now: datetime, number: int, campaign: CampaignView, whose: UUID, slogan_id: UUID, state: str, draft: Draft
) -> UUID:
    artwork_id = commands.draft_artwork(
        by=SYSTEM,
        now=now,
        request_id=uuid5(SPACE, f"artwork {number}"),
        campaign_id=campaign.id,
        organization_id=whose,
        slogan_id=slogan_id,
        draft=draft,
    )
    asked: dict[str, Any] = {"by": SYSTEM, "now": now, "artwork_id": artwork_id}
    if outreach.artwork(SYSTEM, artwork_id, now=now).state == "drafted" and state != "drafted":
        commands.submit_artwork(**asked, seen=1)
        if state == "approved":
            commands.approve_artwork(**asked, seen=2)
        elif state == "returned":
            commands.return_artwork(**asked, seen=2, reason=f"{MARK}Bỏ nhãn hiệu cửa hàng ở góc.")
    return artwork_id


def _plan(now: datetime, campaign: CampaignView, units: list[UUID], artworks: list[UUID]) -> None:
    today = local_date(now)
    said: list[tuple[int, Channel, int, int, str, int | None]] = [
        (0, Channel.PORTAL, -1, 7, "Sáng thứ Bảy mời bà con đến nhà văn hóa", 3),
        (0, Channel.FACEBOOK, -1, 9, "Ảnh nhắc không đưa mã OTP", 2),
        (0, Channel.ZALO, 1, 8, "Tin Zalo mời dự lễ phát động", 0),
        (1, Channel.LOUDSPEAKER, 1, 5, "Loa xã buổi sáng", None),
        (1, Channel.RADIO, 2, 18, "Phát thanh huyện", None),
        (2, Channel.LED, -2, 6, "Màn hình LED ở ngã sáu", None),
    ]
    for number, (whose, channel, days, hour, title, which) in enumerate(said):
        at = datetime.combine(today + timedelta(days=days), time(hour), VIETNAM)
        commands.plan_post(
            by=SYSTEM,
            now=now,
            request_id=uuid5(SPACE, f"post {number}"),
            campaign_id=campaign.id,
            organization_id=units[whose % len(units)],
            plan=PostPlan(channel, at, f"{MARK}{title}", TEXT, who="Người Mô Phỏng"),
            artwork_id=None if which is None else artworks[which],
        )
