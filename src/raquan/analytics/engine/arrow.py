"""Facts as Arrow: the schema of their files, and tables of them."""

from collections.abc import Sequence
from typing import Any

from raquan.analytics.rules import ASSISTS, Table


def arrow_facts(facts: Sequence[Any], table: Table = ASSISTS) -> Any:
    """Make an Arrow table of facts (objects with the table's columns as attributes); an empty text is not known."""
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = [[getattr(fact, name) for fact in facts] for name in table.columns]
    arrays = [
        pa.array([None if value == "" else value for value in column], type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_schema(table: Table = ASSISTS) -> Any:
    """Give the Arrow schema of a table's files."""
    import pyarrow as pa

    types = {
        "int64": pa.int64(),
        "string": pa.string(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "bool": pa.bool_(),
    }
    return pa.schema([(name, types[kind]) for name, kind in table.columns.items()])
