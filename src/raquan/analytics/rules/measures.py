"""Measures, declared once as data; the engine compiles them, the catalogue page prints them."""

from collections.abc import Mapping

from raquan.analytics.rules.activity_measures import ACTIVITY_MEASURES
from raquan.analytics.rules.card_measures import CARD_MEASURES
from raquan.analytics.rules.dimensions import DIMENSIONS, Dimension
from raquan.analytics.rules.formulas import (
    STAGES,
    Count,
    CountDistinct,
    CountKnown,
    CountWhere,
    Distinct,
    Measure,
    Ratio,
    Sum,
)
from raquan.analytics.rules.promotion_measures import PROMOTION_MEASURES
from raquan.analytics.rules.tables import Kind
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, NotFound

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
        of="assists",
    ),
    Measure(
        "communes_reached",
        localized("Xã, phường có lượt hỗ trợ", en="Communes reached"),
        localized("xã, phường", en="communes"),
        localized(
            "Số xã, phường, thị trấn khác nhau có ít nhất một lượt hỗ trợ, theo địa giới của ngày hỗ trợ.",
            en="Different communes with at least one assist, by the map of the day of the assist.",
        ),
        Distinct("commune_code"),
        out_of="communes",
    ),
    Measure(
        "in_other_languages",
        localized("Lượt hỗ trợ bằng tiếng dân tộc thiểu số", en="Assists in minority languages"),
        _LUOT,
        localized(
            "Số lượt hỗ trợ mà người hỗ trợ nói với người dân bằng tiếng Ê Đê, M’Nông hoặc tiếng khác ngoài tiếng "
            "Việt. Phiếu giấy không ghi tiếng nên không nằm trong số này.",
            en="Assists in which the helper spoke Rade, Mnong or another language than Vietnamese. Paper sheets do "
            "not say the language and are not among them.",
        ),
        Sum(where=(("language", ("rad", "cmo", "jra", "tyz", "nut", "hmn")),)),
        of="assists",
    ),
)
MEASURES: Mapping[str, Measure] = {
    one.key: one for one in (*_MEASURES, *CARD_MEASURES, *ACTIVITY_MEASURES, *PROMOTION_MEASURES)
}


class NoSuchMeasure(NotFound):
    """The catalogue of measures has none of this name."""

    code = "figure.no_measure"
    message = N_("Không có chỉ số “{measure}”. Xem danh mục chỉ số.")


class NotSplitBy(NotFound):
    """The facts of a measure do not know this dimension."""

    code = "figure.not_split_by"
    message = N_("Chỉ số “{measure}” không chia theo “{dimension}” được.")


class NotOnMap(NotFound):
    """Only what adds up, by commune, can be led to the map of another day."""

    code = "figure.not_on_map"
    message = N_(
        "Chỉ số “{measure}” không chuyển sang địa giới của ngày khác được: chỉ chuyển được số cộng dồn, chia theo xã."
    )


def kinds_of(of: Measure) -> tuple[Kind, ...]:
    """Give the kinds of facts that a measure is made of, those of both sides of a ratio."""
    if isinstance(of.formula, Ratio):
        return (*kinds_of(MEASURES[of.formula.part]), *kinds_of(MEASURES[of.formula.whole]))
    return of.kinds


def dimensions_of(of: Measure) -> tuple[Dimension, ...]:
    """List what a measure can be split by: what all the facts that it is made of know."""
    return tuple(one for one in DIMENSIONS.values() if set(kinds_of(of)) <= set(one.kinds))


def check_split(of: Measure, by: Dimension) -> None:
    """Raise NotSplitBy where a measure's facts do not know a dimension."""
    if not set(kinds_of(of)) <= set(by.kinds):
        raise NotSplitBy(measure=of.name["vi"], dimension=by.name["vi"])


def measure(key: str) -> Measure:
    """Give a measure by its key, or raise NoSuchMeasure."""
    if key not in MEASURES:
        raise NoSuchMeasure(measure=key)
    return MEASURES[key]
