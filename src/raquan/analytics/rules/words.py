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
    "organization_id": localized("doanh nghiệp", en="enterprises"),
    "aim": localized("nội dung", en="subject"),
    "grade": localized("mức tin cậy", en="grade"),
    "value": localized("số tiền", en="the amount"),
    "valued": localized("lượt có ghi số tiền", en="those with an amount"),
}
THING_WORDS: Mapping[Kind, Localized] = {
    Kind.REDEMPTION: localized("đợt phiếu", en="runs of vouchers"),
    Kind.LINK_DAY: localized("đường dẫn ngắn", en="short links"),
}
"""What the column `thing` is called in the facts of a kind."""
KIND_WORDS: Mapping[Kind, Localized] = {
    Kind.ASSIST: localized("lượt hỗ trợ", en="assists"),
    Kind.OUTING: localized("buổi ra quân", en="outings"),
    Kind.ATTENDANCE: localized("lượt người", en="attendances"),
    Kind.SHEET: localized("phiếu kiểm đếm", en="tally sheets"),
    Kind.DESK_DAY: localized("ngày mở cửa", en="open days"),
    Kind.REDEMPTION: localized("lượt dùng phiếu", en="redemptions"),
    Kind.RESULT: localized("lượt doanh nghiệp khai", en="redemptions that enterprises state"),
    Kind.BOOTH_DAY: localized("lượt ghé gian hàng", en="visits of booths"),
    Kind.LINK_DAY: localized("lượt mở đường dẫn ngắn", en="visits of short links"),
}
SOURCE_WORDS: Mapping[Kind, Localized] = {
    Kind.ASSIST: localized("bản ghi lượt hỗ trợ và phiếu kiểm đếm", en="records of assists, and tally sheets"),
    Kind.OUTING: localized(
        "lịch ra quân, việc mở và kết thúc buổi tại chỗ", en="the plan of outings, and their opening and closing"
    ),
    Kind.ATTENDANCE: localized("phân công đội và điểm danh", en="teams and check-ins"),
    Kind.SHEET: localized("phiếu kiểm đếm đã phát và đã nhập", en="tally sheets handed out and entered"),
    Kind.DESK_DAY: localized("giờ mở cửa đã công bố của điểm hỗ trợ", en="announced hours of help desks"),
    Kind.REDEMPTION: localized(
        "lượt dùng phiếu mà quầy của doanh nghiệp gửi về, cộng theo quầy, đợt phiếu và ngày",
        en="what counters of enterprises sent, added up by counter, run of vouchers and day",
    ),
    Kind.RESULT: localized(
        "kết quả từng tháng mà doanh nghiệp tự khai hoặc nạp từ tệp Excel, không phải số đếm được",
        en="monthly results that enterprises state or bring in from Excel, not what was counted",
    ),
    Kind.BOOTH_DAY: localized(
        "lượt quét mã tại gian hàng và số người từng ngày do đơn vị tổ chức hoặc doanh nghiệp ghi",
        en="scans of booths' codes, and the heads of each day that organizers or enterprises write",
    ),
    Kind.LINK_DAY: localized(
        "lượt mở đường dẫn ngắn, cộng theo ngày, không ghi ai đã mở",
        en="visits of short links, added up by day, without who they were",
    ),
}
