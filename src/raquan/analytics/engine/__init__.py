"""The engine: compiles measures to Ibis and runs them on DuckDB over Parquet facts with the live tail on top."""

from raquan.analytics.engine.counting import (
    Counted,
    Filters,
    Source,
    arrow_facts,
    arrow_schema,
    cross,
    current_facts,
    evaluate,
    key_text,
    matching_ids,
)

__all__ = [
    "Counted",
    "Filters",
    "Source",
    "arrow_facts",
    "arrow_schema",
    "cross",
    "current_facts",
    "evaluate",
    "key_text",
    "matching_ids",
]
