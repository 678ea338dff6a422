"""What the picture of each public page says: of an outing, a help desk, a guide, an offer, a release, news."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.helpdesks import queries as helpdesks
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date, format_time
from raquan.kernel.localized import in_language
from raquan.market import queries as market
from raquan.outings import queries as outings
from raquan.portal.drawing import Handbill
from raquan.press import queries as press
from raquan.press.rules import KIND_NAMES, Kind
from raquan.ui.texts import text

SERVICES_NAMED = 4


def outing_handbill(year: int, code: str) -> Handbill | None:
    """Say where and when an outing is, and with what it helps; None where no outing of the year has this code."""
    one = outings.outing_by_code(code)
    if one is None or one.year != year:
        return None
    return _handbill(
        campaigns.campaign_of_year(year),
        kind=gettext("Buổi hỗ trợ miễn phí"),
        title=one.site_name,
        when=f"{format_date(one.held_on)}, {format_time(one.starts_at)}–{format_time(one.ends_at)}",
        where=", ".join(part for part in (one.address, one.place_name) if part),
        what=_helps_with(one.service_names),
        code=one.code,
        address=reverse("outings_public:check", args=[year, one.code]),
        warning=gettext("Buổi này đã hủy. Xin đừng đến.") if one.state == "cancelled" else "",
    )


def desk_handbill(year: int, code: str, *, now: datetime) -> Handbill | None:
    """Say where a help desk is and with what it helps; None where no desk has this code."""
    one = helpdesks.help_desk_by_code(code, now=now)
    if one is None:
        return None
    return _handbill(
        campaigns.campaign_of_year(year),
        kind=gettext("Điểm hỗ trợ miễn phí"),
        title=one.site_name,
        when="; ".join(f"{line.days}: {line.hours}" for line in one.hours[:2]),
        where=", ".join(part for part in (one.address, one.place_name) if part),
        what=_helps_with(one.service_names),
        code=one.code,
        address=reverse("helpdesks_public:check", args=[year, one.code]),
        warning="" if one.opens_at else gettext("Điểm này đã ngừng. Xin đừng đến."),
    )


def guide_handbill(service_code: str, *, now: datetime) -> Handbill | None:
    """Say what a guide is to, and what to bring; None where no guide holds today."""
    language = get_language() or "vi"
    guides = catalogue.guides_on(local_date(now))
    guide = next((one for one in guides if one.service_code == service_code), None)
    if guide is None:
        return None
    bring = "; ".join(in_language(one, language) for one in guide.bring)
    return _handbill(
        campaigns.current_campaign(now),
        kind=gettext("Hướng dẫn từng bước"),
        title=in_language(guide.name, language),
        when=in_language(guide.cost, language) if guide.cost else "",
        what=gettext("Mang theo: %(things)s") % {"things": bring} if bring else "",
        address=reverse("portal:guide", args=[service_code]),
    )


def offer_handbill(year: int, code: str, *, now: datetime) -> Handbill | None:
    """Say what an offer gives, whose and until when; None for a code that was never shown in the year."""
    one = market.public_offer(code, now=now)
    if one is None or one.year != year:
        return None
    ended = gettext("Ưu đãi này đã kết thúc; không dùng được nữa.") if one.is_over else ""
    paused = gettext("Ưu đãi này đang tạm dừng; bà con chưa dùng được.") if one.state == "suspended" else ""
    return _handbill(
        campaigns.campaign_of_year(year),
        kind=gettext("Ưu đãi"),
        title=one.title,
        when=f"{format_date(one.starts_on)}–{format_date(one.ends_on)}",
        where="; ".join(name for _code, name in one.places) or gettext("Cả tỉnh"),
        what=one.organization_name,
        code=one.code,
        address=reverse("market_public:offer", args=[year, one.code]),
        warning=paused or ended,
        promise=gettext("Nhận ưu đãi không cần đưa mật khẩu hay mã OTP."),
    )


def press_handbill(year: int, kind: Kind, serial: int, *, now: datetime) -> Handbill | None:
    """Say what a release or a piece of news is about; None where it is not shown."""
    view = press.shown_publication(year, kind, serial, now=now)
    if view is None:
        return None
    withdrawn = view.line.state == "withdrawn"
    return _handbill(
        campaigns.campaign_of_year(year),
        kind=text(KIND_NAMES[kind]),
        title=view.line.title,
        when=format_date(view.line.dated_on),
        what="" if withdrawn else view.line.lead,
        address=view.line.href,
        warning=gettext("Bài này đã được thu hồi.") if withdrawn else "",
    )


def _helps_with(services: tuple[str, ...]) -> str:
    """Name the first services; the page has the rest."""
    more = "…" if len(services) > SERVICES_NAMED else ""
    return gettext("Giúp: %(services)s") % {"services": ", ".join(services[:SERVICES_NAMED]) + more} if services else ""


def _handbill(
    campaign: CampaignView | None, *, address: str, where: str = "", code: str = "", promise: str = "", **said: Any
) -> Handbill:
    synthetic = gettext("Bản dùng thử: thông tin mô phỏng, không có thật.")
    return Handbill(
        owner=campaign.province_name if campaign else gettext("Tỉnh Đắk Lắk"),
        where=where,
        code=code,
        scan=gettext("Quét mã để xem"),
        address=f"{settings.RAQUAN_PUBLIC_URL}{address}",
        promise=promise or gettext("Hỗ trợ là miễn phí. Không ai hỏi mật khẩu hay mã OTP của bà con."),
        synthetic=synthetic if campaign and campaign.is_synthetic else "",
        **said,
    )
