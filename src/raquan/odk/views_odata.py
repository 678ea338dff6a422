"""The OData routes: a form's records as a table, page by page or whole, for spreadsheets and programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.views.decorators.http import require_safe

from raquan.capture import queries
from raquan.capture.queries import Condition
from raquan.forms import queries as forms
from raquan.forms.queries import FormDetail
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.odk import odata
from raquan.odk.central import Json, central_route
from raquan.odk.odata_filter import read_filter
from raquan.odk.odata_rows import GROUPS, TABLE, Shape, Step, repeat_paths, repeat_rows, row_json, select
from raquan.odk.paging import all_rows, json_stream, separated, write
from raquan.ui.http import Request


class OptionWrong(Refused):
    """An option of the query is not what it must be."""

    code = "odata.option_wrong"
    message = N_("Tham số {name} không đúng.")
    status = 400


class TableUnknown(NotFound):
    """The form has no repeat of this name."""

    code = "odata.table_unknown"
    message = N_("Biểu mẫu không có bảng {name}.")


Shaped = Iterator[tuple[int, int, Json]]
"""Rows with where a page that ends after each has ended: the record's number, and the place in its repeat."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for; `after` is where the last page ended."""

    top: int | None
    skip: int
    after: tuple[int, int] | None
    count: bool
    shape: Shape
    select: tuple[tuple[str, ...], ...]
    where: Condition | None


@require_safe
@central_route
def service(request: Request, year: int, form_id: str) -> HttpResponse:
    """Name the form's tables."""
    (form,) = forms.form_details(request.actor, form_id=form_id)
    return JsonResponse(odata.service_json(request.build_absolute_uri(request.path).rstrip("/"), form))


@require_safe
@central_route
def metadata(request: Request, year: int, form_id: str) -> HttpResponse:
    """Describe the tables' columns."""
    (form,) = forms.form_details(request.actor, form_id=form_id)
    answer = HttpResponse(odata.metadata(form), content_type="application/xml; charset=utf-8")
    answer["OData-Version"] = "4.0"
    return answer


@require_safe
@central_route
def table(request: Request, year: int, form_id: str) -> StreamingHttpResponse:
    """Give the form's records as rows, newest first."""
    (form,) = forms.form_details(request.actor, form_id=form_id)
    asked = _asked(request.GET, form)
    count = queries.row_count(request.actor, form_id, year, where=asked.where) if asked.count else None
    more = None if asked.top is None else asked.top + 1  # one row more tells whether a page follows
    below = asked.after[0] if asked.after else None
    rows = all_rows(request.actor, form_id, year, where=asked.where, below=below, skip=asked.skip, top=more)
    return _answer(request, TABLE, asked, count, ((row.number, 0, row_json(row, form, asked.shape)) for row in rows))


@require_safe
@central_route
def repeat_table(request: Request, year: int, form_id: str, name: str) -> StreamingHttpResponse:
    """Give the rows of a repeat, those of the newest record first; counting them reads them all."""
    (form,) = forms.form_details(request.actor, form_id=form_id)
    asked, steps = _asked(request.GET, form), _steps(form, name)
    number, place = asked.after or (None, 0)

    def shaped(below: int | None) -> Shaped:
        for row in all_rows(request.actor, form_id, year, where=asked.where, below=below):
            for index, one in enumerate(repeat_rows(row, form, steps, asked.shape), start=1):
                yield row.number, index, one

    count = sum(1 for _ in shaped(None)) if asked.count else None
    left = shaped(None if number is None else number + 1)  # the record at which the page ended may have more
    rest = (one for one in left if number is None or one[0] < number or one[1] > place)
    return _answer(request, f"{TABLE}.{name}", asked, count, islice(rest, asked.skip, None))


@require_safe
@central_route
def entity(request: Request, year: int, form_id: str, instance_id: str, below: str = "") -> HttpResponse:
    """Give one record as a row, or what a navigation link below it leads to."""
    (form,) = forms.form_details(request.actor, form_id=form_id)
    row = queries.row_of(request.actor, form_id, year, instance_id.replace("''", "'"))
    shape = _asked(request.GET, form).shape
    base = request.build_absolute_uri(request.path).partition(f"/{TABLE}(")[0]
    name = TABLE
    if below:
        steps = _read_steps(below)
        path = ".".join(one for one, _ in steps)
        _steps(form, path)  # is there such a table?
        name = f"{TABLE}.{path}"
        found = list(repeat_rows(row, form, steps, shape))
    else:
        found = [row_json(row, form, shape)]
    return JsonResponse({"@odata.context": f"{base}/$metadata#{name}", "value": found})


def _steps(form: FormDetail, name: str) -> tuple[Step, ...]:
    """Give the way to a repeat by its dotted path; raises TableUnknown."""
    path = next((one for one in repeat_paths(form) if one.replace("/", ".") == name), None)
    if path is None:
        raise TableUnknown(name=name)
    return tuple((one, None) for one in path.split("/"))


def _read_steps(below: str) -> tuple[Step, ...]:
    """Read home/child('id')/toy."""
    said = (one.partition("('") for one in below.split("/"))
    return tuple((name, row_id.removesuffix("')") or None) for name, _, row_id in said)


def _answer(request: Request, name: str, asked: Asked, count: int | None, rows: Shaped) -> StreamingHttpResponse:
    answer = json_stream(_written(request, name, asked, count, rows))
    answer["OData-Version"] = "4.0"
    return answer


def _written(request: Request, name: str, asked: Asked, count: int | None, rows: Shaped) -> Iterator[str]:
    base = request.build_absolute_uri(request.path).removesuffix(f"/{name}")
    yield f'{{"@odata.context":{write(f"{base}/$metadata#{name}")},'
    if count is not None:
        yield f'"@odata.count":{count},'
    ended: list[tuple[int, int]] = []
    yield '"value":['
    yield from separated(_page(asked, rows, ended))
    yield "]"
    if ended:
        query = {k: v for k, v in request.GET.items() if k not in ("$skip", "$skiptoken")}
        query["$skiptoken"] = odata.skip_token(*ended[0])
        yield f',"@odata.nextLink":{write(f"{base}/{name}?{urlencode(query)}")}'
    yield "}"


def _page(asked: Asked, rows: Shaped, ended: list[tuple[int, int]]) -> Iterator[Json]:
    """Give the rows of a page; when one more follows, say in `ended` where the page ended."""
    last = (0, 0)
    for position, (number, place, shaped) in enumerate(rows):
        if position == asked.top:
            ended.extend([last] if last[0] else [])
            return
        last = (number, place)
        yield select(shaped, asked.select) if asked.select else shaped


def _asked(said: QueryDict, form: FormDetail) -> Asked:
    """Read the options of a query; raises OptionWrong, SkipTokenWrong and what the filter is refused with."""
    if said.get("$expand", "*") != "*":
        raise OptionWrong(name="$expand")
    token, text = said.get("$skiptoken"), said.get("$filter", "").strip()
    questions = {path for path, kind in form.fields if kind not in GROUPS}
    return Asked(
        top=_whole(said, "$top") if "$top" in said else None,
        skip=_whole(said, "$skip") if "$skip" in said and token is None else 0,
        after=None if token is None else odata.read_skip_token(token),
        count=_truth(said, "$count"),
        shape=Shape(wkt=_truth(said, "$wkt"), expand="$expand" in said),
        select=tuple(tuple(one.strip().split("/")) for one in said.get("$select", "").split(",") if one.strip()),
        where=read_filter(text, questions) if text else None,
    )


def _whole(said: QueryDict, name: str) -> int:
    text = said.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise OptionWrong(name=name)
    return int(text)


def _truth(said: QueryDict, name: str) -> bool:
    """Read a boolean; Python's clients write True."""
    text = said.get(name, "false").lower()
    if text not in ("true", "false", "1", "0"):
        raise OptionWrong(name=name)
    return text in ("true", "1")
