"""What may be doubtful about a row of a calendar, and which of it must be put right before the row is taken in."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_


class Doubt(StrEnum):
    """Something of a row that somebody should look at."""

    DAY_MISSING = "day_missing"
    DAY_UNREAD = "day_unread"
    DAY_OUTSIDE = "day_outside"
    DAY_SWAPPED = "day_swapped"
    DAY_CARRIED = "day_carried"
    SEVERAL_DAYS = "several_days"
    WEEKDAY_DIFFERS = "weekday_differs"
    HOURS_MISSING = "hours_missing"
    HOURS_UNREAD = "hours_unread"
    HOURS_REVERSED = "hours_reversed"
    HOURS_ASSUMED = "hours_assumed"
    HOURS_JOINED = "hours_joined"
    END_ASSUMED = "end_assumed"
    PLACE_MISSING = "place_missing"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_SEVERAL = "place_several"
    PLACE_OLD = "place_old"
    PLACE_LIKE = "place_like"
    PLACE_ASSUMED = "place_assumed"
    PLACE_NOT_YOURS = "place_not_yours"
    SITE_MISSING = "site_missing"
    SITE_NEW = "site_new"
    SITE_LIKE = "site_like"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_UNSURE = "unit_unsure"
    LEADER_MISSING = "leader_missing"
    LEADER_ASSUMED = "leader_assumed"
    LEADER_UNKNOWN = "leader_unknown"
    MEMBER_UNKNOWN = "member_unknown"
    SERVICES_MISSING = "services_missing"
    SERVICE_UNKNOWN = "service_unknown"
    SERVICE_LIKE = "service_like"
    SERVICE_GROUP = "service_group"
    EXISTS = "exists"
    SAME_DAY = "same_day"
    TWICE = "twice"
    REFUSED = "refused"


BLOCKING = frozenset(
    {
        Doubt.DAY_MISSING, Doubt.DAY_UNREAD, Doubt.DAY_OUTSIDE, Doubt.DAY_SWAPPED,
        Doubt.HOURS_MISSING, Doubt.HOURS_UNREAD, Doubt.HOURS_REVERSED,
        Doubt.PLACE_MISSING, Doubt.PLACE_UNKNOWN, Doubt.PLACE_SEVERAL, Doubt.PLACE_NOT_YOURS,
        Doubt.SITE_MISSING, Doubt.UNIT_UNKNOWN, Doubt.SERVICES_MISSING, Doubt.EXISTS, Doubt.TWICE, Doubt.REFUSED,
    }
)  # fmt: skip
"""Doubts with which no outing can be made: a person puts them right or sets the row aside."""

DOUBT_NAMES: Mapping[Doubt, str] = {
    Doubt.DAY_MISSING: N_("Dòng này không ghi ngày."),
    Doubt.DAY_UNREAD: N_("Không đọc được ngày."),
    Doubt.DAY_OUTSIDE: N_("Ngày nằm ngoài thời gian của chiến dịch."),
    Doubt.DAY_SWAPPED: N_("Ngày nằm ngoài chiến dịch; có lẽ bảng tính đã đổi chỗ ngày và tháng."),
    Doubt.DAY_CARRIED: N_("Ô ngày trống; lấy ngày của dòng trên."),
    Doubt.SEVERAL_DAYS: N_("Dòng này ghi nhiều ngày; mỗi ngày thành một buổi."),
    Doubt.WEEKDAY_DIFFERS: N_("Thứ ghi trong tệp không phải thứ của ngày này."),
    Doubt.HOURS_MISSING: N_("Dòng này không ghi giờ."),
    Doubt.HOURS_UNREAD: N_("Không đọc được giờ."),
    Doubt.HOURS_REVERSED: N_("Giờ kết thúc đứng trước giờ bắt đầu."),
    Doubt.HOURS_ASSUMED: N_("Chỉ ghi buổi; lấy giờ hành chính."),
    Doubt.HOURS_JOINED: N_("Ghi nhiều khung giờ; lấy từ giờ đầu đến giờ cuối."),
    Doubt.END_ASSUMED: N_("Chỉ ghi giờ bắt đầu; tạm lấy ba giờ."),
    Doubt.PLACE_MISSING: N_("Không rõ ở xã, phường, thị trấn nào."),
    Doubt.PLACE_UNKNOWN: N_("Không tìm thấy xã, phường, thị trấn này."),
    Doubt.PLACE_SEVERAL: N_("Có nhiều xã, phường, thị trấn cùng tên."),
    Doubt.PLACE_OLD: N_("Tên cũ trước khi sắp xếp; lấy nơi kế thừa."),
    Doubt.PLACE_LIKE: N_("Tên xã, phường, thị trấn viết hơi khác; lấy tên gần nhất."),
    Doubt.PLACE_ASSUMED: N_("Tệp không ghi xã, phường, thị trấn; suy ra từ tên địa điểm hoặc từ đơn vị."),
    Doubt.PLACE_NOT_YOURS: N_("Đơn vị hoặc địa bàn này ngoài phạm vi bạn được phân công."),
    Doubt.SITE_MISSING: N_("Dòng này không ghi địa điểm."),
    Doubt.SITE_NEW: N_("Địa điểm chưa có; sẽ thêm mới khi nhận."),
    Doubt.SITE_LIKE: N_("Tên địa điểm viết hơi khác; lấy địa điểm gần nhất."),
    Doubt.UNIT_UNKNOWN: N_("Không rõ đơn vị thực hiện."),
    Doubt.UNIT_UNSURE: N_("Tên đơn vị viết hơi khác; lấy đơn vị gần nhất."),
    Doubt.LEADER_MISSING: N_("Chưa có tổ trưởng; có thể chọn sau."),
    Doubt.LEADER_ASSUMED: N_("Tệp không ghi tổ trưởng; lấy người đầu tiên của đội."),
    Doubt.LEADER_UNKNOWN: N_("Không tìm thấy tổ trưởng trong những người được phân công của đơn vị."),
    Doubt.MEMBER_UNKNOWN: N_("Không tìm thấy người này trong những người được phân công của đơn vị."),
    Doubt.SERVICES_MISSING: N_("Chưa rõ hướng dẫn dịch vụ nào."),
    Doubt.SERVICE_UNKNOWN: N_("Danh mục không có dịch vụ này."),
    Doubt.SERVICE_LIKE: N_("Tên dịch vụ viết hơi khác; lấy dịch vụ gần nhất."),
    Doubt.SERVICE_GROUP: N_("Ghi cả nhóm dịch vụ; lấy mọi dịch vụ của nhóm."),
    Doubt.EXISTS: N_("Đơn vị đã có buổi ở địa điểm này, cùng ngày, trùng giờ."),
    Doubt.SAME_DAY: N_("Đơn vị đã có buổi khác ở địa điểm này trong ngày."),
    Doubt.TWICE: N_("Dòng khác của tệp đã ghi đúng buổi này."),
    Doubt.REFUSED: N_("Chưa nhận được."),
}
