"""Inserts many rows in one statement and tells which of them are new."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connections, models, router
from django.db.models.fields import NOT_PROVIDED

MOST_ROWS = 500
"""How many rows a statement holds: SQLite takes 32,766 values in one."""


def insert_new(rows: Sequence[models.Model]) -> set[Any]:
    """Insert rows of one model; leave out what a unique constraint forbids, and give the keys of the others.

    What has a default in the database takes that. Django's bulk_create says not which rows were new, and composes
    its statement anew each time: half of what keeping a record costs.
    """
    new: set[Any] = set()
    for start in range(0, len(rows), MOST_ROWS):
        new.update(_insert(rows[start : start + MOST_ROWS]))
    return new


def _insert(rows: Sequence[models.Model]) -> Iterator[Any]:
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields, begin, row_marks, end = _statement(model, connection.vendor)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(begin + ", ".join([row_marks] * len(rows)) + end, values)
        key = model._meta.pk
        for (value,) in cursor.fetchall():
            yield key.to_python(value)


@lru_cache
def _statement(model: type[models.Model], vendor: str) -> tuple[list[models.Field[Any, Any]], str, str, str]:
    """Give the fields that are written, and the statement up to its rows, for a row, and after them."""
    quote = connections[router.db_for_write(model)].ops.quote_name
    fields = [one for one in model._meta.concrete_fields if one.db_default is NOT_PROVIDED]
    columns = ", ".join(quote(_column(one)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    return (
        fields,
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ",  # noqa: S608 - names of our models
        f"({marks})",
        f" ON CONFLICT DO NOTHING RETURNING {quote(_column(model._meta.pk))}",
    )


def _column(field: models.Field[Any, Any]) -> str:
    """Name a field's column."""
    return field.column or field.attname
