"""Measures and dimensions, declared once as data; the engine compiles them, the catalogue page prints them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.analytics.rules.card_measures import CARD_MEASURES
from raquan.analytics.rules.formulas import STAGES, Count, CountDistinct, CountKnown, CountWhere, Measure
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, NotFound


class Order(StrEnum):
    """How a dimension's rows are put in order."""

    KEY = "key"  # days, hours
    VALUE = "value"  # the greatest first
    GIVEN = "given"  # the order of `keys`, such as the ladder's


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a figure is split by: a column of the facts; `unknown` names the rows in which it is empty."""

    key: str
    name: Mapping[str, str]
    column: str
    order: Order = Order.VALUE
    keys: Mapping[str, Mapping[str, str]] | None = None
    unknown: Mapping[str, str] | None = None


BETWEEN = ".."
"""Stands between the first and the last day where a filter by day is of several: 2023-10-01..2023-10-07."""


def days_between(first_on: date, last_on: date) -> str:
    """Write the key of a filter by day that keeps all days from the first to the last."""
    return f"{first_on.isoformat()}{BETWEEN}{last_on.isoformat()}"


_LUOT = localized("lượt", en="assists")

_MEASURES = (
    Measure(
        "assists",
        localized("Lượt hỗ trợ", en="Assists"),
        _LUOT,
        localized(
            "Số lần một người được hỗ trợ về một dịch vụ: đếm từng bản ghi tại chỗ, cộng số kiểm đếm trên phiếu giấy "
            "của những người chưa có bản ghi. Bản ghi và phiếu đã rút không tính; đã sửa thì chỉ tính bản mới nhất. "
            "Một người được hỗ trợ nhiều lần thì tính nhiều lượt.",
            en="How many times a person was helped with a service: the records made on the spot, one each, and what "
            "paper tally sheets say of people without a record. Withdrawn records and sheets do not count; of a "
            "corrected one only the latest version does. A person who is helped several times counts as several "
            "assists.",
        ),
        Count(),
        stage="helped",
    ),
    Measure(
        "self_done",
        localized("Lượt người dân tự làm", en="Assists done by the person"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ trong đó người dân tự thao tác trên thiết bị.",
            en="Assists in which the person worked the device alone.",
        ),
        CountWhere("how", ("self",)),
    ),
    Measure(
        "guided",
        localized("Lượt cầm tay chỉ việc", en="Assists done hand in hand"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ trong đó người dân thao tác theo hướng dẫn từng bước.",
            en="Assists in which the person worked the device, guided step by step.",
        ),
        CountWhere("how", ("guided",)),
    ),
    Measure(
        "done_for",
        localized("Lượt làm hộ", en="Assists done for the person"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ trong đó người hỗ trợ thao tác thay người dân.",
            en="Assists in which the helper worked the device for the person.",
        ),
        CountWhere("how", ("done_for",)),
    ),
    Measure(
        "installed",
        localized("Lượt cài đặt trở lên", en="Installed or further"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ đạt từ bậc cài đặt trở lên: đã cài ứng dụng, rồi có thể đã kích hoạt và dùng thật.",
            en="Assists that reached the rung of installation or a higher one: installed, perhaps used too.",
        ),
        CountWhere("stage", STAGES[1:]),
        stage="installed",
    ),
    Measure(
        "activated",
        localized("Lượt kích hoạt trở lên", en="Activated or further"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ đạt từ bậc kích hoạt trở lên: đã có tài khoản và đăng nhập được, hoặc đã mở gian hàng.",
            en="Assists that reached the rung of activation or a higher one: an account that works, or a shop opened.",
        ),
        CountWhere("stage", STAGES[2:]),
        stage="activated",
    ),
    Measure(
        "first_use",
        localized("Lượt dùng thật lần đầu", en="First real use"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ đạt bậc cao nhất: đã nộp hồ sơ, đã thanh toán, đã dùng lần đầu hoặc có đơn hàng đầu tiên.",
            en="Assists that reached the highest rung: application filed, payment made, app used or first order.",
        ),
        CountWhere("stage", STAGES[3:]),
        stage="first_use",
    ),
    Measure(
        "outings_with_records",
        localized("Buổi ra quân có lượt hỗ trợ", en="Outings with records"),
        localized("buổi", en="outings"),
        localized(
            "Số buổi ra quân khác nhau có ít nhất một lượt hỗ trợ được ghi.",
            en="Different outings with at least one recorded assist.",
        ),
        CountDistinct("outing_id"),
    ),
    Measure(
        "stuck",
        localized("Lượt gặp điểm nghẽn", en="Assists that got stuck"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ chưa làm xong và có ghi lý do: thiếu máy, hết dung lượng, mất sóng, quên mật khẩu…",
            en="Assists that could not be finished, with the reason recorded: device, storage, signal, password…",
        ),
        CountKnown("bottleneck"),
    ),
)
MEASURES: Mapping[str, Measure] = {one.key: one for one in (*_MEASURES, *CARD_MEASURES)}

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

_DIMENSIONS = (
    Dimension(
        "commune",
        localized("Xã, phường, thị trấn", en="Commune"),
        "commune_code",
        unknown=localized("Chưa rõ xã", en="Commune not known"),
    ),
    Dimension(
        "district",
        localized("Huyện, thị xã, thành phố", en="District"),
        "district_code",
        unknown=localized("Chưa rõ huyện", en="District not known"),
    ),
    Dimension("day", localized("Ngày", en="Day"), "occurred_on", Order.KEY),
    Dimension("service", localized("Dịch vụ", en="Service"), "service_code"),
    Dimension("group", localized("Nhóm dịch vụ", en="Service group"), "group_code", Order.GIVEN, keys=GROUP_NAMES),
    Dimension("stage", localized("Bậc đạt được", en="Rung reached"), "stage", Order.GIVEN, keys=STAGE_NAMES),
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
    ),
)
DIMENSIONS: Mapping[str, Dimension] = {one.key: one for one in _DIMENSIONS}
UNKNOWN = localized("Chưa rõ", en="Not known")


class NoSuchMeasure(NotFound):
    """The catalogue of measures has none of this name."""

    code = "figure.no_measure"
    message = N_("Không có chỉ số “{measure}”. Xem danh mục chỉ số.")


class NoSuchDimension(NotFound):
    """Figures are not split by this."""

    code = "figure.no_dimension"
    message = N_("Không chia số liệu theo “{dimension}” được. Xem danh mục chỉ số.")


def measure(key: str) -> Measure:
    """Give a measure by its key, or raise NoSuchMeasure."""
    if key not in MEASURES:
        raise NoSuchMeasure(measure=key)
    return MEASURES[key]


def dimension(key: str) -> Dimension:
    """Give a dimension by its key, or raise NoSuchDimension."""
    if key not in DIMENSIONS:
        raise NoSuchDimension(dimension=key)
    return DIMENSIONS[key]
