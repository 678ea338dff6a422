"""The OData routes: a form's records as a table, page by page or whole, for spreadsheets and programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.views.decorators.http import require_safe

from raquan.capture import queries
from raquan.capture.queries import Condition, RowView
from raquan.forms import queries as forms
from raquan.forms.queries import FormDetail
from raquan.kernel.refused import N_, Refused
from raquan.odk import odata
from raquan.odk.central import Json, central_route
from raquan.odk.odata_filter import read_filter
from raquan.odk.paging import all_rows, json_stream, separated, write
from raquan.ui.http import Request


class OptionWrong(Refused):
    """An option of the query is not what it must be."""

    code = "odata.option_wrong"
    message = N_("Tham số {name} không đúng.")
    status = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for; `below` is where the last page ended."""

    top: int | None
    skip: int
    below: int | None
    count: bool
    wkt: bool
    expand: bool
    select: tuple[tuple[str, ...], ...]
    where: Condition | None


@require_safe
@central_route
def service(request: Request, year: int, form_id: str) -> HttpResponse:
    """Name the form's table."""
    forms.form_details(request.actor, form_id=form_id)
    return JsonResponse(odata.service_json(request.build_absolute_uri(request.path).rstrip("/")))


@require_safe
@central_route
def metadata(request: Request, year: int, form_id: str) -> HttpResponse:
    """Describe the table's columns."""
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
    rows = all_rows(request.actor, form_id, year, where=asked.where, below=asked.below, skip=asked.skip, top=more)
    answer = json_stream(_written(request, form, asked, count, rows))
    answer["OData-Version"] = "4.0"
    return answer


def _written(
    request: Request, form: FormDetail, asked: Asked, count: int | None, rows: Iterator[RowView]
) -> Iterator[str]:
    base = request.build_absolute_uri(request.path).removesuffix(f"/{odata.TABLE}")
    yield f'{{"@odata.context":{write(f"{base}/$metadata#{odata.TABLE}")},'
    if count is not None:
        yield f'"@odata.count":{count},'
    ended: list[int] = []
    yield '"value":['
    yield from separated(_shaped(form, asked, rows, ended))
    yield "]"
    if ended:
        query = {k: v for k, v in request.GET.items() if k not in ("$skip", "$skiptoken")}
        query["$skiptoken"] = odata.skip_token(ended[0])
        yield f',"@odata.nextLink":{write(f"{base}/{odata.TABLE}?{urlencode(query)}")}'
    yield "}"


def _shaped(form: FormDetail, asked: Asked, rows: Iterator[RowView], ended: list[int]) -> Iterator[Json]:
    """Shape the rows of a page; when one more follows, say in `ended` where the page ended."""
    last = 0
    for position, row in enumerate(rows):
        if position == asked.top:
            ended.extend([last] if last else [])
            return
        last = row.number
        shaped = odata.row_json(row, form, wkt=asked.wkt, expand=asked.expand)
        yield odata.select(shaped, asked.select) if asked.select else shaped


def _asked(said: QueryDict, form: FormDetail) -> Asked:
    """Read the options of a query; raises OptionWrong, SkipTokenWrong and what the filter is refused with."""
    if said.get("$expand", "*") != "*":
        raise OptionWrong(name="$expand")
    token, text = said.get("$skiptoken"), said.get("$filter", "").strip()
    questions = {path for path, kind in form.fields if kind not in odata.GROUPS}
    return Asked(
        top=_whole(said, "$top") if "$top" in said else None,
        skip=_whole(said, "$skip") if "$skip" in said and token is None else 0,
        below=None if token is None else odata.read_skip_token(token),
        count=_truth(said, "$count"),
        wkt=_truth(said, "$wkt"),
        expand="$expand" in said,
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
