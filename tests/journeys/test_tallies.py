"""Tally sheets from the printer to the figure: by page with a photo, by Excel, twice, and beside records."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.collect import Collect
from tests.journeys.conftest import Visit
from tests.journeys.installation import Installation, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

OUTING = "CMG-7K2Q"
SERVICE, FILED = "birth_registration", "filed"
SECONDS_A_TAP, MOST_SECONDS = 2, 120
GUIDED = 1  # the second box of a row: hand in hand

SignIn = Callable[[Page, str], None]


class Taps:
    """Counts what a thumb does on a phone: a tap for each button, box and digit."""

    def __init__(self) -> None:
        self.count = 0

    def tap(self, what: Locator) -> None:
        self.count += 1
        what.click()

    def type(self, where: Locator, text: str) -> None:
        self.tap(where)
        self.count += len(text)
        where.press_sequentially(text)


def test_sheets_are_printed_entered_and_counted_once(
    visit: Visit, sign_in: SignIn, installation: Installation, tmp_path: Path
) -> None:
    before = installation.figure("assists", "--by", "service")
    desk, phone = visit(), visit(phone=True)
    sign_in(desk, "cumgar@demo.vn")
    sign_in(phone, "hotro@demo.vn")
    by_page, by_excel, beside = _issue_and_print(desk, tmp_path)

    late, other = _open_before(desk, by_page), _open_before(desk, by_page)
    taps = _enter_on_a_phone(phone, by_page)
    assert taps * SECONDS_A_TAP <= MOST_SECONDS, f"{taps} taps"
    _enter_twice(late, other)
    _enter_by_excel(desk, by_excel, tmp_path)
    _send_records(installation, 4)
    _enter_beside_records(desk, beside)

    # 12 by page and 9 by Excel; of 6 who stand on a sheet and were recorded too, 4 by their records.
    def counted() -> tuple[int, int]:
        grades = installation.figure("assists", "--by", "service")["grades"]
        return tuple(grades[one] - before["grades"][one] for one in ("counted", "tallied"))

    wait_until(lambda: counted() == (4, 12 + 9 + 2), "the sheets are not in the figure")
    _open_down(desk, [by_page, by_excel, beside])
    desk.goto(f"/desk/records/tally/{beside}/")
    expect(desk.locator("main")).to_contain_text("2 lượt, mức tin cậy: kiểm đếm theo phiếu")
    expect(desk.locator("main")).to_contain_text("4 lượt, không tính lần nữa")


def _issue_and_print(desk: Page, folder: Path) -> list[str]:
    """Number three sheets on the outing's page, and print them."""
    desk.goto(f"/desk/outings/?q={OUTING}")
    desk.goto(f"/desk/outings/{_outing_id(desk)}/")
    desk.get_by_label("Số phiếu").fill("3")
    desk.get_by_role("button", name="Thêm phiếu").click()
    papers = desk.locator(".tally-paper")
    expect(papers).to_have_count(3)
    numbers = [papers.nth(n).locator(".tally-paper__title strong").inner_text() for n in range(3)]
    assert all(number.startswith(f"{OUTING}-P") for number in numbers)
    expect(papers.first.locator(".tally-paper__qr svg")).to_be_visible()
    pdf = desk.pdf(path=folder / "phieu.pdf", prefer_css_page_size=True)
    # Eight services fill both sides of a sheet; each begins on a side of its own.
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 6
    return numbers


def _outing_id(desk: Page) -> str:
    link = desk.locator("main a[href*='/desk/outings/']", has_text=OUTING).first
    return str(link.get_attribute("href")).rstrip("/").rpartition("/")[2]


def _open_before(desk: Page, number: str) -> Page:
    """Open the page on which a blank sheet is entered, in a window that stays open."""
    page = desk.context.new_page()
    page.goto(f"/desk/records/tally/{number}/enter/")
    return page


def _boxes(page: Page) -> Locator:
    """Find the boxes of those who handed in an application to register a birth."""
    return page.locator("tr", has=page.get_by_label(re.compile(r"khai sinh.*Nộp hồ sơ", re.IGNORECASE)).first).locator(
        "input"
    )


def _enter_on_a_phone(phone: Page, number: str) -> int:
    """Enter a sheet with its photo from where its QR code leads; count the taps."""
    taps = Taps()
    phone.goto(f"/desk/records/tally/{number}/")
    taps.tap(phone.get_by_role("button", name="Nhập phiếu này"))
    boxes = _boxes(phone)
    taps.type(boxes.nth(0), "3")
    taps.type(boxes.nth(GUIDED), "9")
    expect(phone.locator("#tally-sum")).to_contain_text("Cộng: 12")
    taps.tap(phone.get_by_label("Không, những người này chỉ có trên phiếu"))
    taps.type(phone.get_by_label("Tổng cộng ghi trên phiếu"), "12")
    with phone.expect_file_chooser() as choosing:
        taps.tap(phone.get_by_label("Ảnh chụp phiếu"))
    taps.count += 2  # the shutter, and that it is good
    photo = phone.screenshot(type="jpeg", quality=60)
    choosing.value.set_files({"name": "phieu.jpg", "mimeType": "image/jpeg", "buffer": photo})
    taps.tap(phone.get_by_role("button", name="Lưu phiếu"))
    expect(phone.locator("main")).to_contain_text("Đã nhập phiếu: 12 lượt")
    address = phone.get_by_role("link", name="Mở ảnh").get_attribute("href")
    kept = phone.request.get(str(address))
    assert (kept.status, kept.headers["content-type"]) == (200, "image/jpeg")
    return taps.count


def _enter_twice(late: Page, other: Page) -> None:
    """Enter the same sheet from windows that were opened before it was: the same content, and other content."""
    for page, guided in ((late, "9"), (other, "10")):
        _boxes(page).nth(0).fill("3")
        _boxes(page).nth(GUIDED).fill(guided)
        page.get_by_label("Không, những người này chỉ có trên phiếu").check()
        page.get_by_role("button", name="Lưu phiếu").click()
    expect(late.locator("main")).to_contain_text("đã được nhập với đúng nội dung như vậy")
    expect(other.get_by_role("alert")).to_contain_text("đã nhập 12 lượt; lần này là 13 lượt")
    expect(_boxes(other).nth(GUIDED)).to_have_value("10")  # what was typed stays


def _enter_by_excel(desk: Page, number: str, folder: Path) -> None:
    """Fill in the sheet's worksheet of the template, and send it twice."""
    desk.goto(f"/desk/records/tally/{number}/")
    desk.locator("nav a, main a, .govuk-breadcrumbs a", has_text=OUTING).first.click()
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="Tải tệp Excel để điền").click()
    path = folder / "phieu.xlsx"
    coming.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book[number]
    row = next(one for one in sheet.iter_rows() if one[-1].value == f"{SERVICE}|{FILED}")
    row[2 + GUIDED].value = 9
    sheet["B4"] = "không"
    book.save(path)
    for said in ("Đã nhập 1 phiếu", "đã nhập từ trước với đúng nội dung này"):
        desk.goto("/desk/records/tally/workbook/")
        desk.get_by_label("Tệp Excel đã điền").set_input_files(path)
        desk.get_by_role("button", name="Gửi tệp").click()
        expect(desk.get_by_role("status")).to_contain_text(said)


def _send_records(installation: Installation, count: int) -> None:
    collect = Collect(installation.address, OUTING)
    collect.prepare()
    for _ in range(count):
        assert collect.send(collect.record(f"uuid:{uuid4()}")) == 201


def _enter_beside_records(desk: Page, number: str) -> None:
    """Enter a sheet whose people were recorded too."""
    desk.goto(f"/desk/records/tally/{number}/enter/")
    _boxes(desk).nth(GUIDED).fill("6")
    desk.get_by_label("Có, một số hoặc tất cả đã có bản ghi trên điện thoại").check()
    desk.get_by_role("button", name="Lưu phiếu").click()
    expect(desk.locator("main")).to_contain_text("Đã nhập phiếu: 6 lượt")


def _open_down(desk: Page, numbers: list[str]) -> None:
    """From the figure, which tells what was tallied apart, to the row's sheets, and to one of them."""
    desk.goto("/desk/figures/assists/?by=service")
    expect(desk.locator("main")).to_contain_text(re.compile(r"kiểm đếm theo phiếu: [\d.]+"))
    desk.get_by_role("row", name=re.compile("khai sinh", re.IGNORECASE)).get_by_role("link").click()
    cells = desk.get_by_role("table", name="Ô của phiếu kiểm đếm")
    for number in numbers:
        expect(cells.get_by_role("link", name=number).first).to_be_visible()
    cells.get_by_role("link", name=numbers[0]).first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(numbers[0])
