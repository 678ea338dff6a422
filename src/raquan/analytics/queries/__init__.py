"""What may be asked of the numbers: figures, the records behind them, snapshots."""

from raquan.analytics.queries.activity import activity_changed, activity_mark, note_extracted
from raquan.analytics.queries.attainment import Attained, Counting, attained, counting_of
from raquan.analytics.queries.batches import Allowance, cross_or_none, figures_or_none, live_mark
from raquan.analytics.queries.by_unit import UnitFigures, figures_by_unit
from raquan.analytics.queries.catalogue import CatalogueGroup, MeasureEntry, catalogue, dimensions_known, public_entry
from raquan.analytics.queries.comparing import (
    ChangedPage,
    NotComparable,
    changed_page,
    compare_measure,
    compare_snapshots,
)
from raquan.analytics.queries.crossing import Cross, cross_figure
from raquan.analytics.queries.figures import figure, figures, public_figure, public_figures
from raquan.analytics.queries.guarding import sight
from raquan.analytics.queries.ladders import ladder
from raquan.analytics.queries.records import RecordsPage, figure_records
from raquan.analytics.queries.snapshots import (
    SNAPSHOTS,
    SnapshotDamaged,
    chain_of,
    is_snapshot_of,
    is_whole,
    latest_snapshot,
    manifest_json,
    others_of,
    public_manifest,
    snapshot,
    snapshots,
)
from raquan.analytics.queries.standing import Standing, standing
from raquan.analytics.queries.stores import FactsAhead, facts_pending
from raquan.analytics.queries.targets import indicator_words
from raquan.analytics.queries.waiting import FigureUnread, in_time
from raquan.analytics.queries.wording import about

__all__ = [
    "SNAPSHOTS",
    "Allowance",
    "Attained",
    "CatalogueGroup",
    "ChangedPage",
    "Counting",
    "Cross",
    "FactsAhead",
    "FigureUnread",
    "MeasureEntry",
    "NotComparable",
    "RecordsPage",
    "SnapshotDamaged",
    "Standing",
    "UnitFigures",
    "about",
    "activity_changed",
    "activity_mark",
    "attained",
    "catalogue",
    "chain_of",
    "changed_page",
    "compare_measure",
    "compare_snapshots",
    "counting_of",
    "cross_figure",
    "cross_or_none",
    "dimensions_known",
    "facts_pending",
    "figure",
    "figure_records",
    "figures",
    "figures_by_unit",
    "figures_or_none",
    "in_time",
    "indicator_words",
    "is_snapshot_of",
    "is_whole",
    "ladder",
    "latest_snapshot",
    "live_mark",
    "manifest_json",
    "note_extracted",
    "others_of",
    "public_entry",
    "public_figure",
    "public_figures",
    "public_manifest",
    "sight",
    "snapshot",
    "snapshots",
    "standing",
]
