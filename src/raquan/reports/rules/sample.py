"""A made-up content, with which a template is tried before an office takes it in use."""

from dataclasses import replace
from uuid import UUID

from raquan.analytics.rules import DIMENSIONS, MEASURES, Figure, FigureRow
from raquan.reports.rules.content import SYNTHETIC_LABEL
from raquan.reports.rules.marking import NOTHING, UNSAID
from raquan.reports.rules.parts import (
    Chart,
    Point,
    ReportContent,
    Source,
    Table,
    TableRow,
    UnitTold,
)
from raquan.reports.rules.promoting import HELD_BACK, LINKS, NOT_KNOWN
from raquan.reports.rules.templates import Kind

_FIGURE = Figure(
    measure=MEASURES["assists"],
    by=DIMENSIONS["group"],
    rows=(FigureRow("online_public_service", "Dịch vụ công trực tuyến", 12), FigureRow("ecommerce", "Thương mại", 3)),
    total=15,
    snapshot=None,
    campaign_id=UUID(int=2023),
    filters=(),
    as_of="",
    parts=(),
    under_review=0,
    synthetic=True,
    suppressed=0,
    address="/desk/figures/assists/?by=group",
)


def sample_content(kind: Kind) -> ReportContent:
    """Give a content in which every part has something."""
    return _UNIT if kind is Kind.UNIT else _CAMPAIGN


def _table(number: str, columns: int = 3) -> Table:
    heads = tuple(f"Chỉ số {place} [{place}]" for place in range(1, columns + 1))
    long_name = "Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính"
    rows = (
        TableRow(1, long_name, ("12",) * columns, "80,0", (12,) * columns),
        TableRow(2, "Xã Cư M’gar", ("3",) * columns, "20,0", (3,) * columns),
    )
    whole = (15,) * columns
    return Table("group", number, "Kết quả", "Đơn vị", heads, rows, ("15",) * columns, whole, (True,) * columns)


def _held_back(number: str) -> Table:
    """Give a table that begins a section and of which a row is held back."""
    table = _table(number)
    shown, other = table.rows
    rows = (shown, replace(other, values=(UNSAID, "3", NOTHING), share=NOTHING, numbers=(None, 3, None)))
    return replace(
        table,
        caption="Kết quả khuyến mại",
        rows=rows,
        adds_up=(False, False, True),
        section="3. Khuyến mại, triển lãm và truyền thông",
        note=f"{HELD_BACK} {NOT_KNOWN}",
    )


_CAMPAIGN = ReportContent(
    superior="",
    issuer_name="Ủy ban nhân dân tỉnh Đắk Lắk",
    issuer_lines=("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"),
    symbol="BC-UBND",
    place_and_date="Đắk Lắk, ngày …… tháng 10 năm 2023",
    subject="Kết quả tổ chức Ngày Chuyển đổi số năm 2023",
    label=SYNTHETIC_LABEL,
    to="",
    bases=(
        "Căn cứ Quyết định số 505/QĐ-TTg ngày 22 tháng 4 năm 2022 của Thủ tướng Chính phủ;",
        "Căn cứ Kế hoạch số 138/KH-UBND ngày 17 tháng 8 năm 2023 của Ủy ban nhân dân tỉnh Đắk Lắk.",
    ),
    opening="Ủy ban nhân dân tỉnh Đắk Lắk báo cáo kết quả tổ chức Ngày Chuyển đổi số năm 2023 như sau:",
    theme="Các hoạt động năm 2023 được tổ chức theo chủ đề “Khai thác dữ liệu số để tạo ra giá trị”, từ 15/9/2023.",
    sources_note="Mọi số liệu trong báo cáo lấy từ bản chốt số liệu số 1, chốt lúc 17 giờ 00 ngày 15/10/2023.",
    results=(
        Point("a", "Tổng số lượt hỗ trợ người dân: 15 lượt [1];"),
        Point("b", "Theo cách làm: tự làm 9 lượt [2]."),
    ),
    cards="Thẻ đồng hành cho phép tính mỗi người một lần: 7 người có thẻ [3] đã được hỗ trợ trong chiến dịch này.",
    tables=(_table("Bảng 1"), _table("Bảng 2"), _held_back("Bảng 3")),
    charts=(Chart("Hình 1", "Lượt hỗ trợ theo nhóm dịch vụ [1]", _FIGURE),),
    own_results=(),
    bottlenecks_lead="Có 2 lượt [4] chưa làm xong và có ghi lý do; các lý do được nêu tại Bảng 4, xếp từ nhiều đến ít.",
    bottlenecks=_table("Bảng 4", 1),
    review="Trong tổng số lượt hỗ trợ có 1 bản ghi đang chờ xem xét. Mức tin cậy của số liệu: đếm từng lượt (15).",
    limits=("Sóng điện thoại ở một số buôn còn yếu.",),
    causes=("Thiếu trạm phát sóng ở vùng sâu.",),
    proposals=("Đề nghị doanh nghiệp viễn thông bổ sung trạm phát sóng.",),
    closing="Trên đây là báo cáo kết quả tổ chức Ngày Chuyển đổi số năm 2023 của Ủy ban nhân dân tỉnh Đắk Lắk./.",
    signer="TM. ỦY BAN NHÂN DÂN",
    position="CHỦ TỊCH",
    recipients=("- Thường trực Ủy ban nhân dân tỉnh;", "- Các sở, ban, ngành của tỉnh;", "- Lưu: VT."),
    appendix_table=_table("Bảng I.1"),
    unit_table=_table("Bảng II.1"),
    snapshot_lines=("Bản chốt số liệu số 1, chốt lúc 17 giờ 00 ngày 15/10/2023, gồm 15 bản ghi.",),
    sources=(Source(1, "Lượt hỗ trợ, theo nhóm dịch vụ", "https://raquan.example/desk/figures/assists/?by=group"),),
    told=(UnitTold("Ủy ban nhân dân xã Cư M’gar", "kỳ 15/09/2023–15/10/2023", ("Kết quả: Giúp 12 người.",)),),
)
_LINKS = replace(_table("Bảng 3"), caption=LINKS.caption, section="3. Truyền thông", note=LINKS.note)
_UNIT = replace(
    _CAMPAIGN,
    tables=(*_CAMPAIGN.tables[:2], _LINKS),
    superior="UBND TỈNH ĐẮK LẮK",
    issuer_name="Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính",
    issuer_lines=("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG VÀ KIỂM SOÁT THỦ TỤC HÀNH CHÍNH",),
    symbol="BC-…",
    to="Ủy ban nhân dân tỉnh Đắk Lắk.",
    own_results=("Đã giúp 12 người ở chợ huyện.",),
    signer="",
    position="GIÁM ĐỐC",
    recipients=("- Như trên;", "- Lưu: VT."),
    unit_table=None,
    told=(),
)
