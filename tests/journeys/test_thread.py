"""The thread of the campaign, from the plan's task to what a villager sees."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

SITE = "Bộ phận một cửa huyện Cư M’gar (bài thử)"


def test_an_officer_plans_an_outing_and_a_villager_finds_it(visit: Visit, sign_in: Callable[[Page, str], None]) -> None:
    desk = visit()
    sign_in(desk, "cumgar@demo.vn")
    expect(desk.get_by_role("heading", level=1)).to_have_text(re.compile("Việc cần làm hôm nay"))

    code = _plan_outing(desk)

    phone = visit(phone=True)
    phone.goto(f"/2023/outings/{code}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(SITE)
    main = phone.locator("main")
    expect(main).to_contain_text("Buổi này có thật")
    expect(main).to_contain_text("06/10/2023")
    expect(main).to_contain_text("Không ai hỏi mã OTP")
    assert _is_wider_than_its_window(phone) is False

    phone.goto("/2023/outings/?q=Cư M'gar")
    expect(phone.locator("main")).to_contain_text(SITE)


def _plan_outing(desk: Page) -> str:
    """Plan an outing under a task of the plan, after a first try that is refused; give its code."""
    desk.goto("/desk/campaign/?q=hỗ trợ người dân")
    desk.get_by_role("link", name="Lên lịch ra quân cho nhiệm vụ này").first.click()
    expect(desk.get_by_label("Thuộc nhiệm vụ").locator("option:checked")).to_contain_text("hỗ trợ người dân")
    desk.get_by_label("Ngày", exact=True).fill("06/11/2023")
    desk.get_by_label("Bắt đầu lúc").fill("13:30")
    desk.get_by_label("Kết thúc lúc").fill("16:30")
    desk.get_by_label("Địa điểm", exact=True).select_option("new")
    desk.get_by_text("Thêm địa điểm mới", exact=True).click()
    desk.get_by_label("Tên địa điểm mới").fill(SITE)
    _choose(desk, "Xã, phường, thị trấn", "Quảng Phú")
    _choose(desk, "Tổ trưởng", "Y Mek")
    desk.get_by_label(re.compile("Mobile Money")).check()
    desk.get_by_role("button", name="Lên lịch").click()

    expect(desk.get_by_role("alert")).to_contain_text("nằm ngoài thời gian của chiến dịch")
    expect(desk.get_by_label("Bắt đầu lúc")).to_have_value("13:30")
    desk.get_by_label("Ngày", exact=True).fill("06/10/2023")
    desk.get_by_role("button", name="Lên lịch").click()

    desk.wait_for_url(re.compile(r"/desk/outings/[0-9a-f-]{36}/$"))
    expect(desk.locator("main")).to_contain_text("Đã lên lịch")
    return desk.locator(".outings-code").inner_text().strip()


def _choose(page: Page, label: str, part: str) -> None:
    """Choose the option of a list whose text holds a part."""
    box = page.get_by_label(label, exact=True)
    box.select_option(value=box.locator("option", has_text=part).first.get_attribute("value"))


def _is_wider_than_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
