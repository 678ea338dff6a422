"""Gives every number of a report its mark, and makes the tables, charts and sentences in which numbers stand."""

from collections.abc import Mapping
from decimal import Decimal

from raquan.analytics.rules import DISTINCT, Figure, Number, Ratio
from raquan.kernel.numbers import format_number, format_percent
from raquan.reports.rules.parts import Chart, Source, Table, TableRow

NO_DATA = "chưa có dữ liệu"
COLUMNS = ("assists", "self_done", "first_use")
HOW = ("self_done", "guided", "done_for")
LADDER = ("installed", "activated", "first_use")
PEOPLE = ("people", "people_first_use", "people_returned")
TOTALS = ("assists", *HOW, *LADDER, "outings_with_records", *PEOPLE)
NOTHING = "–"
UNSAID = "không nêu"


class Marks:
    """Gives every figure its mark in the order in which the report first uses it."""

    def __init__(self, figures: Mapping[tuple[str, str], Figure], public_url: str) -> None:
        self.figures = figures
        self._public_url = public_url
        self._used: dict[tuple[str, str], int] = {}

    def mark(self, measure: str, by: str) -> str:
        """Give the mark of a figure: [1]."""
        return f"[{self._used.setdefault((measure, by), len(self._used) + 1)}]"

    def total(self, measure: str, by: str = "group") -> str:
        """Write a figure's total with its unit and mark."""
        figure = self.figures[(measure, by)]
        mark = self.mark(measure, by)
        if figure.total is None:
            return f"{NO_DATA} {mark}"
        return f"{format_number(figure.total)} {figure.measure.unit['vi']} {mark}"

    def sources(self) -> tuple[Source, ...]:
        """List the figures that were used, in the order of their marks."""
        return tuple(
            Source(
                mark,
                f"{figure.measure.name['vi']}, theo {figure.by.name['vi'].lower()}",
                self._public_url + figure.address,
            )
            for key, mark in self._used.items()
            for figure in [self.figures[key]]
        )

    def results(self) -> list[str]:
        """Say what was reached, a sentence a point."""
        total = self.total
        return [
            f"Tổng số lượt hỗ trợ người dân: {total('assists')};",
            f"Theo cách làm: người dân tự làm {total('self_done')}, cầm tay chỉ việc {total('guided')}, "
            f"làm hộ {total('done_for')};",
            f"Theo kết quả đạt được: từ bậc cài đặt trở lên {total('installed')}, từ bậc kích "
            f"hoạt trở lên {total('activated')}, dùng thật lần đầu {total('first_use')};",
            f"Số buổi ra quân có ghi nhận lượt hỗ trợ: {total('outings_with_records')}.",
        ]

    def cards(self) -> str:
        """Say how many different people were helped, as far as companion cards tell: one person, counted once."""
        people = self.figures[("people", "group")]
        if not people.total:
            return (
                f"Số người có thẻ đồng hành đã được hỗ trợ: {self.total('people')}. Mỗi lượt hỗ trợ nêu trên là một "
                "lần, không phải một người."
            )
        said = (
            f"Thẻ đồng hành cho phép tính mỗi người một lần: {self.total('people')} đã được hỗ trợ, trong đó "
            f"{self.total('people_first_use')} đã dùng thật lần đầu và {self.total('people_returned')} quay lại từ "
            "hai ngày trở lên."
        )
        spoken = [one for one in people.beside if one]
        return " ".join([said, *spoken])

    def table(self, by: str, number: str, caption: str, measures: tuple[str, ...] = COLUMNS) -> Table:
        """Make a table by a dimension, a column a measure, and the share of the first."""
        columns = [self.figures[(measure, by)] for measure in measures]
        headings = tuple(f"{one.measure.name['vi']} {self.mark(one.measure.key, by)}" for one in columns)
        values = [{row.key: row.value for row in figure.rows} for figure in columns]
        labels = {row.key: row.label for figure in columns for row in figure.rows}
        whole = whole_of(columns[0])
        rows = []
        for place, key in enumerate(sorted(labels, key=lambda one: not one), start=1):  # what is not known comes last
            numbers = tuple(column.get(key) for column in values)
            said = tuple(
                _cell(figure, key in column, column.get(key)) for figure, column in zip(columns, values, strict=True)
            )
            rows.append(TableRow(place, labels[key], said, share(numbers[0], whole), numbers))
        totals = tuple(figure.total for figure in columns)
        return Table(
            by=by,
            number=number,
            caption=caption,
            label_heading=columns[0].by.name["vi"],
            headings=headings,
            rows=tuple(rows),
            totals=tuple(_cell(one, bool(one.rows), one.total) for one in columns),
            numbers=totals,
            adds_up=tuple(
                not (one.suppressed or one.withheld or isinstance(one.measure.formula, (*DISTINCT, Ratio)))
                for one in columns
            ),
            whole="100,0" if any(row.share != NOTHING for row in rows) else NOTHING,
            measures=measures,
        )

    def chart(self, by: str, number: str, caption: str, measure: str = "assists") -> Chart | None:
        """Make the chart of a figure; None where there is nothing to draw."""
        figure = self.figures[(measure, by)]
        if not any(row.value for row in figure.rows):
            return None
        return Chart(number, f"{caption} {self.mark(measure, by)}", figure)

    def bottlenecks(self, number: str) -> tuple[str, Table | None]:
        """Say where people got stuck, and why, the most frequent reason first."""
        figure = self.figures[("stuck", "bottleneck")]
        if not figure.total:
            return f"Lượt gặp điểm nghẽn: {self.total('stuck', 'bottleneck')}.", None
        lead = (
            f"Có {self.total('stuck', 'bottleneck')} chưa làm xong và có ghi lý do; các lý do được nêu tại {number}, "
            "xếp từ nhiều đến ít."
        )
        return lead, self.table("bottleneck", number, "Điểm nghẽn theo lý do", ("stuck",))


def whole_of(figure: Figure) -> Number:
    """Give what the shares of a figure's rows are of: all rows together, those that are held back among them."""
    if figure.withheld:
        return figure.total or 0
    return sum((row.value or 0 for row in figure.rows), 0)


def _cell(figure: Figure, has_row: bool, value: Number | None) -> str:
    """Write a number of a table; one that is held back in words, for it is neither nothing nor unknown."""
    return UNSAID if value is None and has_row and figure.withheld else printed(value)


def printed(value: Number | None) -> str:
    """Write a number of a table."""
    return NOTHING if value is None else format_number(value)


def share(value: Number | None, whole: Number) -> str:
    """Write a share in percent, without its sign; – where there is nothing to divide by."""
    if value is None or not whole:
        return NOTHING
    return format_percent(Decimal(value) / Decimal(whole), 1).removesuffix("%").strip()


def grades(figure: Figure) -> str:
    """Write of which grades the records are."""
    return "; ".join(f"{part.name['vi']} ({format_number(part.value)})" for part in figure.parts) or NO_DATA
