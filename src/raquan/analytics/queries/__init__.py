"""What may be asked of the numbers: figures, the records behind them, snapshots."""

from raquan.analytics.queries.activity import activity_changed, activity_mark, note_extracted
from raquan.analytics.queries.catalogue import CatalogueGroup, MeasureEntry, catalogue, dimensions_known, public_entry
from raquan.analytics.queries.crossing import Cross, cross_figure
from raquan.analytics.queries.figures import figure, figures, public_figure, public_figures
from raquan.analytics.queries.ladders import ladder
from raquan.analytics.queries.records import RecordsPage, figure_records
from raquan.analytics.queries.snapshots import (
    SnapshotDamaged,
    is_whole,
    latest_snapshot,
    manifest_json,
    snapshot,
    snapshots,
)
from raquan.analytics.queries.standing import Standing, standing
from raquan.analytics.queries.stores import FactsAhead, facts_pending
from raquan.analytics.queries.wording import about

__all__ = [
    "CatalogueGroup",
    "Cross",
    "FactsAhead",
    "MeasureEntry",
    "RecordsPage",
    "SnapshotDamaged",
    "Standing",
    "about",
    "activity_changed",
    "activity_mark",
    "catalogue",
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
    "public_entry",
    "public_figure",
    "public_figures",
    "snapshot",
    "snapshots",
    "standing",
]
