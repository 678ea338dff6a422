"""What a record from the field is, what may be doubted about it, and what people decide."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from raquan.kernel.refused import N_

MAX_COMMENT = 2000
"""The longest comment on a record, in characters."""


class ReviewState(StrEnum):
    """What people have made of a record; the words are ODK's."""

    RECEIVED = "received"
    HAS_ISSUES = "hasIssues"
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"


class TimeQuality(StrEnum):
    """Where the time of a record comes from, and whether it is believed.

    The first three are of records that say a device's time alone; the others of those that come with a reading
    of all the device's clocks.
    """

    DEVICE = "device"
    RECEIVED = "received"
    DOUBTFUL = "doubtful"
    ANCHORED = "anchored"
    BOUNDED = "bounded"
    REPAIRED = "repaired"
    UNKNOWN = "unknown"


class Issue(StrEnum):
    """A doubt about an accepted record, for a person to look at."""

    ANSWERS_UNREADABLE = "answers.unreadable"
    ANSWERS_ENCRYPTED = "answers.encrypted"
    OUTING_UNKNOWN = "outing.unknown"
    OUTING_CANCELLED = "outing.cancelled"
    OUTING_OTHER_DAY = "outing.other_day"
    DESK_CLOSED = "help_desk.closed"
    OUTSIDE_CAMPAIGN = "campaign.outside"
    TIME_MISSING = "time.missing"
    TIME_FUTURE = "time.future"
    TIME_LOST = "time.lost"
    SERVICE_UNKNOWN = "service.unknown"
    SERVICE_NOT_OFFERED = "service.not_offered"
    RUNG_UNKNOWN = "rung.unknown"
    HOW_UNKNOWN = "how.unknown"
    BOTTLENECK_UNKNOWN = "bottleneck.unknown"
    STEP_RESTRICTED = "step.restricted"
    CARD_UNKNOWN = "card.unknown"
    CARD_OTHER_CAMPAIGN = "card.other_campaign"
    CARD_VOID = "card.void"


ISSUE_NAMES: Mapping[Issue, str] = {
    Issue.ANSWERS_UNREADABLE: N_("Không đọc được câu trả lời."),
    Issue.ANSWERS_ENCRYPTED: N_("Bản ghi đã mã hóa: chỉ người giữ khóa đọc được, nên không được tính."),
    Issue.OUTING_UNKNOWN: N_("Không có buổi ra quân hay điểm hỗ trợ nào mang mã này."),
    Issue.OUTING_CANCELLED: N_("Buổi ra quân này đã hủy."),
    Issue.OUTING_OTHER_DAY: N_("Ngày ghi khác ngày của buổi ra quân."),
    Issue.DESK_CLOSED: N_("Điểm hỗ trợ không mở vào ngày giờ này."),
    Issue.OUTSIDE_CAMPAIGN: N_("Ngày ghi nằm ngoài thời gian của chiến dịch."),
    Issue.TIME_MISSING: N_("Máy không cho biết giờ ghi; lấy giờ nhận."),
    Issue.TIME_FUTURE: N_("Giờ của máy chạy trước giờ nhận; lấy giờ nhận."),
    Issue.TIME_LOST: N_("Đồng hồ của máy bị sai năm; lấy giờ nhận."),
    Issue.SERVICE_UNKNOWN: N_("Danh mục không có dịch vụ này."),
    Issue.SERVICE_NOT_OFFERED: N_("Dịch vụ này chưa có hoặc không còn vào ngày đó."),
    Issue.RUNG_UNKNOWN: N_("Kết quả này không thuộc nhóm dịch vụ đã chọn."),
    Issue.HOW_UNKNOWN: N_("Không rõ ai là người làm."),
    Issue.BOTTLENECK_UNKNOWN: N_("Danh mục không có lý do này."),
    Issue.STEP_RESTRICTED: N_("Bước này không ai được làm hộ ngoài cơ quan có thẩm quyền."),
    Issue.CARD_UNKNOWN: N_("Không nhận ra thẻ đồng hành này; lượt vẫn tính, thẻ thì không."),
    Issue.CARD_OTHER_CAMPAIGN: N_("Thẻ đồng hành này của chiến dịch khác; lượt vẫn tính, thẻ thì không."),
    Issue.CARD_VOID: N_("Thẻ đồng hành này thuộc tập đã hủy; lượt vẫn tính, thẻ thì không."),
}
REVIEW_STATE_NAMES: Mapping[ReviewState, str] = {
    ReviewState.RECEIVED: N_("Đã nhận"),
    ReviewState.HAS_ISSUES: N_("Cần xem lại"),
    ReviewState.EDITED: N_("Đã sửa"),
    ReviewState.APPROVED: N_("Đã duyệt"),
    ReviewState.REJECTED: N_("Không tính"),
}
DECISIONS: Mapping[ReviewState, tuple[ReviewState, ...]] = {
    ReviewState.RECEIVED: (ReviewState.APPROVED, ReviewState.HAS_ISSUES, ReviewState.REJECTED),
    ReviewState.HAS_ISSUES: (ReviewState.APPROVED, ReviewState.REJECTED),
    ReviewState.EDITED: (ReviewState.APPROVED, ReviewState.HAS_ISSUES, ReviewState.REJECTED),
    ReviewState.APPROVED: (ReviewState.HAS_ISSUES, ReviewState.REJECTED),
    ReviewState.REJECTED: (ReviewState.APPROVED, ReviewState.HAS_ISSUES),
}
"""Which decisions a record's state allows; nobody decides that it is new, or that it was corrected."""

DECISION_NAMES: Mapping[ReviewState, str] = {
    ReviewState.APPROVED: N_("Duyệt"),
    ReviewState.HAS_ISSUES: N_("Cần xem lại"),
    ReviewState.REJECTED: N_("Không tính bản ghi này"),
}
TIME_QUALITY_NAMES: Mapping[TimeQuality, str] = {
    TimeQuality.DEVICE: N_("Giờ của máy"),
    TimeQuality.RECEIVED: N_("Giờ máy chủ nhận"),
    TimeQuality.DOUBTFUL: N_("Giờ máy chủ nhận, vì giờ của máy không tin được"),
    TimeQuality.ANCHORED: N_("Giờ máy chủ, máy đếm tiếp"),
    TimeQuality.BOUNDED: N_("Giờ của máy, nằm giữa hai lần gặp máy chủ"),
    TimeQuality.REPAIRED: N_("Giờ của máy, đã chỉnh theo độ lệch lúc gửi"),
    TimeQuality.UNKNOWN: N_("Giờ máy chủ nhận, vì không rõ giờ ghi"),
}

ACT_NAMES: Mapping[str, str] = {
    "receive_submissions": N_("Nhận bản ghi"),
    "attach_files": N_("Nhận tệp kèm theo"),
    "begin_photo": N_("Báo có ảnh, kèm sự đồng ý"),
    "append_photo": N_("Nhận ảnh"),
    "forget_unfinished_photos": N_("Bỏ ảnh gửi dở quá lâu"),
    "review_submission": N_("Xem xét"),
    "add_comment": N_("Ghi ý kiến"),
    "correct_record": N_("Sửa"),
    "delete_record": N_("Xóa"),
    "mark_origins": N_("Nhập từ hệ thống khác"),
}
"""What is done to a record, by the command's name."""


def is_envelope(answers: Mapping[str, Any]) -> bool:
    """Tell whether what was read is no answers but ODK's envelope around encrypted ones, which nobody here can open."""
    return "base64EncryptedKey" in answers and "encryptedXmlFile" in answers


def envelope_files(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the encrypted files that an envelope announces: those of its media, and the answers themselves."""
    media = answers.get("media") or []
    said = [one.get("file") for one in (media if isinstance(media, list) else [media]) if isinstance(one, dict)]
    names = [
        name for one in [*said, answers.get("encryptedXmlFile")] for name in (one if isinstance(one, list) else [one])
    ]
    return tuple(name for name in names if isinstance(name, str) and name)


def counting(state: ReviewState) -> tuple[bool, bool]:
    """Tell whether figures leave a record in this state out, and whether they count it as doubtful."""
    return state is ReviewState.REJECTED, state is ReviewState.HAS_ISSUES
