"""The engine: compiles measures to Ibis, runs them on DuckDB or Spark over Parquet with the live tail."""

from raquan.analytics.engine.arrow import arrow_facts, arrow_schema
from raquan.analytics.engine.batching import evaluate_all
from raquan.analytics.engine.comparing import Change, ChangedRecord, changed_records, changes
from raquan.analytics.engine.counting import Counted, cross, current_facts, evaluate, matching_ids, totals
from raquan.analytics.engine.laying import Source
from raquan.analytics.engine.rolling import latest_of, merge_rollups, rollup_faults, write_rollup
from raquan.analytics.engine.rows import Filters, key_text
from raquan.analytics.engine.running import DUCKDB, Unanswered, answering, using
from raquan.analytics.engine.simulating import World, write_simulated
from raquan.analytics.engine.telling import forget

__all__ = [
    "DUCKDB",
    "Change",
    "ChangedRecord",
    "Counted",
    "Filters",
    "Source",
    "Unanswered",
    "World",
    "answering",
    "arrow_facts",
    "arrow_schema",
    "changed_records",
    "changes",
    "cross",
    "current_facts",
    "evaluate",
    "evaluate_all",
    "forget",
    "key_text",
    "latest_of",
    "matching_ids",
    "merge_rollups",
    "rollup_faults",
    "totals",
    "using",
    "write_rollup",
    "write_simulated",
]
