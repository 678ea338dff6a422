"""Inserts many rows in one statement and tells which of them are new."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields import NOT_PROVIDED

MOST_ROWS = 500
"""How many rows a statement holds: SQLite takes 32,766 values in one."""

AS_IT_IS: Mapping[type[models.Field[Any, Any]], type] = {
    models.CharField: str,
    models.TextField: str,
    models.BinaryField: bytes,
    models.BooleanField: bool,
    models.FloatField: float,
    models.PositiveIntegerField: int,
}
"""What Django's fields give the database as they were given it."""

RECURRING = (UUID, datetime)
"""What takes long to prepare, and is often the same in one row as in the next: the sender, the form, the moment."""


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
    values = _values(rows, fields, connection)
    with connection.cursor() as cursor:
        cursor.execute(begin + ", ".join([row_marks] * len(rows)) + end, values)
        key = model._meta.pk
        for (value,) in cursor.fetchall():
            yield key.to_python(value)


def _values(
    rows: Sequence[models.Model], fields: Sequence[models.Field[Any, Any]], connection: BaseDatabaseWrapper
) -> list[Any]:
    """Give what the statement takes, row after row, as Django's fields prepare it.

    What databases take as it is goes as it is, and what recurs in a column is prepared once: Django would prepare each
    value of each row by itself, a seventh of what taking a record costs.
    """
    columns = [(field, field.attname, AS_IT_IS.get(type(field)), dict[Any, Any]()) for field in fields]
    values: list[Any] = []
    for row in rows:
        for field, name, as_it_is, prepared in columns:
            value = getattr(row, name)
            if value is not None and type(value) is not as_it_is:
                if type(value) not in RECURRING:
                    value = field.get_db_prep_save(value, connection)
                else:
                    if value not in prepared:
                        prepared[value] = field.get_db_prep_save(value, connection)
                    value = prepared[value]
            values.append(value)
    return values


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
