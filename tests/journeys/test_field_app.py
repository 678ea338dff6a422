"""A helper's phone: the server goes, records are made, the phone dies, both come back, each record is received once."""

import contextlib
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect

from raquan.cards.rules import card_path, mark_of, to_words, written
from raquan.demo.rules.accounts import CU_MGAR_CODE, CU_MGAR_OUTING, FIELD_CODE
from raquan.demo.rules.cards import card_code
from tests.journeys.conftest import QUIET, copy_of
from tests.journeys.installation import Installation, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

DEMO_SEED = 2023
SMALL = ViewportSize(width=360, height=640)
STORED = """async (name) => {
  const opened = await new Promise((resolve, reject) => {
    const asked = indexedDB.open('raquan-field')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const asked = opened.transaction(name).objectStore(name).getAll()
  await new Promise((resolve) => { asked.onsuccess = resolve })
  opened.close()
  return asked.result
}"""
LOSE_ANSWERS = """() => {
  const real = window.fetch
  window.fetch = async (url, ...rest) => {
    const answer = await real(url, ...rest)
    if (String(url).endsWith('/sync')) throw new TypeError('Failed to fetch')
    return answer
  }
}"""
CAMERA = """(picture) => {
  const image = new Image()
  if (picture) image.src = picture
  navigator.mediaDevices.getUserMedia = async () => {
    if (!picture) throw new DOMException('no', 'NotAllowedError')
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 420
    const draw = () => {
      const sheet = canvas.getContext('2d')
      sheet.fillStyle = '#bbb'
      sheet.fillRect(0, 0, 420, 420)
      sheet.drawImage(image, 60, 60, 300, 300)
    }
    setInterval(draw, 50)
    return canvas.captureStream(15)
  }
}"""
SHOWN = """SELECT card_id, COUNT(*) FROM capture_assist
  WHERE card_id IS NOT NULL AND NOT is_synthetic GROUP BY card_id HAVING COUNT(*) = 2"""
LATEST = "SELECT payload FROM capture_submission WHERE NOT is_synthetic ORDER BY id DESC LIMIT 2"
RECEIVED = "SELECT instance_id FROM capture_submission WHERE instance_id IN ({})"


class Phone:
    """A phone of its own: a Chromium whose disk stays when it is killed."""

    def __init__(self, browser: Browser, disk: Path, address: str) -> None:
        self._type = browser.browser_type
        self._disk, self._address = disk, address
        self.faults: list[str] = []
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        """Start the app as a tap on its icon does."""
        flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        self.context = self._type.launch_persistent_context(
            self._disk, executable_path=shutil.which("chromium"), args=flags, viewport=SMALL, locale="vi-VN"
        )
        self.context.set_default_timeout(15_000)
        page = self.context.pages[0]
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(f"{self._address}/field/")
        return page

    def kill(self) -> None:
        """Take the battery out."""
        assert self.context is not None
        marker = f"--user-data-dir={self._disk}"
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if marker in (folder / "cmdline").read_text().split("\0"):
                    os.kill(int(folder.name), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue  # it has ended in this moment
        with contextlib.suppress(Error):  # nobody is there to be asked
            self.context.close()
        self.context = None
        (self._disk / "SingletonLock").unlink(missing_ok=True)


@pytest.fixture
def own(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that goes away and comes back."""
    copy = copy_of(demo_home, tmp_path_factory)
    copy.start()
    yield copy
    if copy.server is not None and copy.living():
        copy.kill()


@pytest.fixture
def phone(browser: Browser, own: Installation, tmp_path: Path) -> Iterator[Phone]:
    """A phone that has never seen the app."""
    new = Phone(browser, tmp_path / "phone", own.address)
    yield new
    if new.context is not None:
        new.context.close()
    assert not new.faults


def test_records_made_without_a_server_are_received_once(own: Installation, phone: Phone) -> None:
    page = phone.start()
    _sign_in(page)
    _make_ready(page)
    phone.kill()
    own.kill()

    page = phone.start()
    expect(page.get_by_role("heading", name="Ca của tôi hôm nay")).to_be_visible()
    _open_outing(page)
    _answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    _save(page, "Cầm tay chỉ việc")
    page.get_by_role("button", name="Người tiếp theo").click()
    _save(page, "Tự làm")
    page.get_by_role("button", name="Người tiếp theo").click()
    page.get_by_role("button", name="Đổi Kết quả").click()
    _tap(page, "Mới được hướng dẫn, chưa làm được")
    expect(page.get_by_role("button", name="Tự làm")).to_be_disabled()
    _tap(page, "Không có sóng hoặc sóng yếu")
    _save(page, "Cầm tay chỉ việc")
    phone.kill()

    page = phone.start()
    expect(page.get_by_text("Đã lưu trên máy 3")).to_be_visible()
    expect(page.get_by_text("Chưa gửi 3", exact=True)).to_be_visible()
    _open_outing(page)
    page.get_by_role("button", name="Đổi Dịch vụ").click()
    _tap(page, "Đăng ký thường trú")
    expect(page.get_by_role("button", name="Đổi Dịch vụ")).to_be_visible()
    wait_until(lambda: len(_stored(page, "drafts")) == 1, "a draft is kept at every change")
    phone.kill()

    page = phone.start()
    page.get_by_role("link", name="Ghi tiếp lượt đang dở").click()
    expect(page.get_by_text("Đăng ký thường trú")).to_be_visible()
    _save(page, "Làm hộ")
    page.get_by_role("button", name="Người tiếp theo").click()
    _save(page, "Làm hộ")
    expect(page.get_by_text("Chưa gửi 5", exact=True)).to_be_visible()
    assert {row["state"] for row in _stored(page, "records")} <= {"saved", "sent"}

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)
    _all_received_once(page, own, 5)
    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("listitem").filter(has_text="Đã nhận")).to_have_count(5)
    page.get_by_role("listitem").last.get_by_role("link").click()
    expect(page.get_by_text("Chữ ký của máy chủ đúng")).to_be_visible()


def test_an_answer_that_is_lost_makes_no_second_record(own: Installation, phone: Phone) -> None:
    page = phone.start()
    _sign_in(page)
    page.evaluate(LOSE_ANSWERS)
    _open_outing(page)
    _answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    _save(page, "Tự làm")
    wait_until(lambda: _received(page, own) == 1, "the record has arrived")
    expect(page.get_by_text("Chưa gửi 1", exact=True)).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible()
    _all_received_once(page, own, 1)


def test_a_card_is_read_without_a_server_and_counts_one_person(own: Installation, phone: Phone) -> None:
    page = phone.start()
    _sign_in(page)
    _make_ready(page)
    own.kill()

    code = card_code(DEMO_SEED, CU_MGAR_CODE, 9)
    picture = segno.make_qr(own.address + card_path(code), error="q").png_data_uri(scale=6, border=4)
    page.evaluate(CAMERA, None)
    _open_outing(page)
    page.get_by_role("button", name="Quét thẻ").click()
    expect(page.get_by_text("Máy ảnh đang bị chặn.")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()
    page.get_by_label("16 chữ trên thẻ, không cần dấu").fill(" ".join(to_words(code)))
    page.get_by_role("button", name="Dùng thẻ này").click()
    expect(page.get_by_text("Đã quét thẻ")).to_be_visible()
    _answer(page, "Đăng ký khai sinh", "Đã cài ứng dụng")
    _save(page, "Tự làm")

    page.evaluate(CAMERA, picture)
    page.get_by_role("button", name="Người tiếp theo").click()
    page.get_by_role("button", name="Quét thẻ").click()
    expect(page.get_by_text("Đã gặp hôm nay: Đăng ký khai sinh, Đã cài ứng dụng")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Làm tiếp: Đăng ký khai sinh").click()
    _save(page, "Cầm tay chỉ việc")

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)
    _all_received_once(page, own, 2)
    payloads = [bytes(row[0]).decode() for row in own.ask(LATEST)]
    assert len(payloads) == 2
    assert all(mark_of(code) in one and written(code) not in one for one in payloads)
    wait_until(lambda: len(own.ask(SHOWN)) == 1, "both records are facts, of one card")
    assert own.ask(SHOWN)[0][1] == 2


def test_records_travel_by_file_while_their_phone_is_locked(
    own: Installation, phone: Phone, browser: Browser, tmp_path: Path
) -> None:
    page = phone.start()
    _sign_in(page)
    page.route("**/api/field/v1/**", lambda route: route.abort())
    _open_outing(page)
    _answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    _save(page, "Tự làm")
    page.get_by_role("button", name="Người tiếp theo").click()
    _save(page, "Làm hộ")
    assert all("sealed" in row and "payload" not in row for row in _stored(page, "records"))
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("link", name="Mở trang gửi nhờ").click()
    bundle = _saved(page, "Lưu bản dự phòng", tmp_path)
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("button", name="Khóa lại ngay: Trần Văn Bình").click()
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
        _sign_in(other, code)
        other.evaluate("location.hash = '#/relay'")
        other.get_by_label("Chọn tệp").set_input_files(bundle)
        expect(other.get_by_text("Đã giao", exact=True)).to_be_visible()
        answer = _saved(other, "Trả biên nhận", tmp_path)
    finally:
        assert carrier.context is not None
        carrier.context.close()
    assert not carrier.faults

    page.evaluate("location.hash = '#/relay'")
    page.get_by_label("Chọn tệp").set_input_files(answer)
    expect(page.get_by_text("2 lượt đã được máy chủ ký nhận.")).to_be_visible()
    page.get_by_role("link", name="Đã ghi").click()
    page.get_by_label("Mã cá nhân").fill("ACDE-FHJK-MN")
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.get_by_text("Mã chưa đúng")).to_be_visible()
    page.get_by_label("Mã cá nhân").fill(FIELD_CODE)
    page.get_by_role("button", name="Mở khóa").click()
    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("listitem").filter(has_text="Đã nhận")).to_have_count(2)
    _all_received_once(page, own, 2)


def test_large_text_does_not_make_the_page_wider(phone: Phone) -> None:
    page = phone.start()
    _sign_in(page)
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("button", name="200 %").click()
    for name in ("Hôm nay", "Đã ghi", "Hướng dẫn", "Máy này"):
        page.get_by_role("link", name=name).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], name
    page.get_by_role("link", name="Hôm nay").click()
    _open_outing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def _saved(page: Page, button: str, folder: Path) -> Path:
    """Touch a button that saves a file, and give where it lies."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _sign_in(page: Page, code: str = FIELD_CODE) -> None:
    page.get_by_label("Mã cá nhân").fill(code)
    page.get_by_label("Tên máy").fill("Máy của Bình")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", name="Ca của tôi hôm nay")).to_be_visible()
    expect(page.get_by_role("link", name="Ghi lượt hỗ trợ").first).to_be_visible()


def _make_ready(page: Page) -> None:
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("button", name="Kiểm tra máy").click()
    expect(page.get_by_text(re.compile("^Máy (đã|chưa) sẵn sàng"))).to_be_visible()
    expect(page.get_by_text("Máy đã sẵn sàng", exact=True)).to_be_visible()
    expect(page.get_by_text("Tổ trưởng đã được báo")).to_be_visible()


def _open_outing(page: Page) -> None:
    page.evaluate("code => { location.hash = `#/record/${code}` }", CU_MGAR_OUTING)
    expect(page.get_by_role("heading", name="Ai làm trên máy?")).to_be_visible()


def _answer(page: Page, service: str, result: str) -> None:
    _tap(page, service)
    _tap(page, result)


def _tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _save(page: Page, how: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{how}")).click()
    expect(page.get_by_role("heading", name="Đã lưu trên máy")).to_be_visible()


def _stored(page: Page, name: str) -> list[dict[str, Any]]:
    """Read a store of the phone's database past the app."""
    rows: list[dict[str, Any]] = page.evaluate(STORED, name)
    return rows


def _received(page: Page, own: Installation) -> int:
    ids = [row["id"] for row in _stored(page, "records")]
    return len(own.ask(RECEIVED.format(",".join("?" * len(ids))), *ids))


def _all_received_once(page: Page, own: Installation, count: int) -> None:
    rows = _stored(page, "records")
    assert sorted(row["seq"] for row in rows) == list(range(1, count + 1))
    assert [row["state"] for row in rows] == ["received"] * count
    assert all(row["receipt"] for row in rows)
    assert _received(page, own) == count
