"""Merchants' phones: enrolled, then without a line; good vouchers are taken, bad ones refused, and all is settled."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from raquan.demo.rules.accounts import ENTERPRISE_LOGIN, PASSWORD
from tests.journeys.conftest import copy_of
from tests.journeys.installation import ROOT, Installation
from tests.journeys.phone import CAMERA, Phone, faults_of_screen, stored, tap
from tests.journeys.shop import LEASE_MOST

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

COUNTED = "SELECT quota, counted, held FROM vouchers_voucherrun WHERE id = ?"
OUTCOMES = "SELECT outcome, reason, COUNT(*) FROM vouchers_redemption WHERE run_id = ? GROUP BY outcome, reason"
FAILURES = """SELECT reason, COUNT(*) FROM vouchers_redemptionfailure
  WHERE counter_id IN (SELECT id FROM vouchers_counter WHERE name = 'Quầy 1') GROUP BY reason"""
OFFICE = "thuongtruc@demo.vn"
Shop = dict[str, Any]


@pytest.fixture
def own(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with voucher campaigns, which goes away and comes back."""
    copy = copy_of(demo_home, tmp_path_factory)
    yield copy
    if copy.server is not None and copy.living():
        copy.kill()


@pytest.fixture
def shop(own: Installation) -> Shop:
    """Codes of good vouchers and of bad ones, and codes that make two phones counters; then the server is started."""
    command = [sys.executable, "-m", "tests.journeys.shop"]
    environment = own.environment | {"DJANGO_SETTINGS_MODULE": "raquan.config.settings"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: Shop = json.loads(done.stdout)
    own.start()
    return found


@pytest.fixture
def phones(browser: Browser, own: Installation, tmp_path: Path) -> Iterator[list[Phone]]:
    """Two phones that have never seen the page."""
    made = [Phone(browser, tmp_path / f"phone{number}", own.address) for number in (1, 2)]
    yield made
    for phone in made:
        if phone.context is not None:
            phone.context.close()
        assert not phone.faults


def start(phone: Phone, rest: str = "") -> Page:
    return phone.start(app=f"/counter/{rest}")


def enroll(phone: Phone, code: str, name: str) -> Page:
    """Open a counter from the address that the enterprise's page shows, and wait until all of it is kept."""
    page = start(phone, f"#/enroll/{code}")
    expect(page.get_by_label("Mã ghi danh")).to_have_value(code)
    assert faults_of_screen(page) == []
    assert code not in page.url
    page.get_by_label("Tên quầy").fill(name)
    tap(page, "Mở quầy")
    expect(page.get_by_text(f"Mất mạng vẫn nhận được {LEASE_MOST} phiếu")).to_be_visible(timeout=30_000)
    page.evaluate("navigator.serviceWorker.ready")
    page.get_by_role("link", name="Máy này").click()
    expect(page.get_by_text("Trang đã lưu đủ trên máy")).to_be_visible(timeout=30_000)
    assert faults_of_screen(page) == []
    page.get_by_role("link", name="Nhận phiếu").click()
    return page


def show(page: Page, code: str) -> None:
    """Type a code by hand."""
    page.evaluate("location.hash = '#/type'")
    page.get_by_label("Các chữ dưới mã QR").fill(code.lower())
    tap(page, "Kiểm tra phiếu")


def look_at_today(page: Page) -> None:
    """See the day's redemptions with one of them about to be taken back."""
    page.get_by_role("link", name="Hôm nay").click()
    expect(page.get_by_text("150.000 ₫")).to_be_visible()
    page.get_by_role("listitem").first.get_by_text("Hoàn lượt này").click()
    assert faults_of_screen(page) == []


def take(page: Page, code: str, serial: int) -> None:
    show(page, code)
    expect(page.get_by_role("heading", name="Phiếu hợp lệ")).to_be_visible()
    tap(page, "Nhận phiếu")
    expect(page.get_by_role("heading", name="Đã nhận phiếu")).to_be_visible()
    expect(page.get_by_text(f"Phiếu số {serial}", exact=True)).to_be_visible()
    assert faults_of_screen(page) == []


def refused(page: Page, code: str, why: str) -> None:
    show(page, code)
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^(Không nhận phiếu này|Chưa nhận được)"))).to_be_visible()
    assert faults_of_screen(page) == []


def altered(code: str) -> str:
    """Change one bit of a code's signature."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return code[:60] + signs[signs.index(code[60]) ^ 1] + code[61:]


def due(page: Page, count: int) -> None:
    expect(page.get_by_text(f"Chưa gửi {count}", exact=True)).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)


def of_run(own: Installation, shop: Shop, sql: str) -> list[tuple[Any, ...]]:
    return own.ask(sql, UUID(shop["run"]).hex)


@pytest.fixture
def desk(browser: Browser, own: Installation) -> Iterator[Callable[[str], Page]]:
    """Sign in to the desk as somebody of the demo."""
    contexts = []

    def sign_in(login: str) -> Page:
        context = browser.new_context(base_url=own.address, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in?next=/desk/vouchers/")
        page.get_by_label("Số điện thoại hoặc e-mail").fill(login)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/desk/vouchers/")
        return page

    yield sign_in
    for context in contexts:
        context.close()


def row(page: Page, *cells: str) -> None:
    """See a row of a table that begins with these cells."""
    text = r"\s+".join(re.escape(cell) for cell in cells)
    expect(page.get_by_role("row").filter(has_text=re.compile(text)).first).to_be_visible()


def test_a_counter_redeems_without_a_line_and_settles(
    own: Installation, shop: Shop, phones: list[Phone], desk: Callable[[str], Page]
) -> None:
    good, phone = shop["good"], phones[0]
    enroll(phone, shop["enrolment"][0], "Quầy 1")
    phone.kill()
    own.kill()

    page = start(phone)
    picture = segno.make_qr(good[0], error="m").png_data_uri(scale=4, border=4)
    page.evaluate(CAMERA, picture)
    tap(page, "Quét phiếu")
    expect(page.get_by_role("heading", name="Phiếu hợp lệ")).to_be_visible(timeout=30_000)
    page.get_by_text("Thẻ đồng hành, số tiền").click()
    page.get_by_label("Số tiền hóa đơn").fill("150000")
    expect(page.get_by_label("Số tiền hóa đơn")).to_have_value("150.000")
    tap(page, "Nhận phiếu")
    expect(page.get_by_role("heading", name="Đã nhận phiếu")).to_be_visible()
    refused(page, good[0], "Phiếu đã dùng rồi")
    refused(page, altered(good[1]), "Mã đã bị sửa hoặc in hỏng")
    refused(page, shop["other"], "Phiếu của nơi khác")
    refused(page, shop["over"], "Phiếu đã hết hạn")
    refused(page, shop["later"], "Chưa đến ngày dùng")
    take(page, good[1], 2)
    phone.kill()

    page = start(phone)
    due(page, 7)
    refused(page, good[1], "Đã dùng ở chính quầy này")
    look_at_today(page)
    tap(page, "Nhận nhầm phiếu")
    expect(page.get_by_text("Đã hoàn, chưa gửi")).to_be_visible()
    take(page, good[1], 2)
    take(page, good[2], 3)
    refused(page, good[3], "Quầy đã hết phần phiếu được giữ")
    due(page, 12)
    page.get_by_role("link", name="Máy này").click()
    tap(page, "Bỏ quầy khỏi máy này")
    expect(page.get_by_text("Còn 12 việc chưa gửi")).to_be_visible()

    own.start()
    send(page)
    assert of_run(own, shop, COUNTED) == [(30, 3, LEASE_MOST)]  # it has asked for as much again
    assert of_run(own, shop, OUTCOMES) == [("accepted", "", 4)]
    reasons = dict(own.ask(FAILURES))
    assert reasons == {"used": 2, "altered": 1, "other_run": 1, "expired": 1, "not_begun": 1, "no_lease": 1}
    take(page, good[3], 4)
    send(page)
    assert of_run(own, shop, COUNTED)[0][:2] == (30, 4)
    office = desk(OFFICE)
    office.goto(f"/desk/vouchers/{shop['run']}/")
    row(office, "Mã bị sửa", "1")
    row(office, "Phiếu đã dùng", "2")
    expect(office.get_by_text("Đã hoàn: 1 lượt")).to_be_visible()
    expect(office.get_by_text("150.000")).to_be_visible()


def test_of_two_counters_without_a_line_one_counts(
    own: Installation, shop: Shop, phones: list[Phone], desk: Callable[[str], Page]
) -> None:
    code = shop["good"][6]
    pages = [enroll(phone, shop["enrolment"][at], f"Quầy {at + 1}") for at, phone in enumerate(phones)]
    for phone, page in zip(phones, pages, strict=True):
        assert phone.context is not None
        phone.context.set_offline(True)
        take(page, code, 7)
        due(page, 1)
    for phone in phones:
        assert phone.context is not None
        phone.context.set_offline(False)
    first, second = pages
    expect(first.get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=30_000)
    send(second)
    assert sorted(of_run(own, shop, OUTCOMES)) == [("accepted", "", 1), ("refused", "double", 1)]
    rows = [row["outcome"]["code"] for page in pages for row in stored(page, "redemptions", "raquan-counter")]
    assert sorted(rows) == ["", "double"]
    loser = pages[rows.index("double")]
    loser.get_by_role("link", name="1 lượt không được tính").click()
    expect(loser.get_by_text("Phiếu này đã được dùng ở quầy khác")).to_be_visible()
    expect(loser.get_by_role("link", name="1 lượt không được tính")).to_have_count(0)
    refused(loser, code, "Phiếu đã dùng rồi")
    winner, other = pages[rows.index("")], f"Quầy {rows.index('double') + 1}"
    send(winner)
    winner.get_by_role("navigation").get_by_role("link", name="Hôm nay").click()
    counted = winner.get_by_role("listitem").filter(has_text="Phiếu số 7")
    expect(counted.get_by_text(f"{other} cũng nhận phiếu này lúc")).to_be_visible()
    expect(counted.get_by_text("Được tính", exact=True)).to_be_visible()
    assert of_run(own, shop, COUNTED)[0][:2] == (30, 1)
    enterprise = desk(ENTERPRISE_LOGIN)  # where both counters' people look
    enterprise.goto(f"/desk/vouchers/redemptions/?state=double&run={shop['run']}")
    row(enterprise, f"Quầy {rows.index('double') + 1}")
