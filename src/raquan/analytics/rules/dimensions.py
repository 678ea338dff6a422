"""What figures are split by, declared once as data: columns of the facts, with the names of their keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.analytics.rules.tables import Kind
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, NotFound


class Order(StrEnum):
    """How a dimension's rows are put in order."""

    KEY = "key"  # days, hours
    VALUE = "value"  # the greatest first
    GIVEN = "given"  # the order of `keys`, such as the ladder's


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a figure is split by: a column of the facts of some kinds; `unknown` names the rows in which it is empty."""

    key: str
    name: Mapping[str, str]
    column: str
    order: Order = Order.VALUE
    keys: Mapping[str, Mapping[str, str]] | None = None
    unknown: Mapping[str, str] | None = None
    kinds: tuple[Kind, ...] = (Kind.ASSIST,)


BETWEEN = ".."
"""Stands between the first and the last day where a filter by day is of several: 2023-10-01..2023-10-07."""


def days_between(first_on: date, last_on: date) -> str:
    """Write the key of a filter by day that keeps all days from the first to the last."""
    return f"{first_on.isoformat()}{BETWEEN}{last_on.isoformat()}"


GROUP_NAMES = {
    "online_public_service": localized("Dịch vụ công trực tuyến", en="Online public services"),
    "cashless_payment": localized("Thanh toán không dùng tiền mặt", en="Cashless payment"),
    "province_app": localized("Ứng dụng của tỉnh", en="The province's apps"),
    "ecommerce": localized("Thương mại điện tử", en="E-commerce"),
}
STAGE_NAMES = {
    "helped": localized("Được hỗ trợ", en="Helped"),
    "installed": localized("Cài đặt", en="Installed"),
    "activated": localized("Kích hoạt", en="Activated"),
    "first_use": localized("Dùng thật lần đầu", en="First real use"),
}
HOW_NAMES = {
    "self": localized("Tự làm", en="By oneself"),
    "guided": localized("Cầm tay chỉ việc", en="Hand in hand"),
    "done_for": localized("Làm hộ", en="Done for the person"),
}
GRADE_NAMES = {
    "counted": localized("đếm từng lượt", en="counted one by one"),
    "tallied": localized("kiểm đếm theo phiếu", en="tallied on a sheet"),
    "supplied": localized("hệ thống khác cung cấp", en="supplied by another system"),
    "stated": localized("đơn vị tự báo", en="stated"),
}

STATE_NAMES = {
    "planned": localized("Đã lên lịch", en="Planned"),
    "open": localized("Đang diễn ra", en="Under way"),
    "done": localized("Đã xong", en="Done"),
    "cancelled": localized("Đã hủy", en="Called off"),
    "issued": localized("Phiếu chưa nhập", en="Sheet not entered"),
    "entered": localized("Phiếu đã nhập", en="Sheet entered"),
    "withdrawn": localized("Phiếu đã rút", en="Sheet withdrawn"),
    "counted": localized("Được tính", en="Counted"),
    "reversed": localized("Đã hoàn lượt", en="Taken back"),
    "refused": localized("Máy chủ không tính", en="Refused by the server"),
    "failed": localized("Quầy không nhận", en="Refused at the counter"),
}
SITE_NAMES = {
    "one_stop_shop": localized("Bộ phận một cửa", en="One-stop shop"),
    "market": localized("Chợ", en="Market"),
    "village_hall": localized("Nhà văn hóa thôn, buôn", en="Village hall"),
    "street": localized("Đường phố, nơi công cộng", en="Street, public place"),
    "school": localized("Trường học", en="School"),
    "shop": localized("Cửa hàng, siêu thị", en="Shop"),
}
LANGUAGE_NAMES = {
    "vi": localized("Tiếng Việt", en="Vietnamese"),
    "rad": localized("Tiếng Ê Đê", en="Rade"),
    "cmo": localized("Tiếng M’Nông", en="Mnong"),
    "jra": localized("Tiếng Gia Rai", en="Jarai"),
    "tyz": localized("Tiếng Tày", en="Tay"),
    "nut": localized("Tiếng Nùng", en="Nung"),
    "hmn": localized("Tiếng Mông", en="Hmong"),
}
PRESENCE_NAMES = {
    "early": localized("Đến sớm", en="Early"),
    "on_time": localized("Đúng giờ", en="In time"),
    "late": localized("Đến muộn", en="Late"),
}
PART_NAMES = {
    "leader": localized("Tổ trưởng", en="Team leader"),
    "helper": localized("Người hỗ trợ", en="Helper"),
}
_EVERY = tuple(Kind)

_DIMENSIONS = (
    Dimension(
        "commune",
        localized("Xã, phường, thị trấn", en="Commune"),
        "commune_code",
        unknown=localized("Chưa rõ xã", en="Commune not known"),
        kinds=_EVERY,
    ),
    Dimension(
        "district",
        localized("Huyện, thị xã, thành phố", en="District"),
        "district_code",
        unknown=localized("Chưa rõ huyện", en="District not known"),
        kinds=_EVERY,
    ),
    Dimension("day", localized("Ngày", en="Day"), "occurred_on", Order.KEY, kinds=_EVERY),
    Dimension("service", localized("Dịch vụ", en="Service"), "service_code"),
    Dimension(
        "group",
        localized("Nhóm dịch vụ", en="Service group"),
        "group_code",
        Order.GIVEN,
        keys=GROUP_NAMES,
        unknown=localized("Không riêng nhóm nào", en="Of no single group"),
        kinds=(Kind.ASSIST, Kind.REDEMPTION, Kind.RESULT),
    ),
    Dimension("stage", localized("Bậc đạt được", en="Rung reached"), "stage", Order.GIVEN, keys=STAGE_NAMES),
    Dimension(
        "rung",
        localized("Bậc riêng của nhóm dịch vụ", en="Rung of the group's own ladder"),
        "rung",
        unknown=localized("Chưa rõ bậc", en="Rung not known"),
    ),
    Dimension("how", localized("Cách làm", en="How it was done"), "how", Order.GIVEN, keys=HOW_NAMES),
    Dimension(
        "bottleneck",
        localized("Điểm nghẽn", en="Bottleneck"),
        "bottleneck",
        unknown=localized("Không ghi điểm nghẽn", en="None recorded"),
    ),
    Dimension("hour", localized("Giờ trong ngày", en="Hour of day"), "hour", Order.KEY),
    Dimension(
        "organization",
        localized("Đơn vị", en="Organization"),
        "organization_id",
        unknown=localized("Chưa rõ đơn vị", en="Organization not known"),
        kinds=_EVERY,
    ),
    Dimension(
        "language",
        localized("Tiếng dùng khi hỗ trợ", en="Language spoken"),
        "language",
        keys=LANGUAGE_NAMES,
        unknown=localized("Không ghi tiếng", en="Language not recorded"),
        kinds=(Kind.ASSIST, Kind.OUTING, Kind.DESK_DAY),
    ),
    Dimension(
        "grade",
        localized("Mức tin cậy", en="Grade"),
        "grade",
        Order.GIVEN,
        keys=GRADE_NAMES,
        kinds=(Kind.ASSIST, Kind.RESULT, Kind.BOOTH_DAY),
    ),
    Dimension(
        "site",
        localized("Loại địa điểm", en="Kind of site"),
        "site_kind",
        Order.GIVEN,
        keys=SITE_NAMES,
        kinds=(Kind.OUTING, Kind.DESK_DAY),
    ),
    Dimension(
        "state",
        localized("Trạng thái", en="State"),
        "state",
        Order.GIVEN,
        keys=STATE_NAMES,
        kinds=(Kind.OUTING, Kind.SHEET, Kind.REDEMPTION),
    ),
    Dimension(
        "presence",
        localized("Điểm danh", en="Check-in"),
        "presence",
        Order.GIVEN,
        keys=PRESENCE_NAMES,
        unknown=localized("Chưa điểm danh", en="Not checked in"),
        kinds=(Kind.ATTENDANCE,),
    ),
    Dimension(
        "part",
        localized("Phần việc trong đội", en="Part in the team"),
        "part",
        Order.GIVEN,
        keys=PART_NAMES,
        unknown=localized("Đi thay, ngoài danh sách", en="Standing in, not in the team"),
        kinds=(Kind.ATTENDANCE,),
    ),
    Dimension(
        "reason",
        localized("Lý do phiếu không dùng được", en="Why a voucher was not taken"),
        "reason",
        unknown=localized("Không có lý do", en="No reason"),
        kinds=(Kind.REDEMPTION,),
    ),
    Dimension("run", localized("Đợt phiếu", en="Run of vouchers"), "thing", kinds=(Kind.REDEMPTION,)),
    Dimension("exhibition", localized("Triển lãm", en="Exhibition"), "thing", kinds=(Kind.BOOTH_DAY,)),
    Dimension("channel", localized("Kênh truyền thông", en="Channel"), "channel", kinds=(Kind.LINK_DAY,)),
)
DIMENSIONS: Mapping[str, Dimension] = {one.key: one for one in _DIMENSIONS}
UNKNOWN = localized("Chưa rõ", en="Not known")


class NoSuchDimension(NotFound):
    """Figures are not split by this."""

    code = "figure.no_dimension"
    message = N_("Không chia số liệu theo “{dimension}” được. Xem danh mục chỉ số.")


def dimension(key: str) -> Dimension:
    """Give a dimension by its key, or raise NoSuchDimension."""
    if key not in DIMENSIONS:
        raise NoSuchDimension(dimension=key)
    return DIMENSIONS[key]
