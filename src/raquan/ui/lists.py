"""A list as a page with filters, order and pages, or whole as a file: one way for all lists of the desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from html import unescape
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Generic, TypeVar, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from raquan.kernel import clock
from raquan.kernel.dates import format_datetime, format_time
from raquan.kernel.numbers import format_number
from raquan.kernel.paging import MAX_SIZE, Page
from raquan.kernel.refused import N_, Refused
from raquan.kernel.tables import write_csv, write_workbook
from raquan.kernel.text import fold
from raquan.ui.columns import Column, Columns
from raquan.ui.fields import choices_of
from raquan.ui.forms import page_number
from raquan.ui.http import Request
from raquan.ui.jinja import query

T = TypeVar("T")
Read = Callable[..., Page[T]]
"""Gives a page of a list by `page`, `sort` and, for a file, `size`."""

MOST_ROWS = 20_000
_IN_MEMORY = 1024 * 1024
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TooManyRows(Refused):
    """The list is too long for one file."""

    code = "list.too_many_rows"
    message = N_("Danh sách có {total} dòng, mỗi tệp chứa được {most}. Hãy lọc bớt rồi tải lại.")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force: what it is about, what it says, the address of the list without it."""

    label: str
    text: str
    without: str


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A page of a list as its template shows it: where one is, in which order, under which filters."""

    columns: Columns[T]
    page: Page[T]
    sort: str
    chips: tuple[Chip, ...]
    request: HttpRequest = field(repr=False)
    address: str = ""

    @property
    def caption(self) -> str:
        """Say what is listed, and which of all rows these are."""
        first = (self.page.number - 1) * self.page.size + 1
        words = {
            "title": gettext(self.columns.title),
            "first": format_number(first),
            "last": format_number(first + len(self.page.items) - 1),
            "total": format_number(self.page.total),
        }
        return gettext("%(title)s: %(first)s–%(last)s trong %(total)s") % words

    @property
    def seen(self) -> list[Column[T]]:
        """Give the columns of the page."""
        return [one for one in self.columns.columns if not one.unseen]

    @property
    def plain(self) -> str:
        """Give the address of the list without filters, in the same order."""
        return self.address + query(
            self.request, **{**dict.fromkeys(self.request.GET), "sort": self.request.GET.get("sort")}
        )

    def heads(self, *more: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Give the heads as `ui.data_table` takes them: a link that sorts, what it is sorted by now."""
        return [*(self._head(one) for one in self.seen), *more]

    def rows(
        self,
        href: Callable[[T], str] | None,
        cells: Mapping[str, Callable[[T], Any]],
        more: Sequence[Callable[[T], Any]] = (),
    ) -> list[list[Any]]:
        """Give the rows as `ui.data_table` takes them; the first cell leads to the row's own page.

        `cells` are drawn by the template, by their column's key; `more` stand behind, for what is done with a row.
        """
        first, *others = ((one.key, cells.get(one.key, one.cell)) for one in self.seen)
        found = []
        for item in self.page.items:
            link = unescape(str(href(item))).strip() if href and first[0] not in cells else ""
            row = [{"text": first[1](item), "href": link} if link else first[1](item)]
            row += [cell(item) for _, cell in others]
            found.append([*row, *(cell(item) for cell in more)])
        return found

    def file(self, kind: str) -> str:
        """Give the address of the whole list as a file, `csv` or `xlsx`."""
        return self.address + query(self.request, format=kind, page=None)

    def _head(self, column: Column[T]) -> Mapping[str, Any]:
        head: dict[str, Any] = {"label": gettext(column.head), "numeric": column.numeric}
        if column.sorts:
            is_up, is_down = self.sort == column.key, self.sort == f"-{column.key}"
            head["href"] = self.address + query(self.request, sort=f"-{column.key}" if is_up else column.key, page=None)
            head["sorted"] = "ascending" if is_up else "descending" if is_down else None
        return head


@dataclass(frozen=True, slots=True)
class Options:
    """How a list is asked for beside its columns.

    `filters` is the form that the address fills in; `chips` are further filters (parameter, label, what it says);
    `sort` is the order where the address asks for none. `status` and `address` are for the page that comes back when a
    form of it was refused: where the list itself is.
    """

    filters: forms.Form | None = None
    chips: Sequence[tuple[str, str, str]] = ()
    sort: str = ""
    is_synthetic: bool = False
    status: int = 200
    address: str = ""


def show_list(
    request: Request,
    template: str,
    columns: Columns[T],
    read: Read[T],
    options: Options = Options(),
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer with a page of a list, or with all of it as the file that `?format=` asks for.

    The template is given `listing`, its `page`, the `filters` and `context`. Raises TooManyRows.
    """
    wanted = columns.known(request.GET.get("sort", "") or options.sort)
    chips = _chips(request, options)
    kind = request.GET.get("format", "")
    if kind in _KINDS:
        is_synthetic = options.is_synthetic or bool(clock.offset())
        return _file(request, _Sheet(columns, chips, is_synthetic), _every(read, wanted), kind)
    page = read(page=page_number(request.GET), sort=wanted)
    if not page.items and page.total:  # an address from when the list was longer
        page = read(page=page.pages, sort=wanted)
    shown = {
        "listing": Listing(columns, page, wanted, chips, request, options.address),
        "page": page,
        "filters": options.filters,
    }
    return render(request, template, {**shown, **(context or {})}, status=options.status)


def _chips(request: HttpRequest, options: Options) -> tuple[Chip, ...]:
    bound = [one for one in options.filters or () if request.GET.get(one.html_name)]
    said = [*((one.html_name, str(one.label), _said(one)) for one in bound), *options.chips]
    return tuple(Chip(label, text, query(request, **{name: None, "page": None})) for name, label, text in said if text)


def _said(bound: BoundField) -> str:
    """Give what a filter says, by its choices' words; nothing for what its form does not take."""
    if bound.errors:
        return ""
    if not hasattr(bound.field, "choices"):
        return str(bound.value() or "").strip()
    return ", ".join(one["text"] for one in choices_of(bound) if one["selected"] and one["value"])


@dataclass(frozen=True)
class _Sheet(Generic[T]):
    """How a list is written into a file."""

    columns: Columns[T]
    chips: tuple[Chip, ...]
    is_synthetic: bool

    def heads(self) -> list[str]:
        mark = [gettext("Mô phỏng")] if self.is_synthetic else []
        return [gettext(one.head) for one in self.columns.columns] + mark

    def cells(self, item: T) -> list[Any]:
        mark = [gettext("Có")] if self.is_synthetic else []
        return [_in_file(one.cell(item)) for one in self.columns.columns] + mark

    def above(self, now: datetime) -> list[str]:
        said = "; ".join(f"{one.label}: {one.text}" for one in self.chips) or gettext("không lọc")
        lines = [
            gettext(self.columns.title),
            gettext("Lọc: %(filters)s") % {"filters": said},
            gettext("Tải lúc: %(moment)s") % {"moment": format_datetime(now)},
        ]
        return [*lines, gettext("Số liệu mô phỏng.")] if self.is_synthetic else lines

    def name(self, now: datetime, kind: str) -> str:
        """Name a file by its list, its day and its filters, in letters that every disk takes."""
        parts = [self.columns.name, clock.local_date(now).isoformat(), *(fold(one.text) for one in self.chips)]
        plain = "".join(c if c.isascii() and c.isalnum() else " " for c in " ".join(parts))
        return f"{'-'.join(plain.split())[:100].strip('-')}{'-mo-phong' if self.is_synthetic else ''}.{kind}"


def _file(request: Request, sheet: _Sheet[T], items: Iterator[T], kind: str) -> HttpResponseBase:
    """Write a whole list; only when all of it is written does the answer begin."""
    rows = (sheet.cells(item) for item in items)
    file = cast(IO[bytes], SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - the response closes it
    try:
        if kind == "csv":
            write_csv(file, sheet.heads(), rows)
        else:
            write_workbook(file, sheet.heads(), rows, sheet.above(request.now))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = sheet.name(request.now, kind)
    return FileResponse(file, as_attachment=True, filename=name, content_type=_KINDS[kind])


def _every(read: Read[T], sort: str) -> Iterator[T]:
    number, has_next = 1, True
    while has_next:
        page = read(page=number, size=MAX_SIZE, sort=sort)
        if page.total > MOST_ROWS:
            raise TooManyRows(total=format_number(page.total), most=format_number(MOST_ROWS))
        yield from page.items
        number, has_next = number + 1, page.has_next


def _in_file(cell: Any) -> Any:
    """Write a cell as the exports do: days and moments as ISO, in Viet Nam's time."""
    if isinstance(cell, bool):
        return gettext("Có") if cell else gettext("Không")
    if isinstance(cell, datetime):
        return cell.astimezone(clock.VIETNAM).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return format_time(cell) if isinstance(cell, time) else cell
