"""Who came and what followed: how sure a count is, what a contact is left for, and what became of it."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from raquan.kernel.refused import N_


class Grade(StrEnum):
    """How a number of visitors came; numbers of two grades are never added up."""

    COUNTED = "counted"
    TALLIED = "tallied"
    STATED = "stated"


GRADE_NAMES: Mapping[Grade, str] = {
    Grade.COUNTED: N_("đếm: mỗi lần quét mã là một lượt"),
    Grade.TALLIED: N_("kiểm đếm: đơn vị tổ chức đếm tay"),
    Grade.STATED: N_("doanh nghiệp khai"),
}

MOST_HEADS = 100_000
MOST_AN_HOUR = 120
"""How many visits one address of the network may count in an hour: a whole fair may share one."""

MOST_CONTACTS_AN_HOUR = 30
LONGEST_WORDS = 500


class Purpose(StrEnum):
    """What a contact is left for: this and nothing else."""

    ADVICE = "advice"
    TRIAL = "trial"
    PRICE = "price"
    TEACH = "teach"


PURPOSE_NAMES: Mapping[Purpose, str] = {
    Purpose.ADVICE: N_("gọi lại tư vấn về sản phẩm, giải pháp"),
    Purpose.TRIAL: N_("hẹn cho dùng thử"),
    Purpose.PRICE: N_("gửi báo giá"),
    Purpose.TEACH: N_("hướng dẫn cách dùng"),
}

CONSENT = N_(
    "Tôi đồng ý để {enterprise} dùng tên và số điện thoại này cho đúng việc tôi đã chọn ở trên, "
    "không dùng vào việc khác. "
    "Thông tin được mã hóa, chỉ doanh nghiệp này xem được, và tự xóa sau {days} ngày. "
    "Tôi có thể xóa sớm hơn ở địa chỉ riêng hiện ra sau khi gửi."
)


class Outcome(StrEnum):
    """What the enterprise says followed from a contact."""

    CONTACTED = "contacted"
    TRIAL = "trial"
    CONTRACT = "contract"
    NOTHING = "nothing"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.CONTACTED: N_("Đã liên hệ"),
    Outcome.TRIAL: N_("Đang dùng thử"),
    Outcome.CONTRACT: N_("Đã ký hợp đồng, đã mua"),
    Outcome.NOTHING: N_("Không có gì thêm"),
}


def purge_after(days: int) -> timedelta:
    """Give how long a contact is kept."""
    return timedelta(days=max(1, days))


def contact_path(token: str) -> str:
    """Give the path at which a visitor sees and deletes what they have left."""
    return f"/lh/{token}/"


def is_phone(text: str) -> bool:
    """Tell whether a text can be a telephone number of Viet Nam: nine to eleven digits, 0 or +84 first."""
    digits = "".join(c for c in text if c.isdigit())
    return 9 <= len(digits) <= 12 and (text.strip().startswith(("0", "+84", "84")))
