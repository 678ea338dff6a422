"""A helper's whole day without a line: thirty people, cards, a photo, and a phone that dies at every kind of step."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from raquan.cards.rules import to_words
from raquan.demo.rules.accounts import CU_MGAR_CODE, FIELD_CODE
from raquan.demo.rules.cards import card_code
from tests.journeys.installation import Installation, wait_until
from tests.journeys.phone import (
    DEMO_SEED,
    THIN,
    Phone,
    all_received_once,
    answer,
    make_ready,
    open_outing,
    picture,
    received,
    save,
    sign_in,
    stored,
    tap,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

PEOPLE = 30
CARDS = {4: 8, 9: 7, 15: 8}
"""At which person a card is read, and which: somebody comes twice."""

PHOTO_OF = 12
HELD_OPEN, HELD_ON_DISK = 7, 19
"""At which persons the battery is taken out while the app saves: before the disk has it, and before the app knows."""

HOLD_ANSWER = """(end) => {
  const real = window.fetch
  window.fetch = async (url, ...rest) => {
    const answer = await real(url, ...rest)
    if (!new RegExp(end).test(String(url))) return answer
    window.held = true
    return new Promise(() => {})
  }
}"""
"""An answer has come to the phone, and the app never learns of it."""

HOLD_SAVE = """(isOnDisk) => {
  const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    const tx = begin.call(this, names, mode, options)
    if (mode !== 'readwrite') return tx
    if (isOnDisk) {
      tx.addEventListener('complete', (event) => {
        if (!tx.saves) return
        event.stopImmediatePropagation()
        window.held = true
      })
    }
    return tx
  }
  const add = IDBObjectStore.prototype.add
  IDBObjectStore.prototype.add = function (...row) {
    const asked = add.apply(this, row)
    if (this.name !== 'records') return asked
    this.transaction.saves = true
    const stay = () => {
      window.held = true
      this.count().onsuccess = stay
    }
    if (!isOnDisk) asked.addEventListener('success', stay)
    return asked
  }
}"""
"""A save is held while its transaction is open, or after it is on the disk and before the app hears of it."""

PERSONS = """SELECT COUNT(*), COUNT(DISTINCT card_id) FROM capture_assist
  WHERE card_id IS NOT NULL AND NOT is_synthetic"""
SIGNED_IN = "SELECT COUNT(*) FROM people_device WHERE label = 'Máy của Bình'"
PHOTOS = """SELECT s.instance_id, p.kept_at IS NOT NULL FROM capture_photo p
  JOIN capture_submission s ON s.id = p.submission_id"""
FILES = "SELECT COUNT(*) FROM capture_attachment"


def test_a_day_without_a_line_arrives_whole(own: Installation, phone: Phone, tmp_path: Path) -> None:
    persons, files = own.figure("people", "--by", "commune")["total"], own.ask(FILES)
    page = phone.start(before=_hold("/sign-in$"))
    page.get_by_label("Mã cá nhân").fill(FIELD_CODE)
    page.get_by_label("Tên máy").fill("Máy của Bình")
    page.get_by_role("button", name="Bắt đầu").click()
    _wait_for_hold(page)
    phone.kill()
    page = phone.start()
    sign_in(page)
    assert own.ask(SIGNED_IN) == [(1,)]
    make_ready(page)
    phone.kill()
    own.kill()

    page = _thirty_people(phone, tmp_path)
    _says(page, kept=PEOPLE, unsent=PEOPLE, photos=1)
    assert [row["state"] for row in stored(page, "photos")] == ["saved"]

    phone.kill()

    own.start()
    page = _held(phone, "/sync$")
    _says(page, kept=PEOPLE, unsent=PEOPLE, photos=1)
    assert received(page, own) == PEOPLE
    phone.kill()
    page = _held(phone, r"/photos/[^/]+/\d+$")
    _says(page, kept=PEOPLE, unsent=0, photos=1)
    assert own.count("capture_photopart") == 1
    phone.kill()
    page = phone.start(line=THIN)
    expect(page.get_by_text("Ảnh chưa gửi 1", exact=True)).to_have_count(0, timeout=60_000)
    _says(page, kept=PEOPLE, unsent=0)

    all_received_once(page, own, PEOPLE)
    (photo,) = stored(page, "photos")
    assert (photo["state"], bool(photo["receipt"])) == ("received", True)
    assert own.ask(PHOTOS) == [(photo["record"], 1)]
    assert own.count("capture_photopart") == 0
    assert own.ask(FILES) == [(files[0][0] + 1,)]
    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("listitem").filter(has_text="Đã nhận")).to_have_count(PEOPLE)
    page.get_by_role("listitem").filter(has_text="1 ảnh").get_by_role("link").click()
    expect(page.get_by_text("Chữ ký của máy chủ đúng")).to_be_visible()
    wait_until(lambda: own.ask(PERSONS) == [(3, 2)], "three meetings with cards are facts, of two people")
    assert own.figure("people", "--by", "commune")["total"] == persons + 2


def _thirty_people(phone: Phone, folder: Path) -> Page:
    """Record without a line all whom a helper meets on a day; what was said of one is kept for the next."""
    page = phone.start()
    open_outing(page)
    answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    for person in range(1, PEOPLE + 1):
        if person in CARDS:
            _type_card(page, CARDS[person])
        if person in (HELD_OPEN, HELD_ON_DISK):
            page = _killed_in_a_save(phone, page, person)
        else:
            save(page, ("Tự làm", "Cầm tay chỉ việc", "Làm hộ")[person % 3])
        if person == PHOTO_OF:
            _add_photo(page, folder)
        if person == PEOPLE or page.get_by_role("button", name="Tự làm").is_visible():
            continue
        next_one = page.get_by_role("button", name="Người tiếp theo")
        next_one.click() if next_one.is_visible() else open_outing(page)
        expect(page.get_by_role("button", name="Tự làm")).to_be_enabled()
    return page


def _killed_in_a_save(phone: Phone, page: Page, person: int) -> Page:
    """Take the battery out at a moment of a save; the person stands in the draft or in the records, never in both."""
    page.get_by_role("button", name="Đổi Dịch vụ").click()
    tap(page, "Đăng ký khai sinh")
    wait_until(lambda: len(stored(page, "drafts")) == 1, "a draft is kept at every change")
    page.evaluate(HOLD_SAVE, person == HELD_ON_DISK)
    page.get_by_role("button", name="Tự làm").click()
    _wait_for_hold(page)
    expect(page.get_by_role("heading", name="Đã lưu trên máy")).to_have_count(0)
    phone.kill()

    page = phone.start()
    is_kept = person == HELD_ON_DISK
    _says(
        page, kept=person if is_kept else person - 1, unsent=person if is_kept else person - 1, photos=person > PHOTO_OF
    )
    assert len(stored(page, "drafts")) == (0 if is_kept else 1)
    if not is_kept:
        page.get_by_role("link", name="Ghi tiếp lượt đang dở").click()
        save(page, "Tự làm")
    return page


def _type_card(page: Page, number: int) -> None:
    page.get_by_role("button", name="Quét thẻ").click()
    page.get_by_role("button", name="Đóng").click()  # this phone has no camera
    words = to_words(card_code(DEMO_SEED, CU_MGAR_CODE, number))
    page.get_by_label("16 chữ trên thẻ, không cần dấu").fill(" ".join(words))
    page.get_by_role("button", name="Dùng thẻ này").click()
    expect(page.get_by_text("Đã quét thẻ")).to_be_visible()


def _add_photo(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Thêm ảnh").click()
    page.get_by_role("button", name=re.compile("^Không nhận ra ai")).click()
    page.get_by_label("Chọn ảnh có trong máy").set_input_files(picture(folder / "photo.png", 500, 375))
    page.get_by_role("button", name="Lưu ảnh").click()
    expect(page.get_by_text("Ảnh chưa gửi 1", exact=True)).to_be_visible()


def _hold(end: str) -> str:
    return f"({HOLD_ANSWER})({json.dumps(end)})"


def _held(phone: Phone, end: str) -> Page:
    """Start the app on a thin line and wait until the server has answered a request that ends so."""
    page = phone.start(before=_hold(end), line=THIN)
    _wait_for_hold(page)
    return page


def _wait_for_hold(page: Page) -> None:
    page.wait_for_function("() => window.held", timeout=60_000)


def _says(page: Page, *, kept: int, unsent: int, photos: int = 0) -> None:
    """Hold the strip's words to what is there."""
    expect(page.get_by_text(f"Đã lưu trên máy {kept}", exact=True)).to_be_visible()
    expect(page.get_by_text(f"Chưa gửi {unsent}", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Ảnh chưa gửi 1", exact=True)).to_have_count(int(photos))
