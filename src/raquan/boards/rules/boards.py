"""The boards, declared: a title, a subject, and panels of measures; another board is another declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_, NotFound


class Draw(StrEnum):
    """What a panel shows."""

    NUMBERS = "numbers"  # totals, each with what it is a part of, its target and last year's
    TREND = "trend"  # by day, with last year's line
    BARS = "bars"  # by a dimension, the greatest first, a rate with what is beneath its line
    HOURS = "hours"  # by the hour of the day
    STEPS = "steps"  # the rungs of the ladder, each a part of the one before
    MAP = "map"  # by commune, on the ground
    COVERAGE = "coverage"  # communes without an outing or a record, worst first
    GROUPS = "groups"  # by the campaign's groups of communes
    TARGETS = "targets"  # indicators against their targets
    GRID = "grid"  # by two dimensions


class Subject(StrEnum):
    """What a board is of, where it is not of the whole campaign: the dimension that its figures keep to."""

    NONE = ""
    UNIT = "organization"
    COMMUNE = "commune"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a board: `measures` drawn in one way, split `by` a dimension, and `across` another one."""

    key: str
    title: str
    draw: Draw
    measures: tuple[str, ...] = ()
    by: str = "commune"
    across: str = ""
    lead: str = ""
    most: int = 8


@dataclass(frozen=True, slots=True)
class Board:
    """A page of panels; `title` and `lead` are message ids."""

    key: str
    title: str
    lead: str
    panels: tuple[Panel, ...]
    subject: Subject = Subject.NONE

    def panel(self, key: str) -> Panel | None:
        """Give a panel by its key."""
        return next((one for one in self.panels if one.key == key), None)


PARTS: Mapping[str, str] = {
    "outings_held": "outings_planned",
    "stuck_rate": "assists",
    "first_use_rate": "assists",
    "assists_per_outing": "outings_with_records",
}
"""What stands beneath the line of a rate, for the tables of panels by a rate."""

_HEADLINES = ("assists", "self_done", "first_use_rate", "stuck_rate", "outings_held", "communes_reached")
_LADDER = ("assists", "installed", "activated", "first_use")
_TREND = Panel("trend", N_("Lượt hỗ trợ từng ngày"), Draw.TREND, ("assists",), by="day")
_STEPS = Panel(
    "ladder",
    N_("Thang kết quả"),
    Draw.STEPS,
    _LADDER,
    by="stage",
    lead=N_("Mỗi bậc tính cả những lượt đã lên bậc cao hơn; tỷ lệ so với bậc ngay trước."),
)
_BY_SERVICE = Panel("service", N_("Theo dịch vụ"), Draw.BARS, ("assists",), by="service")
_BY_BOTTLENECK = Panel("bottleneck", N_("Vì sao chưa xong"), Draw.BARS, ("stuck",), by="bottleneck")
_BY_LANGUAGE = Panel(
    "language",
    N_("Theo tiếng dùng khi hỗ trợ"),
    Draw.BARS,
    ("assists",),
    by="language",
    lead=N_("Phiếu giấy không ghi tiếng nên nằm ở dòng không ghi."),
)
_HOURS = Panel("hours", N_("Theo giờ trong ngày"), Draw.HOURS, ("assists",), by="hour")
_MAP = Panel("map", N_("Trên bản đồ"), Draw.MAP, ("assists",))
_TARGETS = Panel(
    "targets",
    N_("So với mức giao"),
    Draw.TARGETS,
    lead=N_("Vạch đen là mức phải đạt đến hết hôm qua nếu làm đều từ ngày đầu đến ngày cuối."),
)
_GUARDED = N_("Chỉ số đếm được. Số của từng doanh nghiệp chỉ cơ quan thường trực xem được.")
_AROUND = Panel(
    "around",
    N_("Khuyến mại, trưng bày, truyền thông"),
    Draw.NUMBERS,
    ("redemptions", "redemption_failed_rate", "booth_visits", "link_visits"),
    lead=_GUARDED,
)

_BOARDS = (
    Board(
        "campaign",
        N_("Cả chiến dịch"),
        N_("Đã làm được gì, so với mức giao và năm trước, và nơi nào chưa tới."),
        (
            Panel("numbers", N_("Đến nay"), Draw.NUMBERS, _HEADLINES),
            _TREND,
            _TARGETS,
            _MAP,
            Panel(
                "coverage",
                N_("Xã, phường chưa tới được"),
                Draw.COVERAGE,
                ("assists", "outings_held", "outings_planned"),
                lead=N_("Nơi chưa có lượt hỗ trợ đứng trước; trong số đó nơi chưa có buổi nào đứng đầu."),
            ),
            Panel(
                "groups",
                N_("Công bằng giữa các nhóm xã"),
                Draw.GROUPS,
                ("assists", "first_use"),
                lead=N_("Nhóm xã do kế hoạch của chiến dịch xếp; số bình quân chia cho mọi xã của nhóm."),
            ),
            _BY_LANGUAGE,
            Panel("group", N_("Theo nhóm dịch vụ"), Draw.BARS, ("assists",), by="group"),
            Panel(
                "redemptions", N_("Khuyến mại"), Draw.NUMBERS, ("redemptions", "redemption_failed_rate"), lead=_GUARDED
            ),
        ),
    ),
    Board(
        "promotions",
        N_("Khuyến mại, trưng bày, truyền thông"),
        N_("Phiếu đã dùng, khách ghé gian hàng, đường dẫn đã mở; số đếm được đứng riêng với số doanh nghiệp khai."),
        (
            _AROUND,
            Panel(
                "stated",
                N_("Doanh nghiệp và đơn vị tổ chức tự ghi"),
                Draw.NUMBERS,
                ("redemptions_stated", "booth_heads_tallied", "booth_heads_stated"),
                lead=N_("Không đếm lại được, nên không cộng vào các số đếm được."),
            ),
            Panel("redeemed", N_("Lượt dùng phiếu theo nhóm dịch vụ"), Draw.BARS, ("redemptions",), by="group"),
            Panel("failed", N_("Vì sao phiếu không dùng được"), Draw.BARS, ("redemptions_failed",), by="reason"),
            Panel("place", N_("Lượt dùng phiếu theo xã, phường"), Draw.BARS, ("redemptions",), by="commune"),
            Panel("booths", N_("Lượt ghé gian hàng theo triển lãm"), Draw.BARS, ("booth_visits",), by="exhibition"),
            Panel("channel", N_("Lượt mở đường dẫn theo kênh"), Draw.BARS, ("link_visits",), by="channel"),
            Panel(
                "reached",
                N_("Buổi được mở đường dẫn, theo kênh"),
                Draw.BARS,
                ("outings_reached",),
                by="channel",
            ),
            Panel("visits", N_("Lượt mở đường dẫn từng ngày"), Draw.TREND, ("link_visits",), by="day"),
        ),
    ),
    Board(
        "unit",
        N_("Một đơn vị"),
        N_("Buổi ra quân và lượt hỗ trợ mà đơn vị tổ chức."),
        (
            Panel("numbers", N_("Đến nay"), Draw.NUMBERS, (*_HEADLINES[:5], "assists_per_outing")),
            _TREND,
            _TARGETS,
            _BY_SERVICE,
            Panel("place", N_("Theo xã, phường"), Draw.BARS, ("assists",), by="commune"),
            _STEPS,
            _BY_BOTTLENECK,
        ),
        Subject.UNIT,
    ),
    Board(
        "commune",
        N_("Một xã, phường"),
        N_("Người dân ở đây đã được giúp những gì, ai giúp và còn vướng gì."),
        (
            Panel("numbers", N_("Đến nay"), Draw.NUMBERS, (*_HEADLINES[:5], "assists_per_outing")),
            _TREND,
            _TARGETS,
            _BY_SERVICE,
            Panel("unit", N_("Theo đơn vị tổ chức"), Draw.BARS, ("assists",), by="organization"),
            _STEPS,
            _BY_BOTTLENECK,
        ),
        Subject.COMMUNE,
    ),
    Board(
        "service",
        N_("Một dịch vụ"),
        N_("Dịch vụ này được giúp ở đâu, đến bậc nào và vướng gì."),
        (
            Panel(
                "numbers",
                N_("Đến nay"),
                Draw.NUMBERS,
                ("assists", "self_done", "done_for", "first_use_rate", "stuck_rate", "communes_reached"),
            ),
            _TREND,
            _STEPS,
            _MAP,
            Panel("how", N_("Ai thao tác"), Draw.BARS, ("assists",), by="how"),
            _BY_BOTTLENECK,
            _HOURS,
        ),
        Subject.SERVICE,
    ),
    Board(
        "bottlenecks",
        N_("Điểm nghẽn"),
        N_("Vì sao một lượt hỗ trợ chưa xong, ở dịch vụ nào và ở đâu nhiều nhất."),
        (
            Panel("numbers", N_("Đến nay"), Draw.NUMBERS, ("stuck", "stuck_rate", "assists")),
            _BY_BOTTLENECK,
            Panel("trend", N_("Lượt gặp điểm nghẽn từng ngày"), Draw.TREND, ("stuck",), by="day"),
            Panel("rate", N_("Tỷ lệ gặp điểm nghẽn theo dịch vụ"), Draw.BARS, ("stuck_rate",), by="service"),
            Panel("language", N_("Tỷ lệ gặp điểm nghẽn theo tiếng dùng"), Draw.BARS, ("stuck_rate",), by="language"),
            Panel(
                "grid", N_("Điểm nghẽn nào ở nhóm dịch vụ nào"), Draw.GRID, ("stuck",), by="bottleneck", across="group"
            ),
            Panel("place", N_("Tỷ lệ gặp điểm nghẽn theo xã, phường"), Draw.BARS, ("stuck_rate",), by="commune"),
        ),
    ),
    Board(
        "ladder",
        N_("Thang kết quả"),
        N_("Bao nhiêu lượt dừng ở được giúp, bao nhiêu đi đến dùng thật."),
        (
            Panel("numbers", N_("Đến nay"), Draw.NUMBERS, ("assists", "first_use", "first_use_rate")),
            _STEPS,
            Panel("grid", N_("Bậc đạt được theo nhóm dịch vụ"), Draw.GRID, ("assists",), by="group", across="stage"),
            Panel("trend", N_("Lượt dùng thật lần đầu từng ngày"), Draw.TREND, ("first_use",), by="day"),
            Panel("rate", N_("Tỷ lệ dùng thật theo dịch vụ"), Draw.BARS, ("first_use_rate",), by="service"),
            Panel("place", N_("Tỷ lệ dùng thật theo xã, phường"), Draw.BARS, ("first_use_rate",), by="commune"),
        ),
    ),
    Board(
        "hours",
        N_("Giờ trong ngày"),
        N_("Bà con đến lúc nào, lúc nào hay vướng: để chọn giờ ra quân."),
        (
            _HOURS,
            Panel("stuck", N_("Tỷ lệ gặp điểm nghẽn theo giờ"), Draw.HOURS, ("stuck_rate",), by="hour"),
            Panel("done", N_("Tỷ lệ dùng thật theo giờ"), Draw.HOURS, ("first_use_rate",), by="hour"),
            Panel(
                "grid", N_("Nhóm dịch vụ nào vào giờ nào"), Draw.GRID, ("assists",), by="hour", across="group", most=24
            ),
            _TREND,
        ),
    ),
)
BOARDS: Mapping[str, Board] = {one.key: one for one in _BOARDS}


class NoSuchBoard(NotFound):
    """There is no board of this name."""

    code = "board.none"
    message = N_("Không có bảng theo dõi “{board}”.")


def board(key: str) -> Board:
    """Give a board by its key, or raise NoSuchBoard."""
    if key not in BOARDS:
        raise NoSuchBoard(board=key)
    return BOARDS[key]
