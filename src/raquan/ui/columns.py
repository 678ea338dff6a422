"""What a list says of each of its rows, and by which stored columns it can be put in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, F, IntegerField, Model, QuerySet, Value, When
from django.db.models.expressions import Expression, OrderBy

T = TypeVar("T")
M = TypeVar("M", bound=Model)

By = str | Expression


@dataclass(frozen=True)  # no slots: with them Column[X](…) fails in Python 3.11
class Column(Generic[T]):
    """A column: its head (a message id), what a cell says (a text, number, day, moment), what it is sorted by.

    `by` are stored columns or expressions over them, the first weighs most, "-" before one turns it round; a name is
    sorted by its stored `sort_key`. `value` gives what sorts a list that is put together in memory. Without either
    the column is not sorted: what it says belongs to a room above, is not the same for every reader, or has no order.
    `unseen` columns stand in files alone.
    """

    key: str
    head: str
    cell: Callable[[T], Any]
    by: tuple[By, ...] = ()
    value: Callable[[T], Any] | None = None
    numeric: bool = False
    unseen: bool = False

    @property
    def sorts(self) -> bool:
        """Tell whether the list can be put in this column's order."""
        return bool(self.by or self.value)


@dataclass(frozen=True)
class Columns(Generic[T]):
    """A list's columns under its title (a message id); `first` is its order unless another is asked for.

    An order is a column's key, "-" before it turns it round. `name` begins the names of its files.
    """

    name: str
    title: str
    first: str
    columns: tuple[Column[T], ...]

    def known(self, sort: str) -> str:
        """Give an order that is asked for, or the list's own where there is no such order."""
        key = sort.removeprefix("-")
        return sort if any(one.key == key and one.sorts for one in self.columns) else self.first

    def ordered(self, found: QuerySet[M], sort: str = "") -> QuerySet[M]:
        """Put rows in an order in which each has its one place: by the column, what is empty last, ties by id."""
        column, down = self._column(sort)
        return found.order_by(*(_turned(found.model, one, down) for one in column.by), "-id" if down else "id")

    def arranged(self, found: Iterable[T], sort: str = "") -> list[T]:
        """Put a list in memory in an order; what is empty last, ties as they came."""
        column, down = self._column(sort)
        valued: list[tuple[Any, T]] = [(column.value(one) if column.value else None, one) for one in found]
        filled = [pair for pair in valued if pair[0] is not None]
        filled.sort(key=lambda pair: pair[0], reverse=down)
        return [one for _, one in filled] + [one for value, one in valued if value is None]

    def _column(self, sort: str) -> tuple[Column[T], bool]:
        wanted = self.known(sort)
        key = wanted.removeprefix("-")
        return next(one for one in self.columns if one.key == key), wanted.startswith("-")


def ranked(field: str, values: Iterable[str]) -> Case:
    """Give what sorts a column by the place of its value in a list, such as states in the order of life."""
    places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


def _turned(model: type[Model], by: By, down: bool) -> str | OrderBy:
    if isinstance(by, str) and by.startswith("-"):
        by, down = by[1:], not down
    if not isinstance(by, str):
        return OrderBy(by, descending=down, nulls_last=True)
    if not _may_be_empty(model, by):
        return f"-{by}" if down else by  # plain, so that an index serves
    return OrderBy(F(by), descending=down, nulls_last=True)


def _may_be_empty(model: type[Model], path: str) -> bool:
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:  # counted for the list: nobody knows
            return True
        if getattr(field, "null", True):
            return True
        model = field.related_model  # type: ignore[assignment]  # the last of a path has none, and is not looked into
    return False
