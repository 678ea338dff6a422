"""Why a number differs between two snapshots, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from raquan.analytics.rules.dimensions import Dimension
from raquan.analytics.rules.figures import SnapshotView
from raquan.analytics.rules.formulas import Measure, Number
from raquan.kernel.localized import Localized, localized

NEW, LATE, CORRECTED, REJECTED = "new", "late", "corrected", "rejected"
RESTORED, RECOUNTED, GONE = "restored", "recounted", "gone"

REASON_NAMES: Mapping[str, Localized] = {
    NEW: localized("Bản ghi mới, của ngày sau lần chốt trước", en="New records, of days after the earlier cut"),
    LATE: localized(
        "Bản ghi đến muộn, của ngày trước lần chốt trước", en="Late records, of days before the earlier cut"
    ),
    CORRECTED: localized("Bản ghi được sửa", en="Corrected records"),
    REJECTED: localized("Bản ghi bị rút hoặc không được chấp nhận", en="Records withdrawn or rejected"),
    RESTORED: localized("Bản ghi được tính lại", en="Records that count again"),
    RECOUNTED: localized("Phiếu kiểm đếm tính lại", en="Tally sheets counted anew"),
    GONE: localized("Không còn trong dữ liệu", en="No longer among the data"),
}


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure in two snapshots; `difference` is None where one of the two is not known."""

    measure: Measure
    before: Number | None
    after: Number | None

    @property
    def difference(self) -> Number | None:
        """Give what changed."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A row: what it was, what it is, and how much of the difference each reason makes."""

    key: str
    label: str
    before: Number
    after: Number
    reasons: Mapping[str, Number]

    @property
    def difference(self) -> Number:
        """Give what changed."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two snapshots of a campaign, the earlier one first, measure by measure; `reasons` count the changed records."""

    before: SnapshotView
    after: SnapshotView
    measures: tuple[MeasureChange, ...]
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DimensionComparison:
    """A measure by a dimension in two snapshots. `is_explained` where the reasons add up to the difference."""

    before: SnapshotView
    after: SnapshotView
    measure: Measure
    by: Dimension
    total: MeasureChange
    rows: tuple[KeyChange, ...]
    is_explained: bool


def compare_address(before: object, after: object, measure: str = "", by: str = "") -> str:
    """Give the path of a comparison, of all measures or of one by a dimension."""
    path = f"/desk/figures/snapshots/{after}/compare/{before}/"
    return f"{path}?measure={measure}&by={by}" if measure else path
