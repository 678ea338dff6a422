"""The engine: compiles measures to Ibis and runs them on DuckDB over Parquet facts with the live tail on top."""

from raquan.analytics.engine.comparing import Change, ChangedRecord, changed_records, changes, totals
from raquan.analytics.engine.counting import (
    Counted,
    Filters,
    cross,
    current_facts,
    evaluate,
    key_text,
    matching_ids,
)
from raquan.analytics.engine.laying import Source, arrow_facts, arrow_schema

__all__ = [
    "Change",
    "ChangedRecord",
    "Counted",
    "Filters",
    "Source",
    "arrow_facts",
    "arrow_schema",
    "changed_records",
    "changes",
    "cross",
    "current_facts",
    "evaluate",
    "key_text",
    "matching_ids",
    "totals",
]
