"""Measures of what was done around the assists: outings, who came, tally sheets, help desks, and ratios of them."""

from raquan.analytics.rules.formulas import Conditions, Distinct, Measure, Ratio, Sum
from raquan.analytics.rules.tables import Kind
from raquan.kernel.localized import localized

HELD: Conditions = (("state", ("open", "done")),)
CAME: Conditions = (("presence", ("early", "on_time", "late")),)
IN_TEAM: Conditions = (("part", ("leader", "helper")),)

_OUTINGS = localized("buổi", en="outings")
_TURNS = localized("lượt người", en="attendances")
_HOURS = localized("giờ", en="hours")
_SHEETS = localized("phiếu", en="sheets")
_PERCENT = localized("%", en="%")

ACTIVITY_MEASURES = (
    Measure(
        "outings_planned",
        localized("Buổi ra quân trong lịch", en="Outings planned"),
        _OUTINGS,
        localized(
            "Số buổi ra quân đã lên lịch, đang diễn ra hoặc đã xong, tính theo ngày ra quân. Buổi đã hủy không tính.",
            en="Outings that are planned, under way or done, by their day. Those that were called off do not count.",
        ),
        Sum(where=(("state", ("planned", "open", "done")),)),
        source=Kind.OUTING,
    ),
    Measure(
        "outings_held",
        localized("Buổi ra quân đã diễn ra", en="Outings held"),
        _OUTINGS,
        localized(
            "Số buổi ra quân đã được mở tại chỗ: đang diễn ra hoặc đã xong. Buổi có trong lịch mà không ai mở thì "
            "không tính.",
            en="Outings that were opened on the spot: under way or done. One that nobody opened does not count.",
        ),
        Sum(where=HELD),
        source=Kind.OUTING,
        of="outings_planned",
    ),
    Measure(
        "outings_cancelled",
        localized("Buổi ra quân đã hủy", en="Outings called off"),
        _OUTINGS,
        localized("Số buổi ra quân đã hủy, có lý do.", en="Outings that were called off, with a reason."),
        Sum(where=(("state", ("cancelled",)),)),
        source=Kind.OUTING,
    ),
    Measure(
        "outing_hours",
        localized("Giờ ra quân", en="Hours of outings"),
        _HOURS,
        localized(
            "Tổng số giờ của các buổi đã diễn ra, tính từ giờ bắt đầu đến giờ kết thúc trong lịch.",
            en="The hours of the outings that were held, from the planned beginning to the planned end.",
        ),
        Sum("minutes", HELD, per=60),
        source=Kind.OUTING,
    ),
    Measure(
        "communes_with_outings",
        localized("Xã, phường có buổi ra quân", en="Communes with an outing"),
        localized("xã, phường", en="communes"),
        localized(
            "Số xã, phường, thị trấn khác nhau có ít nhất một buổi ra quân đã diễn ra.",
            en="Different communes in which at least one outing was held.",
        ),
        Distinct("commune_code", HELD),
        source=Kind.OUTING,
        out_of="communes",
    ),
    Measure(
        "team_places",
        localized("Lượt phân công", en="Places in teams"),
        _TURNS,
        localized(
            "Số lượt người được phân công vào đội của các buổi không bị hủy. Một người ở ba buổi là ba lượt.",
            en="People in the teams of outings that were not called off; a person in three teams counts three times.",
        ),
        Sum(where=IN_TEAM),
        source=Kind.ATTENDANCE,
    ),
    Measure(
        "attendances",
        localized("Lượt người hỗ trợ có mặt", en="Attendances"),
        _TURNS,
        localized(
            "Số lượt người đã điểm danh tại buổi ra quân, kể cả người đi thay. Một người ở ba buổi là ba lượt.",
            en="People who were checked in at outings, those standing in for others too; a person at three outings "
            "counts three times.",
        ),
        Sum(where=CAME),
        source=Kind.ATTENDANCE,
    ),
    Measure(
        "late_arrivals",
        localized("Lượt đến muộn", en="Late arrivals"),
        _TURNS,
        localized(
            "Số lượt người điểm danh sau giờ bắt đầu hơn mười phút.",
            en="People who were checked in more than ten minutes after the beginning.",
        ),
        Sum(where=(("presence", ("late",)),)),
        source=Kind.ATTENDANCE,
        of="attendances",
        is_public=False,
    ),
    Measure(
        "helpers",
        localized("Người hỗ trợ đã tham gia", en="Helpers who took part"),
        localized("người", en="people"),
        localized(
            "Số người khác nhau đã điểm danh ít nhất một buổi trong chiến dịch.",
            en="Different people who were checked in at one outing of the campaign or more.",
        ),
        Distinct("helper", CAME),
        source=Kind.ATTENDANCE,
    ),
    Measure(
        "helper_hours",
        localized("Giờ người hỗ trợ", en="Helper hours"),
        localized("giờ người", en="helper hours"),
        localized(
            "Tổng số giờ có mặt của từng người: từ lúc điểm danh, không sớm hơn giờ bắt đầu, đến giờ kết thúc trong "
            "lịch.",
            en="The hours for which each person was there: from check-in, not before the beginning, to the planned "
            "end.",
        ),
        Sum("minutes", CAME, per=60),
        source=Kind.ATTENDANCE,
    ),
    Measure(
        "sheets_issued",
        localized("Phiếu kiểm đếm đã phát", en="Tally sheets handed out"),
        _SHEETS,
        localized("Số phiếu giấy đã in cho các buổi, trừ phiếu đã rút.", en="Sheets printed, without those withdrawn."),
        Sum(where=(("state", ("issued", "entered")),)),
        source=Kind.SHEET,
        is_public=False,
    ),
    Measure(
        "sheets_entered",
        localized("Phiếu kiểm đếm đã nhập", en="Tally sheets entered"),
        _SHEETS,
        localized("Số phiếu giấy đã nhập số vào hệ thống.", en="Sheets whose numbers were entered."),
        Sum(where=(("state", ("entered",)),)),
        source=Kind.SHEET,
        grade="tallied",
        of="sheets_issued",
        is_public=False,
    ),
    Measure(
        "desk_days",
        localized("Ngày điểm hỗ trợ mở cửa", en="Days of help desks"),
        localized("ngày", en="days"),
        localized(
            "Số ngày mở cửa của các điểm hỗ trợ theo giờ đã công bố, cộng qua mọi điểm, trong thời gian chiến dịch.",
            en="The days on which help desks are open by their hours, over all desks, while the campaign runs.",
        ),
        Sum(),
        source=Kind.DESK_DAY,
        grade="stated",
    ),
    Measure(
        "desk_hours",
        localized("Giờ điểm hỗ trợ mở cửa", en="Hours of help desks"),
        _HOURS,
        localized(
            "Tổng số giờ mở cửa của các điểm hỗ trợ theo giờ đã công bố, trong thời gian chiến dịch.",
            en="The hours for which help desks are open by what is announced, while the campaign runs.",
        ),
        Sum("minutes", per=60),
        source=Kind.DESK_DAY,
        grade="stated",
    ),
    Measure(
        "assists_per_helper_hour",
        localized("Lượt hỗ trợ trên một giờ người", en="Assists per helper hour"),
        localized("lượt/giờ người", en="assists per helper hour"),
        localized(
            "Lượt hỗ trợ chia cho giờ người hỗ trợ. Nơi không ai điểm danh thì không tính được, không phải bằng không.",
            en="Assists divided by helper hours. Where nobody was checked in it is not known, which is not zero.",
        ),
        Ratio("assists", "helper_hours"),
        source="ratio",
    ),
    Measure(
        "assists_per_outing",
        localized("Lượt hỗ trợ trên một buổi", en="Assists per outing"),
        localized("lượt/buổi", en="assists per outing"),
        localized(
            "Lượt hỗ trợ chia cho số buổi ra quân đã diễn ra.",
            en="Assists divided by the outings that were held.",
        ),
        Ratio("assists", "outings_held"),
        source="ratio",
    ),
    Measure(
        "first_use_rate",
        localized("Tỷ lệ dùng thật lần đầu", en="Share of first real use"),
        _PERCENT,
        localized(
            "Lượt dùng thật lần đầu chia cho tất cả lượt hỗ trợ.",
            en="Assists that reached first real use as a share of all assists.",
        ),
        Ratio("first_use", "assists", times=100),
        source="ratio",
    ),
    Measure(
        "stuck_rate",
        localized("Tỷ lệ gặp điểm nghẽn", en="Share of assists that got stuck"),
        _PERCENT,
        localized(
            "Lượt gặp điểm nghẽn chia cho tất cả lượt hỗ trợ.",
            en="Assists that got stuck as a share of all assists.",
        ),
        Ratio("stuck", "assists", times=100),
        source="ratio",
    ),
    Measure(
        "sheets_entered_rate",
        localized("Tỷ lệ phiếu đã nhập", en="Share of sheets entered"),
        _PERCENT,
        localized(
            "Phiếu kiểm đếm đã nhập chia cho phiếu đã phát.",
            en="Tally sheets entered as a share of those handed out.",
        ),
        Ratio("sheets_entered", "sheets_issued", times=100),
        source="ratio",
        is_public=False,
    ),
)
