"""A helper without a line: a photo that was agreed to, and a form of another kind, both received once it is back."""

import re
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Page, expect

from tests.journeys.installation import Installation, wait_until
from tests.journeys.phone import CAMERA, Phone, answer, open_outing, picture, save, sign_in, stored

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

KEPT = "SELECT consent, agreed_by, caption, name, kept_at IS NOT NULL, size FROM capture_photo ORDER BY began_at"


def blob(own: Installation) -> bytes:
    """Give the bytes of the photo that the server keeps."""
    ((sha256,),) = own.ask(
        "SELECT a.sha256 FROM capture_photo p JOIN capture_attachment a ON a.id = p.attachment_id LIMIT 1"
    )
    (found,) = own.home.rglob(sha256)
    return found.read_bytes()


def test_a_photo_taken_without_a_server_is_received_after_its_record(
    own: Installation, phone: Phone, tmp_path: Path
) -> None:
    page = phone.start()
    sign_in(page)
    own.kill()

    open_outing(page)
    answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    save(page, "Cầm tay chỉ việc")
    page.get_by_role("link", name="Thêm ảnh").click()
    page.get_by_role("button", name=re.compile("^Có người chưa đồng ý")).click()
    expect(page.get_by_label("Chụp ảnh")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Có, và tất cả đã đồng ý")).click()
    expect(page.get_by_label("Chụp ảnh")).to_have_count(0)
    page.get_by_label("Người được hỗ trợ").check()
    page.get_by_label("Chọn ảnh có trong máy").set_input_files(picture(tmp_path / "a.png"))
    page.get_by_label("Chú thích").fill("Bà con tự bấm")
    page.get_by_role("button", name="Lưu ảnh").click()
    expect(page.get_by_text("Ảnh chưa gửi 1", exact=True)).to_be_visible()
    phone.kill()

    page = phone.start()
    expect(page.get_by_text("Ảnh chưa gửi 1", exact=True)).to_be_visible()
    assert [row["state"] for row in stored(page, "photos")] == ["saved"]
    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    wait_until(lambda: own.ask(KEPT) and own.ask(KEPT)[0][4], "the photo is kept")
    ((consent, agreed_by, caption, name, _, size),) = own.ask(KEPT)
    assert (consent, agreed_by, caption, name) == ("agreed", '["beneficiary"]', "Bà con tự bấm", "")
    sent = blob(own)
    assert sent.startswith(b"\xff\xd8")
    assert size < 700_000
    assert b"108.03E" not in sent
    expect(page.get_by_text("Ảnh chưa gửi 1", exact=True)).to_have_count(0)
    (row,) = stored(page, "photos")
    assert (row["state"], bool(row["receipt"])) == ("received", True)
    page.get_by_role("link", name="Đã ghi").click()
    page.get_by_role("listitem").filter(has_text="1 ảnh").get_by_role("link").click()
    expect(page.get_by_role("img", name="Bà con tự bấm")).to_be_visible()


def test_another_form_is_filled_in_without_a_server_once_it_was_opened(
    own: Installation, phone: Phone, tmp_path: Path
) -> None:
    page = phone.start()
    sign_in(page)
    page.reload()  # from the second start on the worker keeps what the page fetches
    _open_form(page)
    wait_until(lambda: page.evaluate(KEPT_LATER), "the page of other forms is kept")
    phone.kill()
    own.kill()

    page = phone.start()
    _open_form(page)
    expect(page.get_by_text("Biểu mẫu chưa tải xong")).to_have_count(0)
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.get_by_text("câu chưa trả lời đúng")).to_be_visible()
    page.get_by_label("Mã buổi ra quân").fill("CMG-7K2Q")
    expect(page.get_by_text("Nháp đã lưu trên máy")).to_be_visible()
    before = stored(page, "form_drafts")
    assert "CMG-7K2Q" not in str(before)
    page.get_by_text("Có", exact=True).first.click()
    wait_until(lambda: stored(page, "form_drafts") != before, "a draft is kept at every change")
    phone.kill()

    page = phone.start()
    page.get_by_text("Biểu mẫu khác (2)").click()
    expect(page.get_by_role("listitem").filter(has_text="Giám sát buổi ra quân")).to_contain_text("Nháp")
    page.get_by_role("link", name="Giám sát buổi ra quân").click()
    expect(page.get_by_label("Mã buổi ra quân")).to_have_value("CMG-7K2Q")
    page.get_by_role("spinbutton").nth(0).press_sequentially("4")
    page.get_by_role("spinbutton").nth(1).press_sequentially("30")
    page.get_by_text("Để bà con tự bấm").click()
    page.get_by_text("Không", exact=True).last.click()
    page.get_by_text("Không nhận ra ai", exact=True).click()
    page.locator("input[type=file]").last.set_input_files(picture(tmp_path / "b.png"))
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.get_by_text("Nằm an toàn trên máy, chờ gửi.").or_(page.get_by_text("Đã gửi đi"))).to_be_visible()
    expect(page.get_by_text("Giám sát buổi ra quân").first).to_be_visible()
    assert stored(page, "form_drafts") == []

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    wait_until(lambda: own.ask(KEPT) and own.ask(KEPT)[0][4], "the photo of the form is kept", seconds=90)
    ((consent, _, _, name, _, _),) = own.ask(KEPT)
    assert (consent, bool(name)) == ("in_answers", True)
    sent = blob(own)
    assert sent.startswith(b"\xff\xd8")
    assert b"108.03E" not in sent
    ((payload,),) = own.ask("SELECT s.payload FROM capture_submission s JOIN capture_photo p ON p.submission_id = s.id")
    text = bytes(payload).decode()
    assert "deprecatedID" not in text
    assert "<helpers>4</helpers>" in text
    assert f"<photo>{name}</photo>" in text


def test_a_display_is_recorded_without_a_server_and_is_proven_once_its_photo_has_come(
    own: Installation, phone: Phone, tmp_path: Path
) -> None:
    ((display, code),) = own.ask("SELECT id, code FROM displays_display WHERE state = 'agreed' ORDER BY id LIMIT 1")
    page = phone.start()
    sign_in(page)
    page.reload()
    _open_form(page, "Ấn phẩm tại nơi treo", "Quét mã treo")
    wait_until(lambda: page.evaluate(KEPT_LATER), "the page of other forms is kept")
    own.kill()

    page.evaluate(CAMERA, segno.make_qr(code, error="m").png_data_uri(scale=6, border=4))
    page.get_by_role("button", name="Quét mã QR").click()
    expect(page.get_by_label("Quét mã treo")).to_have_value(code, timeout=30_000)
    expect(page.get_by_label("Không quét được thì gõ mã")).to_have_count(0)
    page.get_by_text("Đang treo", exact=True).click()
    page.get_by_text("Không nhận ra ai", exact=True).click()
    page.locator("input[type=file]").last.set_input_files(picture(tmp_path / "b.png"))
    page.get_by_label("Treo ở đâu?").fill("Trước cổng chợ")
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.get_by_text("Nằm an toàn trên máy, chờ gửi.").or_(page.get_by_text("Đã gửi đi"))).to_be_visible()

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    proofs = "SELECT kind, place, by_name, picture_sha256 <> '' FROM displays_displayproof WHERE display_id = ?"
    wait_until(lambda: own.ask(proofs, display), "the record is a proof of the display", seconds=150)
    ((kind, place, by_name, has_picture),) = own.ask(proofs, display)
    assert (kind, place, bool(by_name), has_picture) == ("photo", "Trước cổng chợ", True, 1)
    assert own.ask("SELECT state FROM displays_display WHERE id = ?", display) == [("up",)]


KEPT_LATER = """async () => {
  for (const name of await caches.keys()) {
    const kept = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)
    if (kept.includes('/field/form/') && kept.some((path) => path.includes('later-web-forms'))) return true
  }
  return false
}"""


def _open_form(page: Page, name: str = "Giám sát buổi ra quân", first: str = "Mã buổi ra quân") -> None:
    page.get_by_text("Biểu mẫu khác (2)").click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_label(first)).to_be_visible(timeout=30_000)
