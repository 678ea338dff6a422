"""Builds small Word documents for the tests, each with a shape of its own."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.table import Table

HEAD_LEFT = "UBND TỈNH ĐẮK LẮK\n\nSố: 138 /KH-UBND"
HEAD_RIGHT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐắk Lắk, ngày 17 tháng 8 năm 2023"
HEADINGS = ("STT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm")


def saved(document: Document) -> bytes:
    """Give a document's bytes."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def opened(left: str = HEAD_LEFT, right: str = HEAD_RIGHT) -> Document:
    """Begin a document with a head in a table."""
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = left, right
    return document


def lines(document: Document, *texts: str) -> None:
    """Add paragraphs."""
    for text in texts:
        document.add_paragraph(text)


def grid(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    """Add a table."""
    table: Table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    return table


def plain_plan(*, year: int = 2023, window: str = "từ ngày 15/9 đến ngày 15/10/{year}", title: str = "") -> bytes:
    """Give a plan with two tasks in a table, a note without a place, and a purpose."""
    document = opened()
    lines(
        document,
        "KẾ HOẠCH",
        title or f"Hưởng ứng Ngày Chuyển đổi số năm {year}",
        "",
        "Căn cứ Quyết định số 505/QĐ-TTg ngày 22/4/2022 của Thủ tướng Chính phủ;",
        "I. MỤC ĐÍCH",
        "1. Lan tỏa vai trò của chuyển đổi số.",
        "II. CHỦ ĐỀ, THỜI GIAN",
        "1. Chủ đề: “Khai thác dữ liệu số để tạo ra giá trị”.",
        "2. Ngày 10/10 là Ngày Chuyển đổi số quốc gia và là Ngày Chuyển đổi số tỉnh Đắk Lắk.",
        "3. Thời gian thực hiện: " + window.format(year=year) + ".",
        "PHỤ LỤC",
    )
    grid(
        document,
        [
            (*HEADINGS, "Ghi chú"),
            ("I", "Ra quân", "", "", "", "", ""),
            ("1", "Hỗ trợ người dân nộp hồ sơ", "UBND huyện Cư M'gar", "Tỉnh đoàn", "Tháng 9", "Hồ sơ", "Quan trọng"),
            ("2", "Tuyên truyền", "Các sở, ban, ngành", "", "Thường xuyên", "", ""),
        ],
    )
    return saved(document)


def head_by_tabs() -> bytes:
    """A plan whose head is set by tabs, whose sections Word numbers itself, and whose recipients are lines."""
    document = docx.Document()
    lines(
        document,
        "UBND TỈNH ĐẮK LẮK\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ KHOA HỌC\t\tĐộc lập - Tự do - Hạnh phúc",
        "VÀ CÔNG NGHỆ",
        "Số: 77/KH-SKHCN\tĐắk Lắk, ngày 05 tháng 9 năm 2025",
        "KẾ HOẠCH",
        "Triển khai Ngày Chuyển đổi số năm 2025",
        "",
        "Thực hiện Kế hoạch của UBND tỉnh;",
    )
    for level, text in (
        (0, "MỤC ĐÍCH"),
        (1, "Đưa dịch vụ số đến từng buôn."),
        (0, "THỜI GIAN"),
        (1, "Thời gian tổ chức: Tháng 9 - 10/2025."),
        (0, "NHIỆM VỤ"),
        (1, "Sở Khoa học và Công nghệ chủ trì, phối hợp với Tỉnh đoàn tổ chức lễ phát động trước ngày 20/9."),
        (1, "Sở Tài chính chủ trì bố trí kinh phí."),
    ):
        _numbered(document, text, level)
    lines(document, "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC")
    _add_numbering(document)
    return saved(document)


def _numbered(document: Document, text: str, level: int) -> None:
    settings: Any = document.add_paragraph(text)._p.get_or_add_pPr()
    numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    settings.append(parse_xml(numbering))


def _add_numbering(document: Document) -> None:
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "upperRoman", "%1."), (1, "decimal", "%2."))
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def nested_sections() -> bytes:
    """Sections in sections, a caption row above the headings, a table that goes on in another without headings."""
    document = opened()
    lines(document, "KẾ HOẠCH", "Chuyển đổi số năm 2024", "", "I. THỜI GIAN", "Từ ngày 01/10 đến ngày 20/10/2024.")
    table = grid(
        document,
        [
            ("BẢNG PHÂN CÔNG",) * 6,
            HEADINGS,
            ("A", "CẤP TỈNH", "", "", "", ""),
            ("I", "Hỗ trợ người dân", "", "", "", ""),
            ("1", "Mở điểm hỗ trợ", "Sở Công Thương", "", "10/10", ""),
            ("1.1", "Chọn địa điểm", "Sở Công Thương", "", "trước 05/10", ""),
            ("II", "Tuyên truyền", "", "", "", ""),
            ("1", "Phát tờ rơi", "Tỉnh đoàn", "", "Quý IV", ""),
        ],
    )
    table.cell(0, 0).merge(table.cell(0, 5)).text = "BẢNG PHÂN CÔNG"
    document.add_paragraph()
    grid(
        document,
        [
            ("2", "Treo băng rôn", "Sở Văn hóa, Thể thao và Du lịch", "", "Không rõ", ""),
            ("B", "CẤP HUYỆN", "", "", "", ""),
            ("1", "Ra quân", "UBND các huyện", "", "", ""),
        ],
    )
    return saved(document)


def party_plan() -> bytes:
    """A Party committee's plan: another motto, another form of number, two themes, an unknown section."""
    document = opened(
        "ĐẢNG BỘ TỈNH ĐẮK LẮK\nTỈNH ỦY ĐẮK LẮK\n*\nSố 12-KH/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\nBuôn Ma Thuột, ngày 03 tháng 9 năm 2025",
    )
    lines(
        document,
        "KẾ HOẠCH",
        "hưởng ứng Ngày Chuyển đổi số năm 2025",
        "-----",
        "I. CHỦ ĐỀ, THỜI GIAN",
        "1. Chủ đề quốc gia: “Chuyển đổi số: Nhanh hơn - hiệu quả hơn - gần dân hơn”.",
        "2. Chủ đề của tỉnh: “Công nghệ số kiến tạo tương lai”.",
        "3. Thời gian: cao điểm từ 01/10 đến 10/10/2025.",
        "4. Thời gian thực hiện: từ 15/9 đến hết ngày 31/10/2025.",
        "II. KHEN THƯỞNG",
        "Đề nghị khen thưởng các tập thể có thành tích.",
    )
    return saved(document)


def in_boxes_and_notes() -> bytes:
    """Text in a content control, in a text box, struck out by a tracked change, and a table within a cell."""
    document = opened()
    lines(document, "KẾ HOẠCH", "Năm 2023", "", "I. NỘI DUNG", "Đoạn có khung chữ.")
    body = document.element.body
    words = "<w:p><w:r><w:t>1. Sở Y tế chủ trì khám từ xa.</w:t></w:r></w:p>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{words}</w:sdtContent></w:sdt>"
    body.insert(len(body) - 1, parse_xml(control))
    box = (
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Chữ trong khung</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph: Any = document.paragraphs[4]._p
    paragraph.append(parse_xml(box))
    gone = f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>đã bỏ</w:delText></w:r></w:del>'
    paragraph.append(parse_xml(gone))
    document.add_paragraph("Chi phí")
    outer = grid(document, [("Khoản", "Tiền"), ("In", "")])
    inner = outer.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "tờ rơi", "5 triệu"
    return saved(document)


def dashed_tasks() -> bytes:
    """Tasks in dashed lines under an item, in labeled lines without dashes, and lines that have no field."""
    document = opened()
    lines(
        document,
        "KẾ HOẠCH",
        "Ra quân năm 2023",
        "",
        "I. NHIỆM VỤ",
        "1. Ra quân tại cơ sở",
        "- Sở Tài chính chủ trì, phối hợp với các sở, ngành liên quan hướng dẫn kinh phí; hoàn thành trước 30/9.",
        "- Công an tỉnh chủ trì cấp tài khoản định danh.",
        "- Làm gọn, làm kỹ.",
        "2. Lễ phát động. Đơn vị chủ trì: Văn phòng UBND tỉnh; đơn vị phối hợp: Sở Công Thương, Tỉnh đoàn.",
        "Thời gian: Khi có lệnh",
        "Sản phẩm: Buổi lễ.",
    )
    return saved(document)


def with_font(font: str, *, in_style: bool = False, text: str = "KÕ ho¹ch") -> bytes:
    """A document with a run in a font, or with the Normal style in it."""
    document = docx.Document()
    run = document.add_paragraph().add_run(text)
    if in_style:
        document.styles["Normal"].font.name = font
    else:
        run.font.name = font
    run.font.size = Pt(14)
    return saved(document)


def bomb(size: int) -> bytes:
    """A package whose document unpacks to `size` bytes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\0" * size)
    return file.getvalue()


def with_entities() -> bytes:
    """A document whose XML defines an entity that grows when it is expanded."""
    original = zipfile.ZipFile(BytesIO(plain_plan()))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part in original.infolist():
            data = original.read(part)
            if part.filename == "word/document.xml":
                root = data.index(b"<w:document")
                entity = b'<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
                data = data[:root] + entity + data[root:].replace("Lan tỏa".encode(), b"&b;")
            package.writestr(part.filename, data)
    return file.getvalue()
