"""From a number of the official report, by its printed address, to the snapshot, the figure and its records."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.collect import Collect
from tests.journeys.conftest import Visit
from tests.journeys.installation import Installation, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

NOTE = "Chốt để lập báo cáo (bài thử)"


def test_a_number_of_the_report_opens_down_to_its_records(
    visit: Visit, sign_in: Callable[[Page, str], None], installation: Installation, tmp_path: Path
) -> None:
    desk = visit()
    sign_in(desk, "thuongtruc@demo.vn")
    snapshot_id = _freeze(desk)
    report = _Report(_build_and_download(desk, tmp_path / "bao-cao.docx"))

    assert report.snapshot_address == f"{installation.address}/desk/figures/snapshots/{snapshot_id}/"
    desk.goto(report.snapshot_address)
    expect(desk.locator("main")).to_contain_text("Còn nguyên vẹn")
    expect(desk.locator("main")).to_contain_text(NOTE)
    desk.get_by_role("link", name="Lượt hỗ trợ", exact=True).click()
    expect(desk.locator(".rq-stat__value")).to_have_text(re.compile(rf"^{report.total} "))

    desk.goto(report.address_of_total)
    expect(desk.locator(".rq-stat__value")).to_have_text(re.compile(rf"^{report.total} "))
    assert _table(desk) == report.groups
    frozen = installation.figure("assists", "--by", "group", "--snapshot", snapshot_id)
    assert _printed(frozen["total"]) == report.total
    assert {row["label"]: _printed(row["value"]) for row in frozen["rows"]} == report.groups

    group, number = next(iter(report.groups.items()))
    desk.get_by_role("row", name=re.compile(f"^{group}")).get_by_role("link").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(group)
    expect(desk.locator("main")).to_contain_text(f"{number} lượt")
    desk.get_by_role("table", name=re.compile("bản ghi", re.IGNORECASE)).locator("a").first.click()
    expect(desk.locator("main")).to_contain_text(re.compile(r"uuid:[0-9a-f-]{36}"))

    live = installation.figure("assists", "--by", "group")["total"]
    _send_a_record(installation)
    wait_until(lambda: installation.figure("assists", "--by", "group")["total"] == live + 1, "no new record is counted")
    desk.goto("/desk/figures/assists/?by=group")
    expect(desk.locator(".rq-stat__value")).to_have_text(re.compile(rf"^{_printed(live + 1)} "))
    desk.goto(report.address_of_total)
    expect(desk.locator(".rq-stat__value")).to_have_text(re.compile(rf"^{report.total} "))
    assert installation.figure("assists", "--by", "group", "--snapshot", snapshot_id) == frozen
    desk.goto(report.snapshot_address)
    expect(desk.locator("main")).to_contain_text("Còn nguyên vẹn")


class _Report:
    """What a reader of the printed report finds on its pages."""

    def __init__(self, path: Path) -> None:
        document: Any = docx.Document(str(path))
        self.lines = [paragraph.text for paragraph in document.paragraphs]
        self.total, mark = self._find(r"Tổng số lượt hỗ trợ người dân: ([\d.]+) lượt \[(\d+)\]")
        (self.snapshot_address,) = self._find(r"^Địa chỉ: (\S+)$")
        entry = next(place for place, line in enumerate(self.lines) if line.startswith(f"[{mark}] "))
        self.address_of_total = self.lines[entry + 1].strip()
        rows = next(table for table in document.tables if "Nhóm dịch vụ" in table.rows[0].cells[1].text).rows
        self.groups = {row.cells[1].text: row.cells[2].text for row in rows[1:-1]}
        assert rows[-1].cells[2].text == self.total

    def _find(self, pattern: str) -> tuple[str, ...]:
        found = next(filter(None, (re.search(pattern, line) for line in self.lines)), None)
        assert found, pattern
        return found.groups()


def _freeze(desk: Page) -> str:
    """Freeze the numbers, as the standing office does before a report; give the snapshot's id."""
    desk.goto("/desk/figures/snapshots/")
    desk.get_by_label("Ghi chú").fill(NOTE)
    desk.get_by_role("button", name="Chốt số liệu").click()
    desk.wait_for_url(re.compile(r"/snapshots/[0-9a-f-]{36}/$"))
    return desk.url.rstrip("/").rpartition("/")[2]


def _build_and_download(desk: Page, path: Path) -> Path:
    desk.goto("/desk/reports/")
    desk.get_by_role("button", name="Lập báo cáo", exact=True).click()
    expect(desk.locator("main")).to_contain_text("Nguyễn Thị Hạnh")
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="Word").first.click()
    coming.value.save_as(path)
    assert coming.value.suggested_filename.endswith(".docx")
    return path


def _table(page: Page) -> dict[str, str]:
    """Give the figure's table by the words of its rows."""
    rows = page.locator("main .rq-chart__data tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").inner_text().strip() for row in rows}


def _send_a_record(installation: Installation) -> None:
    outing = installation.ask("SELECT code FROM outings_outing WHERE state = 'open' ORDER BY code LIMIT 1")[0][0]
    collect = Collect(installation.address, outing)
    collect.prepare()
    assert collect.send(collect.record(f"uuid:{uuid4()}")) == 201


def _printed(value: int) -> str:
    return f"{value:,}".replace(",", ".")
