"""From a slogan to a banner in hand: the office writes and approves, a unit makes it and fetches it."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

SLOGAN = "Mỗi buôn một tổ công nghệ số"
IN_EDE = "Čih ƀuôn ơ̆ ư̆ ê̆"


def test_from_a_slogan_to_a_banner_in_hand(visit: Visit, sign_in: Callable[[Page, str], None]) -> None:
    office, unit, reader = visit(), visit(), visit(phone=True)
    sign_in(office, "thuongtruc@demo.vn")
    sign_in(unit, "cumgar@demo.vn")
    office.goto("/desk/outreach/slogans/new/")
    office.get_by_label("Khẩu hiệu", exact=True).fill(SLOGAN)
    office.get_by_label("Bằng tiếng Ê Đê").fill(IN_EDE)
    office.get_by_role("button", name="Thêm khẩu hiệu").click()
    expect(office.locator("h1")).to_contain_text(SLOGAN)

    artwork = _make(unit)
    office.goto(artwork)
    expect(office.locator("main")).to_contain_text("Cần xem")
    office.get_by_role("button", name="Duyệt", exact=True).click()
    expect(office.locator("main")).to_contain_text("Đã được nhắc khi duyệt")
    unit.goto(artwork)
    with unit.expect_download() as coming:
        unit.get_by_role("link", name="PDF để in (có tràn lề, dấu cắt)").click()
    page = pypdfium2.PdfDocument(coming.value.path().read_bytes())[0]
    words = page.get_textpage().get_text_range()
    assert SLOGAN in re.sub(r"\s+", " ", words)
    assert "Cư M’gar" in re.sub(r"\s+", " ", words)
    (code,) = zxingcpp.read_barcodes(page.render(scale=1600 / max(page.get_size())).to_pil())
    reader.goto(code.text)
    expect(reader).to_have_url(re.compile("/2023/outings/$"))

    picture = reader.request.get("/2023/messages/banner.png")
    assert picture.headers["content-type"] == "image/png"
    assert io.BytesIO(picture.body()).read(4) == b"\x89PNG"


def _make(unit: Page) -> str:
    """Make a banner from the slogan, look at it and hand it in; give its address."""
    unit.goto("/desk/outreach/new/")
    unit.get_by_label("Tên để tìm lại").fill("Băng rôn trước chợ")
    unit.get_by_label("Mẫu").select_option("banner")
    unit.get_by_label("Khẩu hiệu", exact=True).select_option(label=SLOGAN)
    unit.get_by_label("Dòng thứ hai bằng tiếng").select_option("rad")
    unit.get_by_label("Treo ngang qua đường?").select_option("yes")
    unit.get_by_role("button", name="Lưu bản nháp").click()
    drawn = unit.get_by_role("img", name=re.compile("^Hình ấn phẩm"))
    expect(drawn).to_be_visible()
    assert drawn.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1200
    unit.get_by_role("button", name="Gửi duyệt").click()
    expect(unit.locator("main")).to_contain_text("Chờ duyệt")
    return unit.url
