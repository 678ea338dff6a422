"""What a Word file becomes, and which files are refused."""

import pytest

from raquan.readings.gateways import package
from raquan.readings.gateways.fonts import OldFont
from raquan.readings.gateways.package import TooLarge
from raquan.readings.gateways.word import NotDocx, read_docx
from raquan.readings.tests import papers


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    text = read_docx(papers.nested_sections())
    kinds = [type(block).__name__ for block in text.blocks]
    assert kinds[:2] == ["Table", "Paragraph"]
    assert [table.number for table in text.tables] == [1, 2, 3]
    assert [paragraph.number for paragraph in text.paragraphs] == list(range(1, len(text.paragraphs) + 1))


def test_a_cell_merged_downwards_says_the_same_in_each_row() -> None:
    document = papers.opened()
    table = papers.grid(document, [("a", "x"), ("", "y"), ("b", "z")])
    table.cell(0, 0).merge(table.cell(1, 0))
    rows = read_docx(papers.saved(document)).tables[1].rows
    assert [(cell.text.strip(), cell.continued) for cell in rows[1].cells] == [("a", True), ("y", False)]
    assert rows[1].own_text == "y"


def test_word_s_own_numbers_are_worked_out() -> None:
    text = read_docx(papers.head_by_tabs())
    assert [one.full[:5] for one in text.paragraphs if one.label][:4] == ["I. MỤ", "1. Đư", "II. T", "1. Th"]


def test_content_controls_boxes_and_tracked_changes() -> None:
    text = read_docx(papers.in_boxes_and_notes())
    assert "1. Sở Y tế chủ trì khám từ xa." in [one.text for one in text.paragraphs]
    assert [(one.source, one.text) for one in text.asides] == [("khung chữ 1", "Chữ trong khung")]
    assert "đã bỏ" not in str(text)
    assert "tờ rơi | 5 triệu" in text.tables[1].text


@pytest.mark.parametrize(("font", "in_style"), [(".VnTime", False), (".VnArialH", True), ("VNI-Times", False)])
def test_old_fonts_are_refused_by_name(font: str, in_style: bool) -> None:
    with pytest.raises(OldFont) as refusal:
        read_docx(papers.with_font(font, in_style=in_style))
    assert font in refusal.value.text()


@pytest.mark.parametrize("text", ["138", " - "])
def test_an_old_font_without_letters_does_no_harm(text: str) -> None:
    assert read_docx(papers.with_font(".VnTime", text=text)).paragraphs[0].text == text


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"PK\x03\x04 cut off", papers.bomb(10)])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(NotDocx):
        read_docx(data)


@pytest.mark.slow
def test_a_package_that_unpacks_to_too_much_is_refused_unopened() -> None:
    with pytest.raises(TooLarge):
        read_docx(papers.bomb(package.MAX_UNPACKED + 1))


def test_entities_are_never_expanded() -> None:
    try:
        text = str(read_docx(papers.with_entities()))
    except NotDocx:
        return
    assert "boom" not in text
