"""Gives the demo enterprises that exist nowhere, with offers in every state and results of some."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.rules import ENTERPRISE_LOGIN, PASSWORD
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.market import commands
from raquan.market import queries as market
from raquan.market.rules import Draft, Particulars, PromotionForm, Redeem
from raquan.people import commands as people
from raquan.people.rules import Level, Role

MARK = "(Mô phỏng) "
PRIVATE_ADDRESS = "demo-registration-0001"
SPACE = UUID("018b0000-0000-7000-8000-0000000d0ff3")
ENTERPRISES = ("Hợp tác xã Cà phê Buôn Thử", "Ví điện tử Cao Nguyên", "Siêu thị điện máy Hồ Thử", "Sàn nông sản Đất Đỏ")
TERMS = "Dữ liệu mô phỏng: doanh nghiệp và ưu đãi này không có thật."
HOW = "Đưa mã ưu đãi cho nhân viên ở quầy, hoặc làm theo hướng dẫn trên trang."


def load_market(now: datetime) -> None:
    """Register the enterprises and take their offers as far as each goes; the same again is the same."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    with transaction.atomic():
        made = [
            people.register_organization(by=SYSTEM, now=now, name=f"{MARK}{name}", level=Level.ENTERPRISE)
            for name in ENTERPRISES
        ]
        _officer(now, made[0])
        for number, (whose, state, draft) in enumerate(_offers(campaign.starts_on, campaign.ends_on)):
            _offer(now, number, campaign.id, made[whose], state, draft)
        told = Particulars(
            name=f"{MARK}Cửa hàng Máy tính Thử",
            tax_code="6000000001",
            address="Buôn Ma Thuột",
            contact_name="Người Mô Phỏng",
            contact_login="maytinh@demo.vn",
            about="Giảm giá thẻ nhớ cho bà con cài ứng dụng.",
        )
        commands.send_registration(now=now, token=PRIVATE_ADDRESS, told=told)


def _officer(now: datetime, organization_id: UUID) -> None:
    user_id = people.create_user(
        by=SYSTEM, now=now, full_name="Đinh Thị Thử", login=ENTERPRISE_LOGIN, password=PASSWORD
    )
    people.give_duty(
        by=SYSTEM,
        now=now,
        user_id=user_id,
        role=Role.ENTERPRISE_OFFICER,
        organization_id=organization_id,
        starts_on=local_date(now).replace(month=1, day=1),
    )


def _offer(now: datetime, number: int, campaign_id: UUID, whose: UUID, state: str, draft: Draft) -> None:
    offer_id = commands.draft_offer(
        by=SYSTEM,
        now=now,
        request_id=uuid5(SPACE, str(number)),
        campaign_id=campaign_id,
        organization_id=whose,
        draft=draft,
    )
    if market.offer(SYSTEM, offer_id, now=now)[0].state != "draft":
        return
    # As if three weeks before: the shortest of them was over when the demo begins.
    asked: dict[str, Any] = {"by": SYSTEM, "now": now - timedelta(weeks=3), "offer_id": offer_id}
    for seen, act in enumerate((commands.submit_offer, commands.approve_offer, commands.publish_offer), start=1):
        if state == "draft" or (state == "submitted" and seen > 1):
            return
        act(**asked, seen=seen)
    if state == "suspended":
        commands.suspend_offer(**asked, seen=4, reason=f"{MARK}Tạm hết thẻ nhớ.")
    else:
        month = min(draft.ends_on, local_date(now))
        commands.state_result(**asked | {"now": now}, month=month, redeemed=40 + 17 * number, new_customers=5 + number)


def _offers(first: date, last: date) -> list[tuple[int, str, Draft]]:
    """Give whose, how far it goes, and what it says."""
    free, cut, voucher = PromotionForm.SAMPLE, PromotionForm.DISCOUNT, PromotionForm.VOUCHER
    usual: dict[str, Any] = {"starts_on": first, "ends_on": last, "terms": TERMS, "how_to_use": HOW}
    link = {"redeem": Redeem.LINK, "link": "https://example.vn/uu-dai"}
    near = {"place_codes": ("648",), "where": "Quầy ở chợ trung tâm (mô phỏng)"}
    said: list[tuple[int, str, str, PromotionForm, dict[str, Any]]] = [
        (
            0,
            "published",
            "Giảm 20% cà phê rang xay khi trả bằng VietQR",
            cut,
            {"percent": 20, "days_before": 0} | near | _for("vietqr"),
        ),
        (1, "published", "Miễn phí mở ví và chuyển tiền lần đầu", free, link | _for("e_wallet", "mobile_money")),
        (
            2,
            "published",
            "Tặng thẻ nhớ 32 GB khi cài ứng dụng của tỉnh",
            PromotionForm.GIFT,
            near | _for("dak_lak_online", "vneid_level2"),
        ),
        (3, "published", "Phiếu 50.000 đồng cho đơn đầu tiên trên sàn", voucher, link | _for("postmart", "voso")),
        (0, "suspended", "Tặng gói cà phê dùng thử cho hộ kinh doanh mới", free, near),
        (1, "submitted", "Giảm 60% phí thanh toán hóa đơn điện", cut, {"percent": 60} | link | _for("utility_payment")),
        (0, "draft", "Khách quen: mua mười tặng một", PromotionForm.LOYALTY, {}),
        (
            2,
            "published",
            "Giảm 15% phụ kiện, chỉ ba ngày đầu",
            cut,
            {"percent": 15, "ends_on": first + timedelta(days=2)},
        ),
    ]
    return [
        (whose, state, Draft(title=f"{MARK}{title}", form=form, **(usual | more)))
        for whose, state, title, form, more in said
    ]


def _for(*services: str) -> dict[str, Any]:
    return {"service_codes": services}
