"""A helper's phone: the server goes, records are made, the phone dies, both come back, each record is received once."""

from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from raquan.cards.rules import card_path, mark_of, to_words, written
from raquan.demo.rules.accounts import CU_MGAR_CODE, FIELD_CODE
from raquan.demo.rules.cards import card_code
from tests.journeys.installation import Installation, wait_until
from tests.journeys.phone import (
    CAMERA,
    DEMO_SEED,
    SMALL,
    Phone,
    all_received_once,
    answer,
    faults_of_screen,
    make_ready,
    open_outing,
    received,
    save,
    sign_in,
    stored,
    tap,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

LOSE_ANSWERS = """() => {
  const real = window.fetch
  window.fetch = async (url, ...rest) => {
    const answer = await real(url, ...rest)
    if (String(url).endsWith('/sync')) throw new TypeError('Failed to fetch')
    return answer
  }
}"""
BELOW = """() => document.documentElement.scrollHeight
  - document.getElementById('app').getBoundingClientRect().bottom - window.scrollY"""
"""How much blank page stands under the app."""

SHOWN = """SELECT card_id, COUNT(*) FROM capture_assist
  WHERE card_id IS NOT NULL AND NOT is_synthetic GROUP BY card_id HAVING COUNT(*) = 2"""
LATEST = "SELECT payload FROM capture_submission WHERE NOT is_synthetic ORDER BY id DESC LIMIT 2"


def test_records_made_without_a_server_are_received_once(own: Installation, phone: Phone) -> None:
    page = phone.start()
    expect(page.get_by_label("Mã cá nhân")).to_be_visible()
    assert faults_of_screen(page) == []
    sign_in(page)
    make_ready(page)
    assert faults_of_screen(page) == []
    phone.kill()
    own.kill()

    page = phone.start()
    expect(page.get_by_role("heading", name="Ca của tôi hôm nay")).to_be_visible()
    assert faults_of_screen(page) == []
    open_outing(page)
    assert faults_of_screen(page) == []
    tap(page, "Đăng ký khai sinh")
    assert faults_of_screen(page) == []
    tap(page, "Đã nộp hồ sơ")
    assert faults_of_screen(page) == []
    save(page, "Cầm tay chỉ việc")
    assert faults_of_screen(page) == []
    page.get_by_role("button", name="Người tiếp theo").click()
    save(page, "Tự làm")
    page.get_by_role("button", name="Người tiếp theo").click()
    page.get_by_role("button", name="Đổi Kết quả").click()
    tap(page, "Mới được hướng dẫn, chưa làm được")
    expect(page.get_by_role("button", name="Tự làm")).to_be_disabled()
    tap(page, "Không có sóng hoặc sóng yếu")
    save(page, "Cầm tay chỉ việc")
    phone.kill()

    page = phone.start()
    expect(page.get_by_text("Đã lưu trên máy 3")).to_be_visible()
    expect(page.get_by_text("Chưa gửi 3", exact=True)).to_be_visible()
    open_outing(page)
    page.get_by_role("button", name="Đổi Dịch vụ").click()
    tap(page, "Đăng ký thường trú")
    expect(page.get_by_role("button", name="Đổi Dịch vụ")).to_be_visible()
    wait_until(lambda: len(stored(page, "drafts")) == 1, "a draft is kept at every change")
    phone.kill()

    page = phone.start()
    page.get_by_role("link", name="Ghi tiếp lượt đang dở").click()
    expect(page.get_by_text("Đăng ký thường trú")).to_be_visible()
    save(page, "Làm hộ")
    page.get_by_role("button", name="Người tiếp theo").click()
    save(page, "Làm hộ")
    expect(page.get_by_text("Chưa gửi 5", exact=True)).to_be_visible()
    assert {row["state"] for row in stored(page, "records")} <= {"saved", "sent"}

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)
    all_received_once(page, own, 5)
    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("listitem").filter(has_text="Đã nhận")).to_have_count(5)
    assert faults_of_screen(page) == []
    page.get_by_role("listitem").last.get_by_role("link").click()
    expect(page.get_by_text("Chữ ký của máy chủ đúng")).to_be_visible()
    assert faults_of_screen(page) == []


def test_an_answer_that_is_lost_makes_no_second_record(own: Installation, phone: Phone) -> None:
    page = phone.start()
    sign_in(page)
    page.evaluate(LOSE_ANSWERS)
    open_outing(page)
    answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    save(page, "Tự làm")
    wait_until(lambda: received(page, own) == 1, "the record has arrived")
    expect(page.get_by_text("Chưa gửi 1", exact=True)).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible()
    all_received_once(page, own, 1)


def test_a_card_is_read_without_a_server_and_counts_one_person(own: Installation, phone: Phone) -> None:
    page = phone.start()
    sign_in(page)
    make_ready(page)
    own.kill()

    code = card_code(DEMO_SEED, CU_MGAR_CODE, 9)
    picture = segno.make_qr(own.address + card_path(code), error="q").png_data_uri(scale=6, border=4)
    page.evaluate(CAMERA, None)
    open_outing(page)
    page.get_by_role("button", name="Quét thẻ").click()
    expect(page.get_by_text("Máy ảnh đang bị chặn.")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()
    page.get_by_label("16 chữ trên thẻ, không cần dấu").fill(" ".join(to_words(code)))
    page.get_by_role("button", name="Dùng thẻ này").click()
    expect(page.get_by_text("Đã quét thẻ")).to_be_visible()
    answer(page, "Đăng ký khai sinh", "Đã cài ứng dụng")
    save(page, "Tự làm")

    page.evaluate(CAMERA, picture)
    page.get_by_role("button", name="Người tiếp theo").click()
    page.get_by_role("button", name="Quét thẻ").click()
    expect(page.get_by_text("Đã gặp hôm nay: Đăng ký khai sinh, Đã cài ứng dụng")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Làm tiếp: Đăng ký khai sinh").click()
    save(page, "Cầm tay chỉ việc")

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)
    all_received_once(page, own, 2)
    payloads = [bytes(row[0]).decode() for row in own.ask(LATEST)]
    assert len(payloads) == 2
    assert all(mark_of(code) in one and written(code) not in one for one in payloads)
    wait_until(lambda: len(own.ask(SHOWN)) == 1, "both records are facts, of one card")
    assert own.ask(SHOWN)[0][1] == 2


def test_records_travel_by_file_while_their_phone_is_locked(
    own: Installation, phone: Phone, browser: Browser, tmp_path: Path
) -> None:
    page = phone.start()
    sign_in(page)
    page.route("**/api/field/v1/**", lambda route: route.abort())
    open_outing(page)
    answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    save(page, "Tự làm")
    page.get_by_role("button", name="Người tiếp theo").click()
    save(page, "Làm hộ")
    assert all("sealed" in row and "payload" not in row for row in stored(page, "records"))
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("link", name="Mở trang gửi nhờ").click()
    bundle = _saved(page, "Lưu bản dự phòng", tmp_path)
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("ứng dụng sẽ tự gửi lại")).to_be_visible()
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("button", name="Khóa lại ngay: Trần Văn Bình").click()
    expect(page.get_by_text("Các lượt đang khóa nên chưa gửi.")).to_be_visible()
    page.get_by_role("link", name="Hôm nay").click()
    expect(page.get_by_text("2 lượt chưa gửi nằm an toàn trên máy")).to_be_visible()

    carrier = Phone(browser, tmp_path / "carrier", own.address)
    try:
        other = carrier.start()
        told = own.run("people", "code", "totruong@demo.vn", "--qr", str(tmp_path / "ma.svg"))
        assert "<svg" in (tmp_path / "ma.svg").read_text()
        code = told.split("\t")[1]
        other.evaluate("code => { location.hash = `#/sign-in/${code}` }", code)  # as the QR says
        expect(other.get_by_label("Mã cá nhân")).to_have_value(code)
        assert code not in other.url
        sign_in(other, code)
        other.evaluate("location.hash = '#/relay'")
        other.get_by_label("Chọn tệp").set_input_files(bundle)
        expect(other.get_by_text("Đã giao", exact=True)).to_be_visible()
        receipts = _saved(other, "Trả biên nhận", tmp_path)
    finally:
        assert carrier.context is not None
        carrier.context.close()
    assert not carrier.faults

    page.evaluate("location.hash = '#/relay'")
    page.get_by_label("Chọn tệp").set_input_files(receipts)
    expect(page.get_by_text("2 lượt đã được máy chủ ký nhận.")).to_be_visible()
    page.get_by_role("link", name="Đã ghi").click()
    page.get_by_label("Mã cá nhân").fill("ACDE-FHJK-MN")
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.get_by_text("Mã chưa đúng")).to_be_visible()
    page.get_by_label("Mã cá nhân").fill(FIELD_CODE)
    page.get_by_role("button", name="Mở khóa").click()
    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("listitem").filter(has_text="Đã nhận")).to_have_count(2)
    all_received_once(page, own, 2)


def test_large_text_does_not_make_the_page_wider(phone: Phone) -> None:
    page = phone.start()
    sign_in(page)
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("button", name="200 %").click()
    for name in ("Hôm nay", "Đã ghi", "Hướng dẫn", "Máy này"):
        page.get_by_role("link", name=name).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], name
        assert page.evaluate(BELOW) <= 1, name
    page.get_by_role("link", name="Hôm nay").click()
    open_outing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def _saved(page: Page, button: str, folder: Path) -> Path:
    """Touch a button that saves a file, and give where it lies."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
