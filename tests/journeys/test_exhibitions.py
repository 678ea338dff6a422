"""From an application for a booth to a visit that is counted: the unit, an enterprise, a villager with a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.axe import faults
from tests.journeys.conftest import Visit
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

NAME, TITLE = "Ngày hội số buôn Wing", "Tem truy xuất hồ tiêu"


def test_from_an_application_to_a_visit(
    visit: Visit, sign_in: Callable[[Page, str], None], installation: Installation
) -> None:
    unit, firm, villager = visit(), visit(), visit(phone=True)
    sign_in(unit, "cumgar@demo.vn")
    sign_in(firm, "doanhnghiep@demo.vn")
    held = _hold(unit)
    application = _apply(firm, held)
    _give(unit, held, application)
    firm.goto(application)
    expect(firm.locator("main")).to_contain_text("Gian A1")
    code = firm.locator("dd", has_text=re.compile("^GH-")).inner_text()
    villager.goto("/2023/booths/?q=tem truy xuat ho tieu")
    villager.get_by_role("link", name=TITLE).click()
    expect(villager.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    assert faults(villager) == []
    villager.goto(f"/2023/booths/{code}/here/")
    villager.get_by_role("button", name="Tôi đã ghé gian hàng này").click()
    expect(villager.locator("main")).to_contain_text("Đã ghi một lượt ghé")
    assert villager.context.cookies() == []
    unit.goto(f"{held}days/2023-10-05/")
    expect(unit.get_by_role("row", name=re.compile("A1 ·"))).to_contain_text("1")
    assert installation.ask("SELECT 1 FROM exhibitions_boothvisit WHERE visited_on = '2023-10-05'")


def _hold(unit: Page) -> str:
    """Write an exhibition of today, paint a cell of its plan, open applications; give its page."""
    unit.goto("/desk/exhibitions/new/")
    for label, said in (
        ("Tên triển lãm", NAME),
        ("Ở xã, phường, huyện nào", "Quảng Phú"),
        ("Địa điểm", "Nhà cộng đồng"),
        ("Khai mạc ngày", "05/10/2023"),
        ("Đến hết ngày", "06/10/2023"),
        ("Hạn nhận đơn", "05/10/2023"),
        ("Lĩnh vực trưng bày, mỗi dòng một lĩnh vực", "Nông nghiệp số"),
    ):
        unit.get_by_label(label, exact=True).fill(said)
    unit.get_by_role("button", name="Lưu").click()
    unit.get_by_label("Sơ đồ: mỗi dòng một hàng ô").fill("LV .\n. +")
    unit.get_by_role("button", name="Hàng 1, cột 2").click()
    expect(unit.get_by_label("Sơ đồ: mỗi dòng một hàng ô")).to_have_value(re.compile(r"LV\s+A1"))
    unit.get_by_role("button", name="Lưu sơ đồ").click()
    expect(unit.locator("main")).to_contain_text("Sơ đồ đã lưu: 1 gian")
    unit.get_by_role("link", name=NAME).click()
    unit.get_by_role("button", name="Mở nhận đơn").click()
    expect(unit.locator("main")).to_contain_text("Đang nhận đơn")
    return unit.url


def _apply(firm: Page, held: str) -> str:
    """Apply for a booth; give the application's page."""
    firm.goto(held)
    firm.get_by_role("button", name="Nộp đơn xin gian hàng").click()
    firm.get_by_label("Gian hàng giới thiệu gì").fill(TITLE)
    firm.get_by_label("Sản phẩm, giải pháp, mỗi dòng một thứ").fill("Tem truy xuất: quét để biết rẫy nào")
    firm.get_by_role("button", name="Gửi đơn").click()
    expect(firm.locator("main")).to_contain_text("Chờ xem xét")
    return firm.url


def _give(unit: Page, held: str, application: str) -> None:
    """Take the application, propose and confirm the allocation, open the doors."""
    unit.goto(application)
    unit.get_by_role("button", name="Nhận đơn, đưa vào xếp gian").click()
    unit.goto(f"{held}allocation/")
    unit.get_by_role("button", name="Lập phương án").click()
    expect(unit.locator("main")).to_contain_text("Đề xuất (1)")
    unit.get_by_role("button", name="Chốt và báo cho doanh nghiệp").click()
    expect(unit.locator("main")).to_contain_text("Đã chốt (1)")
    unit.goto(held)
    unit.get_by_role("button", name="Mở cửa triển lãm").click()
    expect(unit.locator("main")).to_contain_text("Đang mở cửa")
