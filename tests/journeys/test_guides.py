"""A guide is read aloud at a phone, heard by a second speaker, saved by a villager, and opened without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from raquan.demo.rules.accounts import FIELD_LOGIN, LEADER_LOGIN, PASSWORD
from tests.axe import faults
from tests.journeys.conftest import PHONE
from tests.journeys.installation import Installation
from tests.journeys.phone import chromium

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

GUIDE = "/guides/birth_registration/"
TONE = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
PLAYED = """async () => {
  const player = document.querySelector('audio[data-recording]')
  player.muted = true
  await player.play()
  await new Promise(resolve => setTimeout(resolve, 1500))
  return player.currentTime
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def villager(browser: Browser, own: Installation, tmp_path: Path) -> Iterator[BrowserContext]:
    """A phone whose Chromium has a microphone that hums a tone: nobody speaks in this test."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "phone", **chromium(*TONE), viewport=PHONE, locale="vi-VN", base_url=own.address
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


def test_a_guide_is_heard_without_a_network(villager: BrowserContext, own: Installation) -> None:
    page = villager.pages[0]
    _record(page)
    _approve(page)
    villager.clear_cookies()
    page.goto("/")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.goto(GUIDE)
    expect(page.locator(".rq-keep__state")).to_contain_text("đã lưu trên máy")
    page.get_by_role("button", name="Lưu cả tiếng").click()
    expect(page.locator(".rq-keep__state")).to_contain_text("đọc và nghe được")
    _judge(page)
    page.goto("/guides/answers/storage/")
    expect(page.locator(".rq-keep__state")).to_contain_text("đã lưu trên máy")
    _judge(page)

    own.stop()
    page.goto(GUIDE)
    expect(page.locator("[data-saved-copy]")).to_contain_text("bản đã lưu trên máy lúc")
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible()
    assert page.evaluate("document.fonts.check('600 18px \"Be Vietnam Pro\"')")
    assert page.evaluate(PLAYED) > 0.5
    _judge(page)
    page.goto("/guides/vneid_level2/")
    expect(page.get_by_role("heading", name="Chưa lưu trang này")).to_be_visible()
    page.get_by_role("link", name="Máy báo đầy").click()
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.goto("/2023/outings/CMG-7K2Q/")  # whether it is real is never answered from a copy


def _record(page: Page) -> None:
    _sign_in(page, FIELD_LOGIN)
    page.goto("/desk/recordings/guides/birth_registration/rad/")
    _judge(page)
    page.get_by_role("button", name="Bắt đầu thu").click()
    expect(page.locator(".rq-recorder__state")).to_contain_text("3 giây")
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator(".rq-recorder audio")).to_be_visible()
    page.get_by_role("button", name="Gửi để người khác nghe lại").click()
    expect(page.locator(".rq-recorder__wrong, .govuk-error-message").first).to_contain_text("đồng ý")
    page.get_by_label("Người đọc đồng ý").check()
    page.get_by_role("button", name="Gửi để người khác nghe lại").click()
    expect(page.locator("main")).to_contain_text("Bản thu chờ người thứ hai")


def _approve(page: Page) -> None:
    address = page.url
    page.context.clear_cookies()
    _sign_in(page, LEADER_LOGIN)
    page.goto(address)
    _judge(page)
    page.get_by_label("Tôi nói được tiếng này").check()
    page.get_by_role("button", name="Duyệt, cho phát").click()
    expect(page.locator("main")).to_contain_text("Đã duyệt.")


def _sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in?next=/desk/")
    page.get_by_label("Số điện thoại hoặc e-mail").fill(login)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/")


def _judge(page: Page) -> None:
    """Look with axe, at both widths, and on paper: nothing wrong, nothing wider than the screen."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDER) <= 0, (page.url, width)
        assert faults(page) == [], page.url
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) <= 0, page.url
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
