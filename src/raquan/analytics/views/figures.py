"""The pages of numbers: the catalogue, a figure in six formats, by two dimensions, its records."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from raquan.analytics import gateways, queries
from raquan.analytics.rules import Figure, dimensions_of, figure_csv, figure_data, figure_svg
from raquan.analytics.rules.formats import cross_csv, cross_data
from raquan.analytics.views.asking import asked, file_response, json_response, language, of_a_campaign
from raquan.campaign import queries as campaigns
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request

ALL_ROWS = 10_000


@allow(Action.FIGURE_READ.value)
@require_GET
def list_measures(request: Request) -> HttpResponse:
    """Show what is counted and how: the catalogue."""
    campaign = campaigns.current_campaign(request.now)
    context = {
        "groups": queries.catalogue(),
        "dimensions": queries.dimensions_known(),
        "campaign": campaign,
        "latest": queries.latest_snapshot(campaign.id) if campaign else None,
    }
    return render(request, "analytics/measures.html", context)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_figure(request: Request, measure: str) -> HttpResponse:
    """Show a figure as a page, JSON, CSV, a workbook or a picture."""
    form = asked(request)
    by = form.cleaned_data["by"] or "commune"
    map_on = form.map_on(request.now)
    wanted = of_a_campaign(request, form)
    with queries.in_time():
        figure = queries.figure(request.actor, measure, by, now=request.now, map_on=map_on, **wanted)
    standing = queries.standing(request.actor, figure, now=request.now)
    about = queries.about(figure, standing, settings.RAQUAN_PUBLIC_URL + figure.address)
    about[-1:-1] = queries.indicator_words(request.actor, figure)
    if shape := form.shape():
        return figure_file(figure, shape, about)
    context = {"figure": figure, "dimensions": dimensions_of(figure.measure), "about": about, "standing": standing}
    return render(request, "analytics/figure.html", context | {"today": request.now.date()})


def figure_file(figure: Figure, shape: str, about: list[tuple[str, str]]) -> HttpResponse:
    """Answer with a figure as a file; `about` is what stands beside it."""
    name = f"{figure.measure.key}-{figure.by.key}"
    unknown = [gettext("Chưa có dữ liệu. Chưa có dữ liệu không có nghĩa là bằng không.")] if figure.is_empty else []
    lines = [*unknown, figure.as_of, *figure.beside, about[-1][1]]
    about = [*((gettext("Tổng số"), one) for one in unknown), *about]
    if shape == "json":
        return json_response(
            figure_data(figure, public_url=settings.RAQUAN_PUBLIC_URL, language=language(), about=about)
        )
    if shape == "csv":
        return file_response(shape, figure_csv(figure, language=language()), name)
    if shape == "xlsx":
        return file_response(shape, gateways.figure_xlsx(figure, about, language=language()), name)
    if shape == "svg":
        return file_response(shape, figure_svg(figure, lines, language=language()), name)
    return file_response(shape, gateways.figure_png(figure, lines, language=language()), name)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_cross(request: Request, measure: str, across: str) -> HttpResponse:
    """Show a figure by two dimensions as a page, JSON, CSV or a workbook."""
    form = asked(request)
    by, shape = form.cleaned_data["by"] or "service", form.shape()
    bounds: dict[str, Any] = {"size": ALL_ROWS, "most_columns": ALL_ROWS} if shape else {"page": form.number()}
    wanted = of_a_campaign(request, form)
    with queries.in_time():
        cross = queries.cross_figure(request.actor, measure, by, across, now=request.now, **wanted, **bounds)
    about = queries.about(cross.figure, None, settings.RAQUAN_PUBLIC_URL + cross.address)
    if shape == "json":
        return json_response(cross_data(cross.figure, cross.across, cross.columns, _rows(cross), about))
    if shape == "csv":
        text = cross_csv(cross.figure, cross.across, cross.columns, _rows(cross), language=language())
        return file_response(shape, text, f"{measure}-{by}-{across}")
    if shape:
        names, rows = [name for _, name in cross.columns], [(label, values) for _, label, values in _rows(cross)]
        content = gateways.cross_xlsx(cross.figure, names, rows, about, language=language())
        return file_response("xlsx", content, f"{measure}-{by}-{across}")
    context = {
        "cross": cross,
        "figure": cross.figure,
        "about": about,
        "dimensions": dimensions_of(cross.figure.measure),
    }
    return render(request, "analytics/cross.html", context)


def _rows(cross: queries.Cross) -> list[tuple[str, str, Any]]:
    return [(row.key, row.label, row.values) for row in cross.rows.items]


@allow(Action.FIGURE_READ.value)
@require_GET
def show_ladder(request: Request) -> HttpResponse:
    """Show people with a card by the highest rung that each has reached."""
    form = asked(request)
    of = of_a_campaign(request, form)
    told = {"snapshot_id": of["snapshot_id"], "campaign_id": of["campaign_id"], "now": request.now}
    with queries.in_time():
        found = queries.ladder(request.actor, group=form.cleaned_data["group"], **told)
    address = settings.RAQUAN_PUBLIC_URL + found.address
    return render(request, "analytics/ladder.html", {"ladder": found, "address": address})


@allow(Action.RECORD_READ.value)
@require_GET
def show_records(request: Request, measure: str) -> HttpResponse:
    """Open a row of a figure: its records, as far as the reader's duties go."""
    form = asked(request)
    by, key, wanted = form.cleaned_data["by"] or "commune", form.cleaned_data["key"], of_a_campaign(request, form)
    with queries.in_time():
        records = queries.figure_records(request.actor, measure, by, key, page=form.number(), now=request.now, **wanted)
    return render(request, "analytics/records.html", {"records": records, "figure": records.figure})
