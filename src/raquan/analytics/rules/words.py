"""What columns and kinds of facts are called in sentences."""

from collections.abc import Mapping

from raquan.analytics.rules.tables import Kind
from raquan.kernel.localized import Localized, localized

COLUMN_WORDS: Mapping[str, Localized] = {
    "how": localized("cách làm", en="way of doing"),
    "stage": localized("bậc đạt được", en="rung reached"),
    "outing_id": localized("buổi ra quân", en="outings"),
    "bottleneck": localized("điểm nghẽn", en="bottleneck"),
    "card": localized("thẻ đồng hành", en="companion cards"),
    "commune_code": localized("xã, phường", en="communes"),
    "occurred_on": localized("ngày", en="days"),
    "language": localized("tiếng dùng", en="language"),
    "state": localized("trạng thái", en="state"),
    "presence": localized("điểm danh", en="check-in"),
    "part": localized("phần việc", en="part"),
    "helper": localized("người hỗ trợ", en="helpers"),
}
KIND_WORDS: Mapping[Kind, Localized] = {
    Kind.ASSIST: localized("lượt hỗ trợ", en="assists"),
    Kind.OUTING: localized("buổi ra quân", en="outings"),
    Kind.ATTENDANCE: localized("lượt người", en="attendances"),
    Kind.SHEET: localized("phiếu kiểm đếm", en="tally sheets"),
    Kind.DESK_DAY: localized("ngày mở cửa", en="open days"),
}
SOURCE_WORDS: Mapping[Kind, Localized] = {
    Kind.ASSIST: localized("bản ghi lượt hỗ trợ và phiếu kiểm đếm", en="records of assists, and tally sheets"),
    Kind.OUTING: localized(
        "lịch ra quân, việc mở và kết thúc buổi tại chỗ", en="the plan of outings, and their opening and closing"
    ),
    Kind.ATTENDANCE: localized("phân công đội và điểm danh", en="teams and check-ins"),
    Kind.SHEET: localized("phiếu kiểm đếm đã phát và đã nhập", en="tally sheets handed out and entered"),
    Kind.DESK_DAY: localized("giờ mở cửa đã công bố của điểm hỗ trợ", en="announced hours of help desks"),
}
