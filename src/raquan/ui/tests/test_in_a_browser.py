"""The components in a real Chromium: no axe violation, nothing wider than the screen, every letter in our font."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.axe import faults

from raquan.kernel import clock

PAGES = ["/styleguide/", "/styleguide/desk/", "/styleguide/error/409/"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@contextmanager
def launch() -> Iterator[Browser]:
    """Start Chromium without a window."""
    # Playwright's loop runs in this thread; Django would take its own teardown for a call from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(clock, "_offset", timedelta(days=-1000))
    contexts = []

    def open_at(address: str, width: int, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + address, wait_until="networkidle")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_page: Any, address: str, width: int) -> None:
    assert faults(open_page(address, width)) == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_the_narrowest_screen(open_page: Any, address: str) -> None:
    page = open_page(address, 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_letters_of_all_languages_come_from_our_font(open_page: Any) -> None:
    page = open_page("/styleguide/", 1280)
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    nodes = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".rq-list dd"})["nodeIds"]
    used = [f for n in nodes for f in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": n})["fonts"]]
    assert used
    assert [font["familyName"] for font in used if not font["isCustomFont"]] == []


def test_controls_are_as_tall_as_a_thumb(open_page: Any) -> None:
    page = open_page("/styleguide/", 360)
    short = page.evaluate(
        """() => [...document.querySelectorAll('.govuk-button, .govuk-input, .govuk-select, nav a, .rq-footer a')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 47.9).map(e => e.outerHTML)"""
    )
    assert short == []


def test_a_page_is_complete_without_scripts_in_eight_requests(browser: Browser, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(live_server.url + "/no-such-page/", wait_until="networkidle")
    assert page.inner_text("h1") == "Không có trang này"
    assert len(requests) <= 8
    assert all(url.startswith((live_server.url, "data:")) for url in requests)
    context.close()
