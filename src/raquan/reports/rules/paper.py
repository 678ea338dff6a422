"""A document as the layout check sees it: its paper, and its paragraphs as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from raquan.kernel.refused import N_


class Align(StrEnum):
    """How a paragraph stands between its margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "both"


@dataclass(frozen=True, slots=True)
class PaperParagraph:
    """A paragraph as shown, whatever style gave it that form. Sizes in pt, lengths in mm.

    `size`, `bold`, `italic` are those of most of its letters; `fonts` and `colors` all that occur. `cell` is its table,
    row and column, None outside tables. `has_line` tells of a line beneath it: a border, or a line that is drawn.
    `spacing` is in lines, None where it is exact. `label` is a number that Word sets before it.
    """

    text: str
    size: float
    bold: bool
    italic: bool
    align: Align
    fonts: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    cell: tuple[int, int, int] | None = None
    first_line: float = 0
    before: float = 0
    after: float = 0
    spacing: float | None = 1
    has_line: bool = False
    has_picture: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A part of a document on one kind of paper (mm); how its pages are numbered.

    `number_at` is where the number stands in the top margin, None where there is none there; `on_first` tells whether
    the first page shows it too.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    number_at: Align | None
    on_first: bool
    number_size: float = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document."""

    sections: tuple[PaperSection, ...]
    paragraphs: tuple[PaperParagraph, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LayoutFinding:
    """What departs from the layout: its code, where it is (the beginning of the text, "" for the paper).

    `found` is what stands there, for the reader; `rule` is what it should be.
    """

    code: str
    where: str = ""
    found: str = ""

    @property
    def rule(self) -> str:
        """Give the rule that is broken, a message id."""
        return RULES[self.code]


RULES: Mapping[str, str] = {
    "paper": N_("Giấy A4 (210 mm × 297 mm), in theo chiều dài; chỉ phụ lục có bảng rộng mới in theo chiều rộng."),
    "margin_top": N_("Lề trên từ 20 mm đến 25 mm."),
    "margin_bottom": N_("Lề dưới từ 20 mm đến 25 mm."),
    "margin_left": N_("Lề trái từ 30 mm đến 35 mm."),
    "margin_right": N_("Lề phải từ 15 mm đến 20 mm."),
    "font": N_("Phông chữ Times New Roman cho toàn văn bản."),
    "old_font": N_("Không dùng phông cũ (TCVN3, VNI): chữ phải theo bộ mã Unicode."),
    "color": N_("Chữ màu đen."),
    "nfc": N_("Chữ Unicode dựng sẵn (NFC), không ghép dấu rời."),
    "nation_missing": N_("Phải có Quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”."),
    "nation_form": N_("Quốc hiệu: chữ in hoa, cỡ 12 đến 13, kiểu chữ đứng, đậm."),
    "motto_missing": N_("Phải có Tiêu ngữ “Độc lập - Tự do - Hạnh phúc” dưới Quốc hiệu."),
    "motto_form": N_("Tiêu ngữ: chữ in thường, cỡ 13 đến 14, đứng, đậm; giữa các cụm từ có gạch nối (-), có cách chữ."),
    "motto_line": N_("Dưới Tiêu ngữ có đường kẻ ngang, nét liền, dài bằng dòng chữ."),
    "issuer_missing": N_("Phải có tên cơ quan, tổ chức ban hành văn bản ở góc trên bên trái."),
    "issuer_form": N_("Tên cơ quan ban hành: chữ in hoa, cỡ 12 đến 13, đứng, đậm, canh giữa."),
    "issuer_line": N_("Dưới tên cơ quan ban hành có đường kẻ ngang, nét liền, dài từ 1/3 đến 1/2 dòng chữ."),
    "number_missing": N_("Phải có số, ký hiệu: “Số: …/BC-…”."),
    "number_form": N_("Số, ký hiệu: cỡ 13, kiểu chữ đứng, không đậm; giữa các ký hiệu không cách chữ."),
    "number_padded": N_("Số nhỏ hơn 10 phải thêm số 0 phía trước."),
    "date_missing": N_("Phải có địa danh và thời gian: “Đắk Lắk, ngày … tháng … năm …”."),
    "date_form": N_("Địa danh và thời gian: cỡ 13 đến 14, kiểu chữ nghiêng."),
    "date_padded": N_("Ngày nhỏ hơn 10 và tháng 1, 2 phải thêm số 0 phía trước."),
    "title_missing": N_("Phải có tên loại văn bản (công văn thì có “V/v …” dưới số, ký hiệu)."),
    "title_form": N_("Tên loại: chữ in hoa, cỡ 13 đến 14, đứng, đậm, canh giữa."),
    "subject_form": N_("Trích yếu: chữ in thường, cỡ 13 đến 14, đứng, đậm, canh giữa, dưới tên loại."),
    "title_line": N_("Dưới trích yếu có đường kẻ ngang, nét liền, dài từ 1/3 đến 1/2 dòng chữ."),
    "basis_form": N_("Căn cứ ban hành: kiểu chữ nghiêng, cỡ 13 đến 14."),
    "basis_end": N_("Mỗi căn cứ xuống dòng, cuối dòng có dấu chấm phẩy (;), căn cứ cuối kết thúc bằng dấu chấm (.)."),
    "body_size": N_("Nội dung: cỡ chữ 13 đến 14."),
    "body_align": N_("Nội dung canh đều cả hai lề."),
    "first_line": N_("Xuống dòng thì chữ đầu lùi vào 1 cm hoặc 1,27 cm."),
    "paragraph_gap": N_("Khoảng cách giữa các đoạn tối thiểu 6 pt."),
    "line_spacing": N_("Khoảng cách dòng từ đơn đến 1,5 dòng."),
    "heading_form": N_("Phần (I, II, …): chữ in hoa, đứng, đậm; mục (1, 2, …) có tiêu đề: in thường, đậm."),
    "heading_order": N_("Các phần đánh số La Mã liên tục: I, II, III, …"),
    "point_order": N_("Các điểm theo thứ tự bảng chữ cái tiếng Việt: a), b), c), d), đ), e), g), …"),
    "closing_end": N_("Nội dung kết thúc bằng dấu chấm và gạch chéo: “./.”."),
    "recipients_missing": N_("Phải có “Nơi nhận:”."),
    "recipients_form": N_("“Nơi nhận:” cỡ 12, nghiêng, đậm; phần liệt kê cỡ 11, kiểu chữ đứng."),
    "recipients_end": N_(
        "Mỗi nơi nhận một dòng, đầu dòng có gạch (-), cuối dòng có dấu chấm phẩy (;), dòng cuối dấu chấm."
    ),
    "recipients_archive": N_("Dòng cuối của nơi nhận là “- Lưu: VT, …”."),
    "signer_missing": N_("Phải có quyền hạn, chức vụ của người ký."),
    "signer_form": N_("Quyền hạn, chức vụ của người ký: chữ in hoa, cỡ 13 đến 14, đứng, đậm."),
    "page_number": N_("Số trang: chữ số Ả Rập, cỡ 13 đến 14, đứng, canh giữa ở lề trên."),
    "page_number_first": N_("Không hiển thị số trang thứ nhất."),
    "appendix_form": N_("“Phụ lục” và số: cỡ 14, đứng, đậm, canh giữa; tên phụ lục in hoa, đậm."),
    "order": N_("Thứ tự: Quốc hiệu, Tiêu ngữ, địa danh; tên loại, trích yếu, căn cứ, nội dung, nơi nhận, phụ lục."),
}
"""What the decree asks for, by the code of the finding."""
