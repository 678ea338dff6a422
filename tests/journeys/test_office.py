"""From a signed document to a frozen report: the steering office and a unit, each at its own desk."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.installation import ROOT, Installation, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

AMENDING = ROOT / "tests/fixtures/plans/sua-doi-138.docx"
TASK = "Phổ biến, hỗ trợ người dân cài đặt, sử dụng dịch vụ công trực tuyến"
RESULTS = "Đã mở bốn buổi ra quân tại bộ phận một cửa."


def test_from_the_document_to_a_frozen_report(
    visit: Visit, sign_in: Callable[[Page, str], None], installation: Installation, tmp_path: Path
) -> None:
    office, unit = visit(), visit()
    sign_in(office, "thuongtruc@demo.vn")
    sign_in(unit, "cumgar@demo.vn")
    _amend_the_plan(office)
    _write_and_send_a_sub_plan(office, unit, tmp_path)
    _open_a_round(office)
    wait_until(
        lambda: installation.ask("SELECT id FROM rounds_reportinground WHERE last_on = '2023-10-05'"),
        "the clock opens no round",
        seconds=180,
    )
    report = _submit(unit)
    office.goto(report)
    office.get_by_text("Trả lại cho đơn vị").click()
    office.get_by_label("Lý do").fill("Chưa nói khó khăn")
    office.get_by_role("button", name="Trả lại", exact=True).click()
    unit.goto(report)
    expect(unit.locator("main")).to_contain_text("Chưa nói khó khăn")
    expect(unit.get_by_label("Kết quả")).to_have_value(RESULTS)
    unit.get_by_label("Hạn chế, vướng mắc").fill("Mất mạng một buổi.")
    unit.get_by_role("button", name="Nộp báo cáo").click()
    office.goto(report)
    expect(office.locator("main")).to_contain_text("Mất mạng một buổi.")
    office.get_by_role("button", name="Duyệt và chốt số liệu").click()
    expect(office.locator("main")).to_contain_text("Đã chốt khi duyệt.")
    states = installation.ask(
        "SELECT state FROM rounds_unitreport WHERE state = 'approved' AND snapshot_id IS NOT NULL"
    )
    assert states


def _amend_the_plan(office: Page) -> None:
    """Read a document, correct a line of it, and put it in force."""
    office.goto("/desk/campaign/readings/")
    office.get_by_label("Văn bản kế hoạch").set_input_files(AMENDING)
    office.get_by_role("button", name="Đọc văn bản").click()
    expect(office.get_by_role("heading", level=1, name="Xem lại văn bản")).to_be_visible(timeout=60_000)
    office.get_by_role("link", name=f"Sửa : {TASK}").or_(office.get_by_role("link", name=f"Sửa: {TASK}")).click()
    office.get_by_label("Sản phẩm").fill("Số lượt người dân được hỗ trợ, theo xã")
    office.get_by_role("button", name="Lưu").click()
    expect(office.locator("main")).to_contain_text("Nguyễn Thị Hạnh đã xem")
    office.get_by_role("button", name="So với kế hoạch đang thực hiện").click()
    expect(office.locator("main")).to_contain_text("Số lượt người dân được hỗ trợ, theo xã")
    office.get_by_role("button", name="Sửa đổi kế hoạch").click()
    office.goto("/desk/campaign/")
    expect(office.locator("main")).to_contain_text("158/KH-UBND")
    expect(office.locator("main")).to_contain_text("Số lượt người dân được hỗ trợ, theo xã")


def _write_and_send_a_sub_plan(office: Page, unit: Page, folder: Path) -> None:
    """Draft a sub-plan under a task, print it, record that it was signed, and send it."""
    unit.goto("/desk/campaign/")
    unit.locator("section", has_text=TASK).get_by_role("link", name=re.compile("^Kế hoạch đơn vị")).first.click()
    unit.get_by_role("button", name="Soạn kế hoạch của đơn vị").click()
    unit.get_by_label("Tên kế hoạch").fill("Ra quân hỗ trợ dịch vụ công tại Cư M’gar")
    unit.get_by_role("group", name="Việc 1").get_by_label("Việc gì").fill("Bốn buổi tại bộ phận một cửa")
    unit.get_by_role("button", name="Lưu").click()
    with unit.expect_download() as coming:
        unit.get_by_role("link", name="Tải văn bản để trình ký").click()
    coming.value.save_as(folder / "ke-hoach.docx")
    words = "\n".join(one.text for one in docx.Document(str(folder / "ke-hoach.docx")).paragraphs)
    assert "Ra quân hỗ trợ dịch vụ công tại Cư M’gar" in words
    unit.get_by_label("Số, ký hiệu").fill("57/KH-UBND")
    unit.get_by_label("Ngày ban hành").fill("04/10/2023")
    unit.get_by_label("Tệp đã ký").set_input_files(_signed())
    unit.get_by_role("button", name="Ghi đã ban hành").click()
    address = unit.url
    office.goto("/desk/campaign/sub-plans/")
    expect(office.locator("main")).not_to_contain_text("Ra quân hỗ trợ dịch vụ công tại Cư M’gar")
    unit.get_by_role("button", name="Gửi cơ quan thường trực").click()
    office.goto(address)
    expect(office.locator("main")).to_contain_text("57/KH-UBND")
    expect(office.locator("main")).to_contain_text("Bốn buổi tại bộ phận một cửa")


def _signed() -> FilePayload:
    written = BytesIO()
    docx.Document().save(written)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "da-ky.docx", "mimeType": kind, "buffer": written.getvalue()}


def _open_a_round(office: Page) -> None:
    """Set a daily rule; the clock opens the round of today."""
    office.goto("/desk/rounds/rule/")
    office.get_by_label("Báo cáo", exact=True).select_option(label="Hằng ngày")
    office.get_by_label("Đơn vị báo cáo").select_option(label="Các huyện, thị xã, thành phố")
    office.get_by_label("Từ ngày").fill("05/10/2023")
    office.get_by_label("Đến ngày").fill("15/10/2023")
    office.get_by_label("Hạn nộp, giờ của ngày cuối kỳ").fill("17:00")
    office.get_by_role("button", name="Lưu lịch").click()


def _submit(unit: Page) -> str:
    """Tell of the round, submit; give the report's address."""
    unit.goto("/desk/rounds/")
    unit.get_by_role("link", name="đến 05/10/2023").first.click()
    unit.get_by_role("link", name="UBND huyện Cư M’gar").click()
    unit.get_by_label("Kết quả").fill(RESULTS)
    unit.get_by_role("button", name="Nộp báo cáo").click()
    expect(unit.locator("main")).to_contain_text(RESULTS)
    return unit.url


def test_the_keyboard_leads_to_what_was_just_done(
    visit: Visit, sign_in: Callable[[Page, str], None], installation: Installation
) -> None:
    """Type "/" and some words: what the worker has read since is found, and its history says who did it."""
    office = visit()
    sign_in(office, "thuongtruc@demo.vn")
    wait_until(
        lambda: installation.ask("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM search_touched)"),
        "the worker does not read what was done",
        seconds=180,
    )
    office.goto("/desk/")
    office.keyboard.press("/")
    office.keyboard.type("cho huyen cu m'gar")
    office.keyboard.press("Enter")
    office.get_by_role("region", name="Buổi ra quân").get_by_role("link").first.click()
    office.get_by_role("link", name="Lịch sử: ai đã làm gì, lúc nào").click()
    office.wait_for_url("**/desk/history/**")
    expect(office.locator("main")).to_contain_text("lên lịch buổi ra quân")
