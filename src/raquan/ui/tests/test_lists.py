"""A list says where one is, in which order and under which filters, and is written whole."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django import forms
from django.http import HttpRequest
from lxml import html

from raquan.kernel.paging import Page, window
from raquan.ui import lists
from raquan.ui.columns import Column, Columns
from raquan.ui.lists import Listing, Options, TooManyRows, show_list
from raquan.ui.tests.conftest import Render

NOW = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A row of a list."""

    name: str
    on: date | None
    count: int


ROWS = [Row(f"Xã {n}", date(2023, 10, 1), n) for n in range(1, 451)]
COLUMNS: Columns[Row] = Columns(
    name="xa",
    title="Các xã",
    first="name",
    columns=(
        Column("name", "Xã", lambda one: one.name, by=("sort_key",)),
        Column("on", "Ngày", lambda one: one.on),
        Column("count", "Lượt", lambda one: one.count, by=("count",), numeric=True),
        Column("note", "Ghi chú", lambda one: "=1+1", unseen=True),
    ),
)


class Filters(forms.Form):
    """What narrows the list."""

    q = forms.CharField(label="Tên", required=False, max_length=10)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), ("ward", "Phường Ea")])


Ask = Callable[..., Any]


@pytest.fixture
def ask(rf: Any) -> Ask:
    """Give a function that makes a request as our middleware leaves it."""

    def make(**address: str) -> HttpRequest:
        request: HttpRequest = rf.get("/xa/", address)
        request.now = NOW  # type: ignore[attr-defined]  # our request's
        return request

    return make


def read(*, page: int, sort: str, size: int = 20) -> Page[Row]:
    found = sorted(ROWS, key=lambda one: one.count, reverse=sort == "-count")
    return Page(found[window(page, size)], page, size, len(found))


def _listing(request: Any, **more: Any) -> Listing[Row]:
    return Listing(COLUMNS, read(page=2, sort="count"), "-count", more.get("chips", ()), request)


def _sent(answer: Any) -> bytes:
    data = b"".join(answer.streaming_content)
    answer.file_to_stream.close()
    return data


def test_heads_sort_keep_filters_and_begin_at_the_first_page(draw: Render, ask: Ask) -> None:
    listing = _listing(ask(q="ea", page="2", sort="-count"))
    table = html.fromstring(draw("<main>{{ ui.list_table(listing) }}</main>", listing=listing))
    heads = {th.text_content().strip(): th for th in table.xpath("//thead//th")}
    assert [heads[name].xpath("string(.//a/@href)") for name in ("Xã", "Ngày", "Lượt")] == [
        "?q=ea&sort=name",
        "",
        "?q=ea&sort=count",
    ]
    assert [th.get("aria-sort") for th in heads.values()] == [None, None, "descending"]
    assert "Các xã: 21–40 trong 450" in table.text_content()
    assert "=1+1" not in table.text_content()


def test_a_row_opens_its_page_and_the_whole_is_a_file(draw: Render, ask: Ask) -> None:
    source = """{% macro own(one) %}/xa/?a={{ one.count }}&b=1{% endmacro %}
    {% macro mark(one) %}<b>{{ one.count }}</b>{% endmacro %}
    <main>{{ ui.list_table(listing, href=own, cells={"count": mark}, more=[("Việc", mark)]) }}</main>"""
    page = html.fromstring(draw(source, listing=_listing(ask(kind="ward", page="2"))))
    assert page.xpath("//tbody/tr[1]/th/a/@href") == ["/xa/?a=21&b=1"]
    assert page.xpath("//tbody/tr[1]/td/b/text()") == ["21", "21"]
    files = page.xpath("//p[@class='rq-files']/a/@href")
    assert files == ["?kind=ward&format=xlsx", "?kind=ward&format=csv"]


def test_filters_in_force_are_said_and_each_is_taken_away(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, Any] = {}
    monkeypatch.setattr(lists, "render", lambda *given, **_: shown.update(given[2]))
    request = ask(q="ea", kind="ward", mine="1", page="9", sort="-count")
    options = Options(Filters(request.GET), chips=[("mine", "Của tôi", "có"), ("other", "Khác", "")])
    show_list(request, "x", COLUMNS, read, options)
    listing = shown["listing"]
    assert [(one.label, one.text) for one in listing.chips] == [
        ("Tên", "ea"),
        ("Loại", "Phường Ea"),
        ("Của tôi", "có"),
    ]
    assert listing.chips[0].without == "?kind=ward&mine=1&sort=-count"
    assert listing.plain == "?sort=-count"
    strange = ask(q="dài hơn mười chữ", kind="city", sort="-password", page="999")
    show_list(strange, "x", COLUMNS, read, Options(Filters(strange.GET), sort="-count"))
    assert (shown["listing"].chips, shown["listing"].sort) == ((), "name")
    assert shown["listing"].page.number == 23, "the last page, where the address names one behind it"


@pytest.mark.parametrize("is_synthetic", [False, True])
def test_csv_holds_every_row_and_says_what_it_is(ask: Ask, is_synthetic: bool) -> None:
    request = ask(kind="ward", sort="-count", format="csv", page="3")
    options = Options(Filters(request.GET), is_synthetic=is_synthetic)
    answer: Any = show_list(request, "x", COLUMNS, read, options)
    name = "xa-2023-10-05-phuong-ea-mo-phong.csv" if is_synthetic else "xa-2023-10-05-phuong-ea.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    data = _sent(answer)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    mark = ["Có"] if is_synthetic else []
    assert head == ["Xã", "Ngày", "Lượt", "Ghi chú", *(["Mô phỏng"] if is_synthetic else [])]
    assert rows[0] == ["Xã 450", "2023-10-01", "450", "'=1+1", *mark]
    assert [int(row[2]) for row in rows] == list(range(450, 0, -1))


def test_a_workbook_says_its_filters_on_top(ask: Ask) -> None:
    request = ask(kind="ward", format="xlsx")
    options = Options(Filters(request.GET), is_synthetic=True)
    answer: Any = show_list(request, "x", COLUMNS, read, options)
    sheet = openpyxl.load_workbook(io.BytesIO(_sent(answer))).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[:4] == [["Các xã"], ["Lọc: Loại: Phường Ea"], ["Tải lúc: 09:00 05/10/2023"], ["Số liệu mô phỏng."]]
    assert rows[4] == ["Xã", "Ngày", "Lượt", "Ghi chú", "Mô phỏng"]
    assert rows[5] == ["Xã 1", "2023-10-01", 1, "=1+1", "Có"]
    assert len(rows) == 5 + 450


def test_a_list_that_is_too_long_is_refused_before_anything_is_sent(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 449)
    with pytest.raises(TooManyRows, match="450 dòng, mỗi tệp chứa được 449"):
        show_list(ask(format="csv"), "x", COLUMNS, read)


def test_a_list_in_memory_keeps_what_is_empty_last_and_ties_as_they_came() -> None:
    columns: Columns[Row] = Columns(
        name="xa",
        title="Các xã",
        first="-on",
        columns=(
            Column("on", "Ngày", lambda one: one.on, value=lambda one: one.on),
            Column("name", "Xã", lambda one: one.name),
        ),
    )
    first, second, third = Row("a", date(2023, 10, 1), 1), Row("b", None, 2), Row("c", date(2023, 10, 2), 3)
    same = Row("d", date(2023, 10, 1), 4)
    found = [first, second, third, same]
    assert columns.arranged(found, "on") == [first, same, third, second]
    assert columns.arranged(found) == columns.arranged(found, "name") == [third, first, same, second]
