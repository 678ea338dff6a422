"""The field app on the least of phones: little memory, a slow processor, and two hundred records."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.installation import Installation
from tests.journeys.phone import NEXT_PEOPLE, Phone, answer, open_outing, save, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

RECORDS, PAGE = 200, 40
LITTLE_MEMORY = ("--enable-low-end-device-mode", "--js-flags=--max-old-space-size=64")
SLOWER = 6
"""A phone of 2 million đồng has about a sixth of the speed of the machines that run this."""

MOST_HEAP = 8 * 1024 * 1024
"""An eighth of what V8 may have there, and twice what was measured: the rest is for a photo or another form."""

MOST_ELEMENTS = 700
"""Forty records are 580: the list must not grow with the day."""

SCREENS = {
    "": "Ca của tôi hôm nay",
    "records": "Các lượt đã ghi",
    "guides": "Hướng dẫn",
    "phone": "Máy này",
    "relay": "Gửi nhờ và bản dự phòng",
}


def test_a_small_phone_bears_two_hundred_records(own: Installation, browser: Browser, tmp_path: Path) -> None:
    phone = Phone(browser, tmp_path / "small", own.address, *LITTLE_MEMORY)
    page = phone.start()
    sign_in(page)
    own.kill()
    open_outing(page)
    answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    save(page, "Tự làm")
    page.evaluate(NEXT_PEOPLE, RECORDS - 1)
    phone.kill()

    page = phone.start()  # all is read anew
    crashes: list[Page] = []
    page.on("crash", lambda page: crashes.append(page))
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    expect(page.get_by_text(f"Chưa gửi {RECORDS}", exact=True)).to_be_visible()
    for path, heading in SCREENS.items():
        page.evaluate("path => { location.hash = `#/${path}` }", path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        _is_light(page, cdp, path)
    open_outing(page)
    save(page, "Cầm tay chỉ việc")
    _is_light(page, cdp, "saved")

    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("listitem")).to_have_count(PAGE)
    older = page.get_by_role("button", name=re.compile("lượt cũ hơn$"))
    for first in range(PAGE + 1, RECORDS + 2, PAGE):
        older.click()
        expect(
            page.get_by_text(f"Lượt {first}–{min(first + PAGE - 1, RECORDS + 1)} trên {RECORDS + 1}")
        ).to_be_visible()
        _is_light(page, cdp, f"records from {first}")
    expect(page.get_by_role("listitem")).to_have_count(1)
    expect(older).to_have_count(0)
    page.get_by_role("button", name=f"Xem {PAGE} lượt mới hơn").click()
    expect(page.get_by_role("listitem")).to_have_count(PAGE)
    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_role("banner").get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=60_000)
    _is_light(page, cdp, "sent")
    assert page.context is not None
    page.context.close()
    assert not crashes
    assert not phone.faults


def _is_light(page: Page, cdp: CDPSession, when: str) -> None:
    """Hold the page's size, and what it lives on once what nobody needs any more is gone, to their bounds."""
    cdp.send("HeapProfiler.collectGarbage")
    said = {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}
    elements = page.evaluate("document.querySelectorAll('*').length")
    assert said["JSHeapUsedSize"] <= MOST_HEAP, when
    assert elements <= MOST_ELEMENTS, when
