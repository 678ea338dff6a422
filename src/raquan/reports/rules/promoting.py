"""The tables of what promotions, exhibitions and links did: those of which a snapshot knows something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from raquan.analytics.rules import Figure
from raquan.reports.rules.marking import NOTHING, UNSAID, Marks
from raquan.reports.rules.parts import ReportContent, Table

Figures = Mapping[tuple[str, str], Figure]

HELD_BACK = (
    f"“{UNSAID[:1].upper()}{UNSAID[1:]}”: dưới ba doanh nghiệp, hoặc một doanh nghiệp chiếm quá ba phần tư, hoặc tính "
    "ra được từ các dòng còn lại."
)
NOT_KNOWN = f"“{NOTHING}”: không có số liệu, không phải bằng không."
SECTION = "3. {names}"
"""What the section of these tables is called; it stands behind the results in general and in detail."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """A table: what it is about, by which dimension, its columns, its caption, and how its numbers are to be read."""

    name: str
    by: str
    measures: tuple[str, str, str]
    caption: str
    note: str


LINKS = Promotion(
    "truyền thông",
    "channel",
    ("link_visits", "links_opened", "outings_reached"),
    "Lượt mở đường dẫn ngắn, mã QR theo kênh truyền thông",
    "Không ghi ai đã mở, nên một người mở hai lần là hai lượt. Một buổi có ở nhiều kênh, nên số buổi của các kênh "
    "không cộng lại được.",
)
PROMOTIONS = (
    Promotion(
        "khuyến mại",
        "group",
        ("redemptions", "runs_redeemed", "redemptions_stated"),
        "Kết quả khuyến mại theo nhóm dịch vụ",
        "Lượt dùng phiếu do quầy quét, máy chủ tính từng lượt. Lượt doanh nghiệp tự khai không ai đếm lại được, nên để "
        "riêng, không cộng vào.",
    ),
    Promotion(
        "triển lãm",
        "exhibition",
        ("booth_visits", "booths_visited", "booth_heads_tallied"),
        "Khách đến gian hàng theo triển lãm",
        "Lượt ghé gian đếm bằng mã QR, một người ghé hai gian là hai lượt. Số đếm tay là cách đếm khác của cùng những "
        "người ấy, nên không cộng vào.",
    ),
    LINKS,
)
"""In the order of the report. A column is counted, or says in its heading that it was tallied or stated."""


def promotions_wanted(told: Sequence[Promotion]) -> tuple[tuple[str, str], ...]:
    """List the figures that the tables are made of."""
    return tuple((measure, one.by) for one in told for measure in one.measures)


def known_figures(figures: Figures) -> dict[tuple[str, str], Figure]:
    """Leave out the figures of those tables of which nothing is known."""
    empty = {pair for one in PROMOTIONS if not _is_known(figures, one) for pair in promotions_wanted((one,))}
    return {pair: figure for pair, figure in figures.items() if pair not in empty}


def promotion_tables(marks: Marks, told: Sequence[Promotion], *, first: int) -> list[Table]:
    """Make the tables of which something is known, numbered on from `first`; the first one begins their section."""
    kept = [one for one in told if _is_known(marks.figures, one)]
    made: list[Table] = []
    unexplained = {UNSAID: HELD_BACK, NOTHING: NOT_KNOWN}
    for place, one in enumerate(kept, start=first):
        table = marks.table(one.by, f"Bảng {place}", one.caption, one.measures)
        cells = {cell for values in (*(row.values for row in table.rows), table.totals) for cell in values}
        # What stands where there is no number is explained once, beneath the first table that has it.
        signs = [unexplained.pop(sign) for sign in (UNSAID, NOTHING) if sign in cells and sign in unexplained]
        section = "" if made else _section(kept)
        made.append(replace(table, section=section, note=" ".join([one.note, *signs])))
    return made


def for_everybody(content: ReportContent, figures: Figures) -> ReportContent:
    """Leave out the tables of enterprises' numbers; the others keep their numbers and marks."""
    tables = [one for one in content.tables if not any(figures[measure, one.by].guarded for measure in one.measures)]
    return replace(content, tables=tuple(tables))


def _is_known(figures: Figures, one: Promotion) -> bool:
    """Tell whether a table has rows: in older snapshots it has none."""
    return any(figures[pair].rows for pair in promotions_wanted((one,)) if pair in figures)


def _section(told: Sequence[Promotion]) -> str:
    *others, last = [one.name for one in told]
    names = f"{', '.join(others)} và {last}" if others else last
    return SECTION.format(names=f"{names[:1].upper()}{names[1:]}")
