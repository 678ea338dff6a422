"""Writes the documents to try in examples/: the plan of 2023, rebuilt from what a news article says of it."""

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.plan_expected import Plan, Task, write_expected  # noqa: E402
from scripts.plan_paper import CENTER, Head, PlanPaper  # noqa: E402

EXAMPLES = ROOT / "examples"

PLAN = Plan(
    number="138/KH-UBND",
    title=("Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia và Ngày Chuyển đổi số tỉnh Đắk Lắk năm 2023"),
    issuer="UBND TỈNH ĐẮK LẮK",
    issued_on="2023-08-17",
    theme="Khai thác dữ liệu số để tạo ra giá trị",
    starts_on="2023-09-15",
    ends_on="2023-10-15",
)
RUNNING_NOTE = (
    "Văn bản được dựng lại từ nội dung bài báo “Ngày Chuyển đổi số năm 2023: Khai thác dữ liệu số để"
    " tạo ra giá trị” (17/8/2023), không phải bản gốc"
)
TABLE_NOTE = (
    "Ghi chú của bản dựng lại: bài báo nêu các hoạt động và thời gian chung, không nêu bảng phân công;"
    " tên đơn vị chủ trì, đơn vị phối hợp, thời gian từng việc và sản phẩm trong bảng dưới đây là giả định."
)
DEPARTMENT = "Sở Thông tin và Truyền thông"
TRADE = "Sở Công Thương"
DISTRICTS = "UBND các huyện, thị xã, thành phố"
DEPARTMENTS = "Các sở, ban, ngành"

# What the months of the plan are called in the table, and which days they are.
WINDOW = ("Từ ngày 15/9 đến ngày 15/10/2023", "2023-09-15", "2023-10-15")
BEFORE = ("Trước ngày 15/9/2023", None, "2023-09-15")
FIRST_WEEKS = ("Từ 15/9/2023 đến 30/9/2023", "2023-09-15", "2023-09-30")
OCTOBER = ("Tháng 10/2023", "2023-10-01", "2023-10-31")
ALWAYS = ("Thường xuyên", None, None)


@dataclass(frozen=True)
class Row:
    """One line of the appendix; a `time` is its words, its first and its last day."""

    number: str
    title: str
    lead: list[str]
    cooperating: list[str]
    time: tuple[str, str | None, str | None]
    deliverable: str


GROUPS: list[tuple[str, str, list[Row]]] = [
    (
        "I",
        "Ra quân phổ biến, hỗ trợ người dân cài đặt, sử dụng sản phẩm, dịch vụ số",
        [
            Row(
                "1",
                "Xây dựng kế hoạch, phân công lực lượng ra quân theo chức năng, nhiệm vụ của đơn vị, địa phương",
                [DEPARTMENTS, DISTRICTS],
                [DEPARTMENT],
                BEFORE,
                "Kế hoạch của đơn vị, địa phương",
            ),
            Row(
                "2",
                "Phổ biến, hỗ trợ người dân cài đặt, sử dụng dịch vụ công trực tuyến",
                [DEPARTMENT],
                ["Văn phòng UBND tỉnh", "Công an tỉnh", "Tỉnh đoàn", DISTRICTS],
                WINDOW,
                "Số lượt người dân được hỗ trợ",
            ),
            Row(
                "3",
                "Bố trí cán bộ hỗ trợ người dân nộp hồ sơ trực tuyến tại Bộ phận tiếp nhận và trả kết quả huyện",
                ["UBND huyện Cư M’gar"],
                [DEPARTMENT],
                WINDOW,
                "Số hồ sơ nộp trực tuyến được hỗ trợ",
            ),
            Row(
                "4",
                "Phổ biến, hỗ trợ người dân sử dụng thanh toán không dùng tiền mặt",
                ["Ngân hàng Nhà nước chi nhánh tỉnh Đắk Lắk"],
                [TRADE, DISTRICTS],
                WINDOW,
                "Số lượt người dân được hỗ trợ",
            ),
            Row(
                "5",
                "Phổ biến, hỗ trợ cài đặt ứng dụng dành cho người dân và doanh nghiệp của tỉnh",
                [DEPARTMENT],
                ["Tỉnh đoàn", DISTRICTS],
                WINDOW,
                "Số lượt cài đặt, sử dụng",
            ),
            Row(
                "6",
                "Phổ biến, hỗ trợ người dân tham gia thương mại điện tử",
                [TRADE],
                ["Bưu điện tỉnh", "Hội Nông dân tỉnh", DISTRICTS],
                WINDOW,
                "Số lượt người dân được hỗ trợ",
            ),
        ],
    ),
    (
        "II",
        "Thúc đẩy sử dụng sản phẩm, dịch vụ số",
        [
            Row(
                "1",
                "Triển khai các chương trình khuyến mại, khuyến khích người tiêu dùng sử dụng sản phẩm,"
                " dịch vụ số do doanh nghiệp cung cấp",
                [TRADE],
                [DEPARTMENT, "Các doanh nghiệp viễn thông, công nghệ thông tin"],
                WINDOW,
                "Các chương trình khuyến mại",
            ),
            Row(
                "2",
                "Khuyến khích các doanh nghiệp có gian hàng trưng bày, giới thiệu sản phẩm, giải pháp về"
                " chuyển đổi số để triển khai trên địa bàn tỉnh",
                [DEPARTMENT],
                [TRADE, "Các doanh nghiệp"],
                OCTOBER,
                "Gian hàng trưng bày, giới thiệu",
            ),
        ],
    ),
    (
        "III",
        "Thông tin, truyền thông",
        [
            Row(
                "1",
                "Truyền thông chủ đề, khẩu hiệu trên các trang mạng xã hội, Trang/cổng thông tin điện tử",
                [DEPARTMENT],
                [DEPARTMENTS, DISTRICTS],
                WINDOW,
                "Tin, bài, khẩu hiệu đăng tải",
            ),
            Row(
                "2",
                "Vận động các cửa hàng điện tử, máy tính, siêu thị điện máy lớn treo băng rôn, khẩu hiệu"
                " phù hợp với quy định của pháp luật",
                ["Sở Văn hóa, Thể thao và Du lịch"],
                [TRADE, DISTRICTS],
                FIRST_WEEKS,
                "Băng rôn, khẩu hiệu",
            ),
            Row(
                "3",
                "Thông tin, tuyên truyền dưới nhiều hình thức khác nhau về các hoạt động hưởng ứng",
                ["Báo Đắk Lắk", "Đài Phát thanh và Truyền hình tỉnh"],
                [DEPARTMENTS, DISTRICTS],
                WINDOW,
                "Tin, bài, phóng sự",
            ),
        ],
    ),
    (
        "IV",
        "Đẩy nhanh tiến độ các nhiệm vụ về chuyển đổi số",
        [
            Row(
                "1",
                "Đẩy nhanh tiến độ triển khai các nhiệm vụ, thực hiện có hiệu quả Kế hoạch chuyển đổi số tỉnh",
                [DEPARTMENT],
                [DEPARTMENTS, DISTRICTS],
                ALWAYS,
                "Tiến độ thực hiện Kế hoạch",
            ),
            Row(
                "2",
                "Xây dựng TP. Buôn Ma Thuột trở thành đô thị thông minh giai đoạn 2021-2025, định hướng đến năm 2030",
                ["UBND TP. Buôn Ma Thuột"],
                [DEPARTMENT],
                ALWAYS,
                "Tiến độ thực hiện Kế hoạch",
            ),
        ],
    ),
]

# A section of the plan's body: its heading, then its paragraphs; "**" before a line makes it bold.
BODY: list[tuple[str, list[str]]] = [
    (
        "I. MỤC ĐÍCH, YÊU CẦU",
        [
            "**1. Mục đích",
            "a) Lan tỏa mạnh mẽ vai trò, lợi ích, tầm quan trọng của chuyển đổi số đối với phát triển"
            " kinh tế - xã hội.",
            "b) Thúc đẩy sự tham gia vào cuộc của cả hệ thống chính trị, hành động đồng bộ ở các cấp và"
            " sự tham gia của toàn dân, bảo đảm sự thành công của chuyển đổi số.",
            "c) Đẩy nhanh tiến độ triển khai các nhiệm vụ về chuyển đổi số, thực hiện có hiệu quả Kế hoạch"
            " chuyển đổi số tỉnh, xây dựng TP. Buôn Ma Thuột trở thành đô thị thông minh giai đoạn"
            " 2021-2025, định hướng đến năm 2030.",
            "**2. Yêu cầu",
            "Các sở, ban, ngành, đơn vị, doanh nghiệp và địa phương căn cứ chức năng, nhiệm vụ của đơn vị"
            " tổ chức các hoạt động thiết thực, hiệu quả, tiết kiệm.",
        ],
    ),
    (
        "II. CHỦ ĐỀ, THỜI GIAN",
        [
            "1. Chủ đề của Ngày Chuyển đổi số năm 2023: “Khai thác dữ liệu số để tạo ra giá trị”.",
            "2. Ngày 10/10 hằng năm được chọn là Ngày Chuyển đổi số quốc gia và là Ngày Chuyển đổi số tỉnh Đắk Lắk.",
            "3. Thời gian thực hiện: từ ngày 15/9 đến ngày 15/10/2023.",
        ],
    ),
    (
        "III. NỘI DUNG",
        [
            "**1. Ra quân phổ biến, hỗ trợ người dân cài đặt, sử dụng sản phẩm, dịch vụ số",
            "a) Các sở, ban, ngành, đơn vị, doanh nghiệp và địa phương tổ chức ra quân phổ biến, hỗ trợ"
            " người dân cài đặt, sử dụng sản phẩm, dịch vụ số như: dịch vụ công trực tuyến; thanh toán"
            " không dùng tiền mặt; ứng dụng dành cho người dân và doanh nghiệp của tỉnh; thương mại điện tử.",
            "b) Bố trí cán bộ hỗ trợ người dân nộp hồ sơ trực tuyến tại Bộ phận tiếp nhận và trả kết quả.",
            "**2. Thúc đẩy sử dụng sản phẩm, dịch vụ số",
            "a) Triển khai các chương trình khuyến mại nhằm khuyến khích người tiêu dùng sử dụng sản phẩm,"
            " dịch vụ số do doanh nghiệp cung cấp.",
            "b) Khuyến khích các doanh nghiệp có gian hàng trưng bày, giới thiệu sản phẩm, giải pháp về"
            " chuyển đổi số trong các lĩnh vực phù hợp để triển khai trên địa bàn tỉnh.",
            "**3. Thông tin, truyền thông",
            "a) Tổ chức truyền thông chủ đề, khẩu hiệu trên các trang mạng xã hội, Trang/cổng thông tin điện tử.",
            "b) Các cửa hàng điện tử, máy tính, siêu thị điện máy lớn có băng rôn, khẩu hiệu phù hợp với"
            " quy định của pháp luật.",
            "c) Thông tin, tuyên truyền dưới nhiều hình thức khác nhau về các hoạt động hưởng ứng Ngày"
            " Chuyển đổi số quốc gia và Ngày Chuyển đổi số tỉnh.",
        ],
    ),
    (
        "IV. TỔ CHỨC THỰC HIỆN",
        [
            "1. Các sở, ban, ngành, đơn vị, doanh nghiệp và địa phương căn cứ chức năng, nhiệm vụ và Phụ lục"
            " kèm theo Kế hoạch này để triển khai thực hiện.",
            "2. Sở Thông tin và Truyền thông theo dõi, đôn đốc việc thực hiện Kế hoạch này.",
            "Trên đây là Kế hoạch tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia và Ngày"
            " Chuyển đổi số tỉnh Đắk Lắk năm 2023; yêu cầu các đơn vị, địa phương nghiêm túc triển khai"
            " thực hiện./.",
        ],
    ),
]

COLUMNS = ("STT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm")
WIDTHS = (1.2, 8.2, 4.4, 4.8, 3.3, 3.8)


def main() -> None:
    """Write the plan and the reading that is expected of it."""
    EXAMPLES.mkdir(exist_ok=True)
    path = EXAMPLES / "ke-hoach-138-2023.docx"
    paper = PlanPaper()
    paper.running_note(RUNNING_NOTE)
    write_text(paper)
    tasks = write_appendix(paper)
    paper.save(path)
    write_expected(path, PLAN, tasks)
    print(f"{path.relative_to(ROOT)}: {len(tasks)} tasks")


def write_text(paper: PlanPaper) -> None:
    """Write the plan from its head to its recipients."""
    paper.head(
        Head(
            issuer=("UBND TỈNH ĐẮK LẮK",),
            number="138/KH-UBND",
            dated="Đắk Lắk, ngày 17 tháng 8 năm 2023",
        )
    )
    paper.title(
        "Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia",
        "và Ngày Chuyển đổi số tỉnh Đắk Lắk năm 2023",
    )
    for basis in (
        "Căn cứ Quyết định số 505/QĐ-TTg ngày 22/4/2022 của Thủ tướng Chính phủ về Ngày Chuyển đổi số quốc gia;",
        "Căn cứ Kế hoạch chuyển đổi số tỉnh, xây dựng TP. Buôn Ma Thuột trở thành đô thị thông minh giai"
        " đoạn 2021-2025, định hướng đến năm 2030,",
    ):
        paper.paragraph(basis, italic=True)
    paper.paragraph(
        "UBND tỉnh ban hành Kế hoạch tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia và Ngày"
        " Chuyển đổi số tỉnh Đắk Lắk năm 2023 như sau:"
    )
    for heading, paragraphs in BODY:
        paper.heading(heading)
        for text in paragraphs:
            paper.paragraph(text.removeprefix("**"), bold=text.startswith("**"))
    paper.closing(
        [
            "Thường trực Tỉnh ủy;",
            "Thường trực HĐND tỉnh;",
            "Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
            "Các sở, ban, ngành;",
            "UBND các huyện, thị xã, thành phố;",
            "Lưu: VT.",
        ],
        ["TM. ỦY BAN NHÂN DÂN"],
        "(Bản dựng lại, không có chữ ký)",
    )


def write_appendix(paper: PlanPaper) -> list[Task]:
    """Write the table of tasks on landscape pages and return the tasks as a reader should see them."""
    paper.landscape()
    paper.paragraph("PHỤ LỤC", bold=True, align=CENTER, after=0)
    paper.paragraph("PHÂN CÔNG NHIỆM VỤ HƯỞNG ỨNG NGÀY CHUYỂN ĐỔI SỐ NĂM 2023", bold=True, align=CENTER, after=0)
    paper.paragraph(
        "(Kèm theo Kế hoạch số 138/KH-UBND ngày 17/8/2023 của UBND tỉnh Đắk Lắk)", italic=True, align=CENTER
    )
    paper.paragraph(TABLE_NOTE, italic=True, size=11)
    rows: list[tuple[str, ...]] = [COLUMNS]
    headings: list[tuple[int, str]] = []
    tasks: list[Task] = []
    for section, title, lines in GROUPS:
        headings.append((len(rows), title))
        rows.append((section, title, "", "", "", ""))
        for line in lines:
            rows.append(cells_of(line))
            # The head and the recipients are tables 1 and 2.
            tasks.append(task_of(line, section, source=f"bảng 3, dòng {len(rows)}"))
    table = paper.grid(rows, WIDTHS)
    for row, title in headings:
        paper.fill(table.cell(row, 0), rows[row][0], bold=True, align=CENTER)
        paper.span(table, row, 1, len(COLUMNS) - 1, title)
    return tasks


def cells_of(line: Row) -> tuple[str, ...]:
    """The cells of one task as the office writes them."""
    return (
        line.number,
        line.title,
        "; ".join(line.lead),
        "; ".join(line.cooperating),
        line.time[0],
        line.deliverable,
    )


def task_of(line: Row, section: str, *, source: str) -> Task:
    """The same task as a reader should give it back."""
    return Task(
        path=f"{section}.{line.number}",
        title=line.title,
        lead_units=line.lead,
        cooperating_units=line.cooperating,
        starts_on=line.time[1],
        due_on=line.time[2],
        deliverable=line.deliverable,
        source=source,
    )


if __name__ == "__main__":
    main()
