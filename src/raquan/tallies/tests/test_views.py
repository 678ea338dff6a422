"""The pages of tally sheets: for whom, typed like the paper, added up without scripts, refused cell by cell."""

import io
from datetime import datetime
from typing import Any

import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raquan.tallies import commands, gateways, queries
from raquan.tallies.rules import TallyKey, TallySource
from raquan.tallies.tests.world import Market, signed_in

FILED = TallyKey("birth_registration", "filed", "guided")


def at(name: str, **kwargs: Any) -> str:
    return reverse(f"tallies:{name}", kwargs=kwargs)


def box(market: Market, number: str, key: TallyKey) -> str:
    """Name the box of a cell on the page."""
    rows = queries.tally_sheet(market.officer, number).rows
    position = next(n for n, row in enumerate(rows) if (row.service_code, row.rung) == (key.service, key.rung))
    return f"n{position}_{key.how}"


def typed(market: Market, number: str, count: object = 12, **more: object) -> dict[str, object]:
    told = {"version": 0, "source": "page", "recorded_too": "no", box(market, number, FILED): count}
    return told | more


def test_strangers_see_no_sheet(market: Market, number: str, client: Client) -> None:
    pages = [at("sheet", number=number), at("enter", number=number), at("sheets", outing_id=market.outing_id)]
    pages += [at("print", outing_id=market.outing_id), at("workbook", outing_id=market.outing_id)]
    for page in pages:
        assert client.get(page).status_code == 302
        assert signed_in(market.city_officer).get(page).status_code == 403


def test_an_outing_shows_its_sheets_and_adds_some(market: Market) -> None:
    client, page = signed_in(market.officer), at("sheets", outing_id=market.outing_id)
    assert "Chưa in phiếu nào" in client.get(page).content.decode()
    form = {"count": 2, "request_id": "018b0000-0000-7000-8000-000000000001"}
    for _ in range(2):
        answer = client.post(at("issue", outing_id=market.outing_id), form)
        assert answer.headers["Location"] == at("print", outing_id=market.outing_id)
    fragment = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert f"{market.outing_code}-P02" in fragment
    assert f"{market.outing_code}-P03" not in fragment
    assert client.post(at("issue", outing_id=market.outing_id), {"count": 0}).status_code == 422


def test_the_paper_has_a_box_for_each_result_and_way(market: Market, number: str) -> None:
    page = signed_in(market.helper).get(at("print", outing_id=market.outing_id)).content.decode()
    assert number in page
    assert "Không ghi tên" in page
    assert page.count("tally-ticks") == 5 * 3
    assert "<svg" in page


def test_a_sheet_is_typed_like_the_paper_and_kept(market: Market, number: str) -> None:
    client, page = signed_in(market.helper), at("enter", number=number)
    assert "xếp như phiếu giấy" in client.get(page).content.decode()
    answer = client.post(page, typed(market, number, declared=12))
    assert answer.status_code == 302
    sheet = queries.tally_sheet(market.officer, number)
    assert (sheet.total, sheet.version, dict(sheet.said)) == (12, 1, {FILED: 12})
    shown = client.get(at("sheet", number=number)).content.decode()
    assert "12 lượt" in shown
    again = client.post(page, typed(market, number), follow=True)
    assert "đúng nội dung như vậy" in again.content.decode()
    other = client.post(page, typed(market, number, 13))
    assert other.status_code == 422
    assert "đã nhập 12 lượt" in other.content.decode()


def test_the_sum_is_shown_without_scripts_and_with(market: Market, number: str) -> None:
    client = signed_in(market.helper)
    page = client.post(at("enter", number=number), typed(market, number, 17, do="total"))
    assert page.status_code == 200
    assert "Cộng: 17" in page.content.decode()
    assert not queries.tally_sheet(market.officer, number).version
    fragment = client.post(at("totals", number=number), typed(market, number, 18)).content.decode()
    assert "Cộng: 18" in fragment
    assert "Cầm tay chỉ việc: 18" in fragment


def test_what_is_wrong_is_said_and_what_was_typed_stays(market: Market, number: str) -> None:
    client, page = signed_in(market.helper), at("enter", number=number)
    wrong_sum = client.post(page, typed(market, number, declared=13))
    assert wrong_sum.status_code == 422
    assert "Các ô cộng được 12, phiếu ghi 13" in wrong_sum.content.decode()
    no_number = client.post(page, typed(market, number, "mười"))
    assert 'value="mười"' in no_number.content.decode()
    unsaid = client.post(page, typed(market, number, recorded_too=""))
    assert "Hãy chọn một câu trả lời" in unsaid.content.decode()
    assert not queries.tally_sheet(market.officer, number).version


def test_a_correction_needs_its_reason(market: Market, number: str) -> None:
    client, page = signed_in(market.helper), at("enter", number=number)
    client.post(page, typed(market, number))
    assert "Lý do sửa" in client.get(page).content.decode()
    assert client.post(page, typed(market, number, 11, version=1)).status_code == 422
    assert client.post(page, typed(market, number, 11, version=1, reason="Đọc nhầm")).status_code == 302
    assert queries.tally_sheet(market.officer, number).total == 11


def test_a_sheet_read_out_over_the_telephone_says_so(market: Market, number: str) -> None:
    client, page = signed_in(market.helper), at("enter", number=number) + "?by=telephone"
    assert 'value="telephone"' in client.get(page).content.decode()
    client.post(page, typed(market, number, source="telephone"))
    assert queries.tally_sheet(market.officer, number).entries[0].source == TallySource.TELEPHONE


def test_a_photo_is_kept_without_where_it_was_taken(market: Market, number: str) -> None:
    chunk = b"\x00\x00\x00\x04tEXtGPS!\x00\x00\x00\x00"
    end = b"\x00\x00\x00\x00IEND\xaeB`\x82"
    photo = SimpleUploadedFile("phieu.png", b"\x89PNG\r\n\x1a\n" + chunk + end, content_type="image/png")
    client = signed_in(market.helper)
    assert client.post(at("enter", number=number), typed(market, number, photo=photo)).status_code == 302
    kept = client.get(queries.tally_sheet(market.officer, number).entries[0].photo)
    data = b"".join(kept.streaming_content) if kept.streaming else kept.content  # type: ignore[attr-defined]
    assert data == b"\x89PNG\r\n\x1a\n" + end


def test_withdrawing_is_the_officers(market: Market, number: str) -> None:
    page = at("withdraw", number=number)
    assert signed_in(market.helper).post(page, {"reason": "x"}).status_code == 403
    client = signed_in(market.officer)
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "In thử"}).status_code == 302
    assert "In thử" in client.get(at("sheet", number=number)).content.decode()
    assert signed_in(market.helper).get(at("enter", number=number)).status_code == 404


def filled(template: bytes, cells: dict[tuple[int, int], object]) -> SimpleUploadedFile:
    """Fill in a workbook as an office does: every value that it had, and these."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as copy:
        for name in book.sheet_names:
            sheet = copy.add_worksheet(name)
            for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                for column, value in enumerate(values):
                    sheet.write(row, column, value)
            for (row, column), given in cells.items():
                sheet.write(row, column, given)
    return SimpleUploadedFile("phieu.xlsx", out.getvalue())


def send(client: Client, workbook: SimpleUploadedFile) -> Any:
    return client.post(at("upload"), {"workbook": workbook})


def test_a_workbook_is_downloaded_filled_in_and_entered_once(market: Market, number: str) -> None:
    client = signed_in(market.helper)
    template = client.get(at("workbook", outing_id=market.outing_id)).content
    rows = queries.tally_sheet(market.officer, number).rows
    first = gateways.HEADINGS + 1 + next(n for n, row in enumerate(rows) if row.rung == "filed")
    cells: dict[tuple[int, int], object] = {gateways.RECORDED: "Không", (first, 3): 12, (first, 2): "3"}
    answer = send(client, filled(template, cells))
    assert answer.status_code == 200
    assert "Đã nhập 1 phiếu" in answer.content.decode()
    sheet = queries.tally_sheet(market.officer, number)
    assert (sheet.total, sheet.entries[0].source) == (15, "excel")
    assert "đã nhập từ trước" in send(client, filled(template, cells)).content.decode()
    cells[first, 3] = 13
    assert "đã nhập 15 lượt" in send(client, filled(template, cells)).content.decode()


def test_a_wrong_workbook_names_sheet_row_and_column_and_enters_nothing(
    market: Market, now: datetime, number: str
) -> None:
    commands.issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=1)
    client = signed_in(market.helper)
    template = client.get(at("workbook", outing_id=market.outing_id)).content
    first = gateways.HEADINGS + 1
    answer = send(client, filled(template, {(first, 2): 4, (first, 3): "nhiều", (first + 1, 4): 2.5}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa nhập phiếu nào" in page
    assert page.count("“nhiều” không phải là số người") == 2
    assert "“2.5” không phải là số người" in page
    assert "Chưa trả lời" in page
    assert not queries.tally_sheet(market.officer, number).version
    garbage = send(client, SimpleUploadedFile("x.xlsx", b"PK nothing"))
    assert "Không đọc được tệp này" in garbage.content.decode()


def test_a_blank_workbook_enters_nothing(market: Market, number: str) -> None:
    client = signed_in(market.helper)
    template = client.get(at("workbook", outing_id=market.outing_id)).content
    answer = send(client, SimpleUploadedFile("phieu.xlsx", template))
    assert "Đã nhập 0 phiếu" in answer.content.decode()
    assert not queries.tally_sheet(market.officer, number).version
