"""Villagers on a small phone and a slow line find help, send it on, keep a guide, say what was wrong, get numbers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from raquan.demo.rules.accounts import CU_MGAR_OUTING
from tests.journeys.conftest import PHONE, Site
from tests.journeys.installation import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""400 kbit/s, 400 ms there and back."""

SLOWER_CPU = 6
PATIENCE_MS, USUAL_MS = 60_000, 5_000
"""How long a slow phone is waited for on a busy machine, and what Playwright waits otherwise."""

MOST_BYTES, MOST_REQUESTS = 60 * 1024, 8
"""What a first visit carries and asks for, the page itself included."""

MOST_PICTURE = 60 * 1024
SHARES = """window.sent = []
Object.defineProperty(navigator, 'canShare', { value: what => Boolean(what.files) })
Object.defineProperty(navigator, 'share', { value: async ({ title, url, files }) => {
  sent.push({ title, url, files: (files ?? []).map(one => [one.name, one.type, one.size]) })
} })"""
"""Stands in for what a phone sends with: Chromium on Linux has none."""

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass
class Villager:
    """A window on a slow phone; `files` are the bytes of each thing that came over the line."""

    context: BrowserContext
    page: Page
    files: list[tuple[str, float]] = field(default_factory=list)

    def first_visit(self, address: str) -> None:
        """Open a page with nothing kept, and hold it against what a first visit may carry."""
        self.files.clear()
        self.page.goto(address, wait_until="networkidle")
        carried = [size for _id, size in self.files if size]  # what the page holds within itself carries nothing
        assert len(carried) <= MOST_REQUESTS, self.files
        assert sum(carried) <= MOST_BYTES, self.files


@pytest.fixture
def villager(browser: Browser, site: Site) -> Iterator[Callable[..., Villager]]:
    """Give a phone to somebody, with scripts or without; what goes wrong in its scripts fails the journey."""
    expect.set_options(timeout=PATIENCE_MS)
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def somebody(*, scripts: bool = True) -> Villager:
        context = browser.new_context(
            viewport=PHONE, base_url=site.address, locale="vi-VN", java_script_enabled=scripts, has_touch=True
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        one = Villager(context, page)
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW_3G)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
        tools.on(
            "Network.loadingFinished", lambda said: one.files.append((said["requestId"], said["encodedDataLength"]))
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        return one

    yield somebody
    for context in contexts:
        context.close()
    expect.set_options(timeout=USUAL_MS)
    assert faults == []


both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@both_ways
def test_she_finds_the_next_outing_that_helps_with_vneid_and_sends_it_on(
    villager: Callable[..., Villager], site: Site, scripts: bool
) -> None:
    phone = villager(scripts=scripts)
    page = phone.page
    if scripts:
        page.add_init_script(SHARES)
    phone.first_visit("/")
    page.get_by_label("Tên xã, phường, huyện").fill("cu mgar")
    page.get_by_role("button", name="Tìm").click()
    expect(_main(page)).to_contain_text("huyện Cư M’gar")
    page.get_by_text("Chọn việc, ngày, tiếng nói").click()
    page.get_by_label("Cần giúp việc").select_option(label="Định danh điện tử VNeID mức 2")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("region", name="Các buổi hỗ trợ sắp tới").get_by_role("link").first.click()
    expect(_main(page)).to_contain_text("Buổi này có thật")
    expect(_main(page)).to_contain_text("Định danh điện tử VNeID mức 2")
    assert not page.evaluate(WIDER) if scripts else True

    shown = _preview_of(page)
    assert shown["og:url"] == page.url
    assert shown["og:title"].startswith("Buổi hỗ trợ: ")
    assert re.match(r"\d\d/10/2023, \d\d:\d\d–\d\d:\d\d, ", shown["og:description"])
    _is_a_picture(_fetched(shown["og:image"]))
    if scripts:
        _sends(page, shown)
    else:
        with page.expect_download() as got:
            page.get_by_role("link", name="Tải ảnh để gửi").click()
        _is_a_picture(got.value.path().read_bytes())
        expect(page.get_by_text(page.url, exact=True)).to_be_visible()


@both_ways
def test_he_finds_a_promotion(villager: Callable[..., Villager], scripts: bool) -> None:
    phone = villager(scripts=scripts)
    page = phone.page
    phone.first_visit("/")
    page.get_by_role("navigation", name="Các mục").get_by_role("link", name="Ưu đãi").click()
    page.get_by_role("link", name="Cuối tuần này").click()
    title = _main(page).locator(".rq-cards a").first
    wanted = title.inner_text()
    title.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(wanted)
    for word in ("Được gì", "Thời gian", "Nơi áp dụng", "Nhận ưu đãi"):
        expect(_main(page).get_by_role("term").filter(has_text=word).first).to_be_visible()
    assert _preview_of(page)["og:title"] == wanted


@both_ways
def test_she_says_what_was_wrong_and_finds_the_answer_s_place(villager: Callable[..., Villager], scripts: bool) -> None:
    phone = villager(scripts=scripts)
    page = phone.page
    page.goto(f"/2023/outings/{CU_MGAR_OUTING}/")
    page.get_by_role("link", name="Góp ý hoặc hỏi về nơi này").click()
    page.get_by_role("button", name="Gửi").click()  # nothing is said yet
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(re.compile("muốn được trả lời", re.IGNORECASE)).check()
    page.get_by_role("textbox").and_(page.locator("textarea")).fill("Đến 8 giờ chưa thấy ai (bài thử).")
    page.get_by_role("button", name="Gửi").click()
    page.wait_for_url(re.compile("/q/"))
    expect(_main(page)).to_contain_text("Đến 8 giờ chưa thấy ai (bài thử).")


@both_ways
def test_he_takes_a_result_home(villager: Callable[..., Villager], scripts: bool) -> None:
    phone = villager(scripts=scripts)
    page = phone.page
    page.goto("/2023/numbers/assists/?by=group")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with page.expect_download() as got:
        _main(page).get_by_role("link", name=re.compile("CSV")).first.click()
    assert got.value.suggested_filename.endswith(".csv")
    assert len(got.value.path().read_text(encoding="utf-8-sig").splitlines()) > 3


def test_a_guide_opens_where_there_is_no_signal(villager: Callable[..., Villager]) -> None:
    phone = villager()
    page = phone.page
    phone.first_visit("/guides/")
    page.get_by_role("link", name="Định danh điện tử VNeID mức 2").click()
    expect(page.locator(".rq-keep__state")).to_contain_text("đã lưu trên máy")
    phone.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-saved-copy]")).to_contain_text("bản đã lưu trên máy lúc")
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible()
    assert page.evaluate("document.fonts.check('600 18px \"Be Vietnam Pro\"')")


def _sends(page: Page, shown: dict[str, str]) -> None:
    page.get_by_role("button", name="Gửi qua Zalo, tin nhắn").click()
    page.get_by_role("button", name="Gửi ảnh").click()
    # Not by `wait_for_function`, whose eval the page's policy forbids.
    wait_until(lambda: page.evaluate("sent.length") == 2, "the page and its picture were not sent")
    link, picture = page.evaluate("sent")
    assert (link["url"], link["title"]) == (shown["og:url"], shown["og:title"])
    ((name, kind, size),) = picture["files"]
    assert name.endswith(".png")
    assert kind == "image/png"
    assert 0 < size <= MOST_PICTURE


def _main(page: Page) -> Locator:
    return page.get_by_role("main")


def _preview_of(page: Page) -> dict[str, str]:
    """Read what a messenger shows of a link, as it does: from the page's source, without its scripts."""
    source = _fetched(page.url).decode()
    return dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]+)"', source))


def _fetched(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:
        return bytes(answer.read())


def _is_a_picture(data: bytes) -> None:
    assert len(data) <= MOST_PICTURE
    opened = Image.open(BytesIO(data))
    assert (opened.format, opened.size) == ("PNG", (1200, 630))
