"""The components, with the words and the shapes that rooms give them."""

from lxml import html

from raquan.kernel.paging import Page
from raquan.ui import samples
from raquan.ui.tests.conftest import Render


def test_each_chart_has_its_table(draw: Render) -> None:
    for chart in ("bar_chart", "line_chart"):
        source = f'{{{{ ui.{chart}("Lượt hỗ trợ theo xã", rows, "Xã", "Lượt", unit="lượt") }}}}'
        figure = html.fromstring(draw(source, rows=samples.COMMUNES))
        assert "Lượt hỗ trợ theo xã" in figure.xpath("string(.//svg/@aria-label)")
        cells = [[c.text_content().strip() for c in row] for row in figure.xpath(".//tbody/tr")]
        assert cells == [[row.label, f"{row.value:,}".replace(",", ".")] for row in samples.COMMUNES]
        assert figure.xpath(".//tbody//a/@href") == ["#records", "#records"]


def test_a_long_chart_draws_its_head_and_lists_everything(draw: Render) -> None:
    rows = [samples.Row(f"Xã {n}", 200 - n) for n in range(184)]
    figure = html.fromstring(draw('{{ ui.bar_chart("Lượt", rows, "Xã", "Lượt") }}', rows=rows))
    assert len(figure.xpath(".//*[@class='rq-chart__bar']")) == 15
    assert len(figure.xpath(".//tbody/tr")) == 184
    assert "15 dòng đầu; bảng có đủ 184 dòng" in figure.text_content()


def test_a_description_is_written_by_its_kind(draw: Render) -> None:
    rows = [("Ngày", samples.MOMENT.date()), ("Lúc", samples.MOMENT), ("Số", 1234), ("Duyệt", True), ("Ghi chú", "")]
    shown = html.fromstring(draw("{{ ui.description_list(rows) }}", rows=rows)).xpath("//dd/text()")
    assert shown == ["05/10/2023", "09:00\u00a005/10/2023", "1.234", "Có", "–"]


def test_a_chart_of_nothing_says_so(draw: Render) -> None:
    for chart in ("bar_chart", "line_chart"):
        shown = draw(f'{{{{ ui.{chart}("Lượt", [], "Xã", "Lượt") }}}}')
        assert "Chưa có số liệu" in shown
        assert "<svg" not in shown


def test_a_stat_never_stands_bare(draw: Render) -> None:
    shown = html.fromstring(
        draw('{{ ui.stat(30128, "Lượt hỗ trợ", "Mỗi lần một người.", "Bản ghi", "09:00", "Đếm", href="/r") }}')
    )
    text = " ".join(shown.text_content().split())
    assert text == "Lượt hỗ trợ 30.128: mở các bản ghi Mỗi lần một người. Đếm Bản ghi · 09:00"
    assert shown.xpath(".//a/@href") == ["/r"]


def test_a_table_names_its_cells_for_narrow_screens_and_says_how_it_is_sorted(draw: Render) -> None:
    source = """{{ ui.data_table("Các xã", [
      {"label": "Xã", "href": "?sort=name"}, {"label": "Lượt", "numeric": true, "href": "?s", "sorted": "descending"}
    ], [[{"text": "Xã Cư Dliê M’nông", "href": "/x"}, 1234], ["<i>", none]]) }}"""
    table = html.fromstring(draw(source))
    assert table.xpath(".//thead/th|.//thead//th/@aria-sort") == ["descending"]
    assert table.xpath(".//tbody//@data-label") == ["Xã", "Lượt"] * 2
    rows = [[c.text_content().strip() for c in row] for row in table.xpath(".//tbody/tr")]
    assert rows == [["Xã Cư Dliê M’nông", "1.234"], ["<i>", "–"]]


def test_an_empty_table_says_what_is_not_there(draw: Render) -> None:
    shown = draw('{{ ui.data_table("Các xã", [{"label": "Xã"}], [], empty_text="Chưa xã nào báo cáo.") }}')
    assert "Chưa xã nào báo cáo." in shown


def test_a_pager_shows_only_where_there_are_pages(draw: Render, rf: object) -> None:
    request = rf.get("/x", {"q": "ea"})  # type: ignore[attr-defined]  # pytest-django's factory
    middle = html.fromstring(draw("{{ ui.pager(page, request) }}", page=samples.page(), request=request))
    assert middle.xpath(".//a/@href") == ["?q=ea&page=1", "?q=ea&page=3"]
    assert "Trang 2 trên 31" in middle.text_content()
    only: Page[int] = Page(items=[1], number=1, size=20, total=1)
    assert draw("{{ ui.pager(page, request) }}", page=only, request=request).strip() == ""


def test_a_state_is_never_told_by_color_alone(draw: Render) -> None:
    shown = draw("{% for text, tone in tones %}{{ ui.tag(text, tone) }}{% endfor %}", tones=samples.TONES)
    icons = [use.rpartition("#")[2] for use in html.fromstring(f"<p>{shown}</p>").xpath(".//use/@href")]
    assert len(set(icons)) == len(samples.TONES)


def test_the_demo_says_that_it_is_one(draw: Render) -> None:
    shown = draw('{{ ui.demo_banner(true, "09:00 05/10/2023") }}')
    assert "Số liệu mô phỏng" in shown
    assert "09:00 05/10/2023" in shown
