"""Starts a server with the demo in a home of its own, and a real Chromium to visit it with."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.journeys.installation import Installation
from tests.journeys.phone import Phone, chromium
from tests.shape import locked, migrated

ASSISTS = 300
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=900)


@dataclass(frozen=True)
class Site:
    """A running server: where it is, and the password that the demo's accounts share."""

    address: str
    password: str
    home: Path


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small demo, loaded once for all workers; nothing runs in it, journeys work in copies."""
    run = tmp_path_factory.getbasetemp()
    shared = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "demo"
    shared.mkdir(exist_ok=True)
    home = shared / "home"
    with locked(shared / "lock"):
        if not home.exists():
            loading = migrated(Installation(shared / "loading"))
            loading.run("demo", "load", "--assists", str(ASSISTS))
            loading.home.rename(home)
    return home


@pytest.fixture(scope="session")
def installation(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demo served as `raquan serve` does, until the last journey is over."""
    served = copy_of(demo_home, tmp_path_factory)
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def site(installation: Installation) -> Site:
    """Where the demo is served, for visitors."""
    from raquan.demo.rules.accounts import PASSWORD

    return Site(installation.address, PASSWORD, installation.home)


def copy_of(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Copy a home in which nothing runs, and give the copy an address of its own."""
    return Installation(shutil.copytree(home, tmp_path_factory.mktemp("copy") / "home"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, without its sandbox only for root, who cannot have one."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**chromium())
        yield running
        running.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Open a visitor's own window, a telephone's or a desk's; a script that fails there fails the journey."""
    contexts, faults = [], []

    def open_page(*, phone: bool = False) -> Page:
        context = browser.new_context(viewport=PHONE if phone else DESKTOP, base_url=site.address, locale="vi-VN")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


def _is_fault(said: ConsoleMessage) -> bool:
    """Tell a script's error, or a page that is missing, from a form that was refused: Chromium reports all of them."""
    return said.type == "error" and "status of 422" not in said.text


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


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, str], None]:
    """Sign in by the form, as a person does."""

    def by_form(page: Page, login: str) -> None:
        page.goto("/sign-in?next=/desk/")
        page.get_by_label("Số điện thoại hoặc e-mail").fill(login)
        page.get_by_label("Mật khẩu", exact=True).fill(site.password)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/desk/")

    return by_form
