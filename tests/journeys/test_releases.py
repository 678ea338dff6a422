"""The field app of the release before works with this server, and becomes this release without losing anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from raquan.demo.rules.accounts import FIELD_CODE
from tests.journeys.installation import Installation, wait_until
from tests.journeys.phone import (
    Phone,
    all_received_once,
    answer,
    make_ready,
    open_outing,
    save,
    sign_in,
    stored,
    tap,
)
from tests.journeys.releases import BEFORE, Front

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

OLD_SCRIPT = next((BEFORE / "assets").glob("app-*.js"))
ASKED = """async (url) => {
  const answer = await fetch(url)
  return [answer.status, (await answer.arrayBuffer()).byteLength]
}"""


@pytest.fixture
def front(own: Installation) -> Iterator[Front]:
    """The installation, as it was before its update."""
    before = Front(own)
    yield before
    before.stop()


@pytest.fixture
def phone(browser: Browser, front: Front, tmp_path: Path) -> Iterator[Phone]:
    """A phone that has never seen the app."""
    new = Phone(browser, tmp_path / "phone", front.address)
    yield new
    if new.context is not None:
        new.context.close()
    assert not new.faults


def test_the_release_before_sends_here_and_becomes_this_one(own: Installation, front: Front, phone: Phone) -> None:
    page = phone.start()
    sign_in(page)
    make_ready(page)
    page.get_by_role("link", name="Hôm nay").click()
    open_outing(page)
    answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    save(page, "Cầm tay chỉ việc")
    wait_until(lambda: [row["state"] for row in stored(page, "records")] == ["received"], "not received")
    front.is_busy = True
    for how in ("Tự làm", "Làm hộ"):
        page.get_by_role("button", name="Người tiếp theo").click()
        save(page, how)
    expect(page.get_by_text("Chưa gửi 2", exact=True)).to_be_visible()
    phone.kill()

    front.update()
    page = phone.start()
    other = _window_with_a_form_begun(page, front)
    page.get_by_role("button", name="Cập nhật").click()
    expect(page.get_by_text("Khóa các lượt bằng mã cá nhân")).to_be_visible()
    expect(page.get_by_text("Chưa gửi 2", exact=True)).to_be_visible()
    assert [len(stored(page, name)) for name in ("records", "drafts", "accounts")] == [3, 1, 1]
    assert all("payload" in row for row in stored(page, "records"))
    _hold_the_old_window(other, own)

    page.get_by_role("link", name="Nhập mã").click()
    page.get_by_label("Mã cá nhân").fill(FIELD_CODE)
    page.get_by_role("button", name="Khóa lại").click()
    expect(page.get_by_role("heading", name="Ca của tôi hôm nay")).to_be_visible(timeout=30_000)
    wait_until(lambda: all("sealed" in row for row in _kept(page)), "something lies open")
    assert not any("payload" in row or "answers" in row for row in _kept(page))
    front.is_busy = False
    open_outing(page)
    expect(page.get_by_text("Đăng ký thường trú")).to_be_visible()
    save(page, "Làm hộ")
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)
    all_received_once(page, own, 4)


def _window_with_a_form_begun(page: Page, front: Front) -> Page:
    """Open another window of the release before, in which a form is begun and not saved."""
    other = page.context.new_page()
    other.goto(f"{front.address}/field/")
    open_outing(other)
    other.get_by_role("button", name="Đổi Dịch vụ").click()
    tap(other, "Đăng ký thường trú")
    wait_until(lambda: len(stored(other, "drafts")) == 1, "the draft is not kept")
    page.bring_to_front()
    return other


def _hold_the_old_window(other: Page, own: Installation) -> None:
    """A window of the release before keeps its files, says what it cannot do, and goes on with the draft after all."""
    url = f"/static/field/assets/{OLD_SCRIPT.name}"
    with pytest.raises(HTTPError, match="404"):
        urlopen(own.address + url)
    assert other.evaluate(ASKED, url) == [200, OLD_SCRIPT.stat().st_size]
    other.get_by_role("button", name="Cầm tay chỉ việc").click()
    expect(other.get_by_text("CHƯA lưu được")).to_be_visible()
    other.close()


def _kept(page: Page) -> list[dict[str, Any]]:
    return stored(page, "records") + stored(page, "drafts")
