"""Takes the field app's screenshots as a helper sees it: one phone, a whole day, every screen at 360 x 640."""

import gzip
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import segno
from playwright.sync_api import Browser, Page, Route, ViewportSize

from raquan.cards.rules import card_path, to_words
from raquan.demo.rules.accounts import CU_MGAR_CODE, CU_MGAR_OUTING, FIELD_CODE
from raquan.demo.rules.cards import card_code

SMALL = ViewportSize(width=360, height=640)
MANY, UNSENT = 200, 14
RECORDED = 2
"""How many records the screens before the many have made."""

DEMO_SEED = 2023

NEXT_PEOPLE = (Path(__file__).parents[1] / "tests" / "journeys" / "next_people.js").read_text()
"""Saves for so many people what the last one was helped with, as fast as the app lets one."""

CARD_BEFORE_CAMERA = """(picture) => {
  const image = new Image()
  image.src = picture
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 420
    const sheet = canvas.getContext('2d')
    setInterval(() => {
      sheet.fillStyle = '#8a8f8a'
      sheet.fillRect(0, 0, 420, 420)
      sheet.fillStyle = '#fff'
      sheet.fillRect(40, 150, 380, 300)
      sheet.drawImage(image, 90, 200, 300, 300)
    }, 50)
    return canvas.captureStream(15)
  }
}"""
"""A printed card that is held too low, so that its code is not whole in the frame."""

Shoot = Callable[[str], None]


def tour(browser: Browser, address: str, folder: Path, wanted: Callable[[str], bool]) -> None:
    """Walk through the app on a phone of its own and take the figures that are wanted."""
    context = browser.new_context(viewport=SMALL, locale="vi-VN", device_scale_factor=1)
    page = context.new_page()

    def shoot(name: str) -> None:
        if wanted(f"field-{name}"):
            page.wait_for_timeout(300)  # fonts, and the focus where it belongs
            page.screenshot(path=folder / f"field-{name}.png")
            print(f"field-{name}.png")

    page.goto(f"{address}/field/")
    for part in (_arrive, _record, _cards, _phone, _fill, _put_right, _read, _lock):
        part(page, shoot)
    context.close()


def _go(page: Page, path: str) -> None:
    page.evaluate("path => { location.hash = `#/${path}` }", path)
    page.wait_for_timeout(200)
    page.evaluate("window.scrollTo(0, 0)")


def _press(page: Page, name: str, *, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).first.click()


def _arrive(page: Page, shoot: Shoot) -> None:
    page.get_by_label("Mã cá nhân").wait_for()
    shoot("sign-in")
    page.get_by_label("Mã cá nhân").fill(FIELD_CODE)
    page.get_by_label("Tên máy").fill("Máy của Bình")
    _press(page, "Bắt đầu")
    page.get_by_role("link", name="Ghi lượt hỗ trợ").first.wait_for()
    page.get_by_text("Lịch tải lúc").wait_for()
    shoot("today-empty")
    _go(page, "records")
    shoot("records-empty")


def _record(page: Page, shoot: Shoot) -> None:
    _go(page, f"record/{CU_MGAR_OUTING}")
    shoot("record")
    _press(page, "Đăng ký khai sinh")
    shoot("record-result")
    _press(page, "Đã nộp hồ sơ")
    shoot("record-how")
    _press(page, "Cầm tay chỉ việc", exact=False)
    page.get_by_role("heading", name="Đã lưu trên máy").wait_for()
    shoot("saved")


def _cards(page: Page, shoot: Shoot) -> None:
    code = card_code(DEMO_SEED, CU_MGAR_CODE, 8)
    picture = segno.make_qr(card_path(code), error="q").png_data_uri(scale=6, border=4)
    page.evaluate(CARD_BEFORE_CAMERA, picture)
    _press(page, "Người tiếp theo", exact=False)
    _press(page, "Quét thẻ")
    page.get_by_text("Đưa mã vào khung").wait_for()
    shoot("card-scan")
    _press(page, "Đóng")
    words = to_words(code)
    _type_card(page, words[:-3])
    shoot("card-words")
    _type_card(page, words)
    page.get_by_text("Đã quét thẻ").wait_for()
    _press(page, "Tự làm", exact=False)
    _press(page, "Người tiếp theo", exact=False)
    _press(page, "Quét thẻ")
    _press(page, "Đóng")
    _type_card(page, words)
    page.get_by_text("Đã gặp hôm nay").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    shoot("card-met")


def _type_card(page: Page, words: Sequence[str]) -> None:
    page.get_by_label("16 chữ trên thẻ, không cần dấu").fill(" ".join(words))
    _press(page, "Dùng thẻ này")


def _phone(page: Page, shoot: Shoot) -> None:
    _go(page, "phone")
    _press(page, "Kiểm tra máy")
    page.get_by_text("Tổ trưởng đã được báo").wait_for()
    shoot("ready")
    _go(page, "relay")
    shoot("relay-nothing")


def _fill(page: Page, shoot: Shoot) -> None:
    """Make many records, some of which the server has, and one that it returns."""
    _go(page, f"record/{CU_MGAR_OUTING}")
    page.evaluate(NEXT_PEOPLE, MANY - RECORDED - UNSENT - 1)
    _send(page)
    page.route("**/api/field/v1/sync", _of_another_form)
    page.evaluate(NEXT_PEOPLE, 1)
    page.get_by_text("1 lượt bị trả lại").wait_for()
    page.unroute("**/api/field/v1/sync")
    page.route("**/api/field/v1/**", lambda route: route.abort())
    page.evaluate(NEXT_PEOPLE, UNSENT)
    while not page.get_by_text("ứng dụng sẽ tự gửi lại").is_visible():  # it may be sending by itself in this moment
        _press(page, "Gửi ngay")
        page.wait_for_timeout(1000)
    _go(page, "")
    shoot("today-200")
    _go(page, "records")
    shoot("records-200")
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    shoot("records-200-more")
    _go(page, "relay")
    shoot("relay")
    page.unroute("**/api/field/v1/**")
    _send(page)


def _send(page: Page) -> None:
    page.get_by_role("button", name="Gửi ngay").click()
    page.get_by_text("Chưa gửi 0", exact=True).wait_for(timeout=60_000)


def _of_another_form(route: Route) -> None:
    """Send the records as of a form that the server does not know: what it says to that is its own."""
    body = route.request.post_data_buffer or b""
    envelope = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    for item in envelope["items"]:
        item["payload"] = item["payload"].replace(' id="assist"', ' id="phieu-cu"')
        item["sha256"] = hashlib.sha256(item["payload"].encode()).hexdigest()
    headers = {name: value for name, value in route.request.headers.items() if name != "content-encoding"}
    route.continue_(post_data=json.dumps(envelope), headers=headers)


def _put_right(page: Page, shoot: Shoot) -> None:
    _go(page, "records/returned")
    shoot("returned")
    page.locator("ul.rows a").first.click()
    page.get_by_role("button", name="Sửa và gửi lại").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    shoot("returned-one")
    _go(page, "records/received")
    page.locator("ul.rows a").first.click()
    page.get_by_text("Chữ ký của máy chủ đúng").scroll_into_view_if_needed()
    shoot("received-one")
    page.evaluate("window.scrollTo(0, 0)")
    page.get_by_role("link", name="Thêm ảnh").first.click()
    page.get_by_text("Trong ảnh có nhận ra ai không?").wait_for()
    shoot("photo")


def _read(page: Page, shoot: Shoot) -> None:
    _go(page, "guides")
    shoot("guides")
    page.locator("ul.rows a").first.click()
    page.get_by_role("heading", name="Các bước").wait_for()
    shoot("guide")
    _go(page, "phone")
    page.get_by_role("switch", name="Tương phản cao").click()
    _go(page, "")
    shoot("contrast")
    _go(page, f"record/{CU_MGAR_OUTING}")
    shoot("contrast-record")
    _go(page, "phone")
    page.get_by_role("switch", name="Tương phản cao").click()
    _press(page, "200 %")
    _go(page, "")
    shoot("large")
    _go(page, f"record/{CU_MGAR_OUTING}")
    shoot("large-record")
    _go(page, "records")
    shoot("large-records")
    _go(page, "phone")
    _press(page, "100 %")


def _lock(page: Page, shoot: Shoot) -> None:
    page.route("**/api/field/v1/**", lambda route: route.abort())
    _go(page, f"record/{CU_MGAR_OUTING}")
    page.evaluate(NEXT_PEOPLE, 3)
    _go(page, "phone")
    _press(page, "Khóa lại ngay: Trần Văn Bình")
    _go(page, "")
    page.get_by_role("heading", name="Nhập mã cá nhân để mở").wait_for()
    shoot("locked")
