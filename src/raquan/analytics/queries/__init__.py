"""What may be asked of the numbers: figures, the records behind them, snapshots."""

from raquan.analytics.queries.figures import RecordsPage, figure, figure_records, figures, public_figure, public_figures
from raquan.analytics.queries.ladders import ladder
from raquan.analytics.queries.snapshots import (
    SNAPSHOTS,
    SnapshotDamaged,
    is_whole,
    latest_snapshot,
    manifest_json,
    snapshot,
    snapshots,
)
from raquan.analytics.queries.stores import FactsAhead, facts_pending

__all__ = [
    "SNAPSHOTS",
    "FactsAhead",
    "RecordsPage",
    "SnapshotDamaged",
    "facts_pending",
    "figure",
    "figure_records",
    "figures",
    "is_whole",
    "ladder",
    "latest_snapshot",
    "manifest_json",
    "public_figure",
    "public_figures",
    "snapshot",
    "snapshots",
]
