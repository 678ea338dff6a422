"""From a place to its share: asked for, found on its page by the checker, photographed elsewhere, counted."""

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from playwright.sync_api import Browser, Page, expect

from raquan.displays import commands
from raquan.displays.rules import Outcome
from raquan.displays.tests.conftest import make, outreach, website
from raquan.displays.tests.website import Website, copy_of
from raquan.files.queries import read_file
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.outreach.tests.conftest import Make, Outreach
from raquan.people import commands as people
from raquan.people.rules import Role
from tests.journeys.conftest import PHONE

__all__ = ["make", "outreach", "website"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.front,
    pytest.mark.django_db(transaction=True),
]
LOGIN, PASSWORD = "can-bo-ea-kpam@example.vn", "mot-cau-dai-de-nho"
SHOTS = os.environ.get("RAQUAN_SHOTS", "")


@pytest.fixture(scope="session", autouse=True)
def _in_playwrights_thread() -> Iterator[None]:
    """Playwright's loop runs in the thread that asks the database here."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def officer(outreach: Outreach, now: datetime) -> UUID:
    """An officer of the first unit, on the demo's day."""
    user_id = people.create_user(by=SYSTEM, now=now, full_name="H’Trang Niê", login=LOGIN, password=PASSWORD)
    duty: dict[str, Any] = {"user_id": user_id, "role": Role.UNIT_OFFICER, "organization_id": outreach.units[0]}
    people.give_duty(by=SYSTEM, now=now, starts_on=date(2023, 1, 1), **duty)
    return user_id


@pytest.fixture
def desk(browser: Browser, live_server: Any, officer: UUID, now: datetime) -> Iterator[Page]:
    """The officer's phone, signed in; the test shares the server's process, so that the page's host may be ours."""
    install_offset(now - real_now())
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, locale="vi-VN")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/sign-in?next=/desk/displays/")
    page.get_by_label("Số điện thoại hoặc e-mail").fill(LOGIN)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/displays/")
    yield page
    context.close()
    install_offset(timedelta(0))


def test_from_a_place_to_the_share_of_its_unit(
    desk: Page, outreach: Outreach, make: Make, now: datetime, website: Website, tmp_path: Path
) -> None:
    artwork = make(until="approved", design="post")
    picture = read_file(apps.get_model("outreach.Artwork").objects.get(id=artwork).picture_sha256)
    website.put("/", '<h1>Xã Ea Kpam</h1><img data-src="/anh.jpg" alt="">')
    website.put("/anh.jpg", copy_of(picture, 0.4, "JPEG", 40), "image/jpeg")
    _add(desk, "Trang của xã Ea Kpam", "portal", page_url=f"{website.url}/")
    _add(desk, "Bộ phận một cửa xã Ea Kpam", "one_stop_shop")
    _ask(desk)

    page = apps.get_model("displays.DisplaySite").objects.exclude(page_url="").get()
    assert commands.check_page(now=now, site_id=page.id) is Outcome.FOUND
    desk.goto("/desk/displays/shares/")
    expect(desk.get_by_role("row", name="Xã Ea Kpam")).to_contain_text("50%")

    desk.goto("/desk/displays/?state=asked")
    desk.get_by_role("link", name="Bộ phận một cửa xã Ea Kpam").click()
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(copy_of(picture, 0.5, "JPEG", 80))
    desk.get_by_label("Ảnh", exact=True).set_input_files(photo)
    desk.get_by_label("Chụp ở đâu").fill("Quầy số 1, bên trái cửa")
    desk.get_by_label("Giờ chụp").fill("8:30")
    _shot(desk, "photo")
    desk.get_by_role("button", name="Gửi ảnh").click()
    expect(desk.locator("main")).to_contain_text("Ảnh chụp tại chỗ")
    _shot(desk, "display")
    desk.goto("/desk/displays/shares/")
    expect(desk.get_by_role("row", name="Xã Ea Kpam")).to_contain_text("100%")
    for path, name in (("", "list"), ("sites/", "sites"), (f"sites/{page.id}/", "site"), ("shares/", "shares")):
        desk.goto(f"/desk/displays/{path}")
        _shot(desk, name)


def _add(desk: Page, name: str, kind: str, *, page_url: str = "") -> None:
    desk.goto("/desk/displays/sites/new/")
    desk.get_by_label("Tên nơi treo, nơi đăng").fill(name)
    desk.get_by_label("Loại", exact=True).select_option(kind)
    desk.get_by_label("Bắt buộc hay mời").select_option("must")
    desk.get_by_label("Địa chỉ trang web").fill(page_url)
    desk.get_by_role("button", name="Thêm nơi").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(name)


def _ask(desk: Page) -> None:
    desk.goto("/desk/displays/ask/")
    for box in desk.get_by_role("checkbox").all():
        box.check()
    desk.get_by_label("Từ ngày").fill("1/10/2023")
    desk.get_by_label("Đến hết ngày").fill("12/10/2023")
    _shot(desk, "ask")
    desk.get_by_role("button", name="Gửi đề nghị").click()
    expect(desk.locator("main")).to_contain_text("Đã đề nghị 2 nơi")


def _shot(desk: Page, name: str) -> None:
    """Keep how a page looks, for who wants to see it: at a phone's width and at a desk's."""
    if not SHOTS:
        return
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 740})
        desk.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    desk.set_viewport_size(PHONE)
