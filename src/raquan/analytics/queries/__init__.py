"""What may be asked of the numbers: figures, the records behind them, snapshots."""

from raquan.analytics.queries.activity import activity_changed, activity_mark, note_extracted
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
from raquan.analytics.queries.ladders import ladder
from raquan.analytics.queries.records import RecordsPage, figure_records
from raquan.analytics.queries.snapshots import (
    SNAPSHOTS,
    SnapshotDamaged,
    chain_of,
    is_whole,
    latest_snapshot,
    manifest_json,
    others_of,
    snapshot,
    snapshots,
)
from raquan.analytics.queries.standing import Standing, standing
from raquan.analytics.queries.stores import FactsAhead, facts_pending
from raquan.analytics.queries.wording import about

__all__ = [
    "SNAPSHOTS",
    "CatalogueGroup",
    "ChangedPage",
    "Cross",
    "FactsAhead",
    "MeasureEntry",
    "NotComparable",
    "RecordsPage",
    "SnapshotDamaged",
    "Standing",
    "about",
    "activity_changed",
    "activity_mark",
    "catalogue",
    "chain_of",
    "changed_page",
    "compare_measure",
    "compare_snapshots",
    "cross_figure",
    "dimensions_known",
    "facts_pending",
    "figure",
    "figure_records",
    "figures",
    "is_whole",
    "ladder",
    "latest_snapshot",
    "manifest_json",
    "note_extracted",
    "others_of",
    "public_entry",
    "public_figure",
    "public_figures",
    "snapshot",
    "snapshots",
    "standing",
]
