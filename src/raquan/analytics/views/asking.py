"""Reads what an address asks for, and answers with a file."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language

from raquan.analytics.forms import FigureForm
from raquan.campaign import queries as campaigns
from raquan.kernel.refused import NotFound
from raquan.ui.http import Request

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def asked(request: Request) -> FigureForm:
    """Give the valid form of an address, or raise NotFound."""
    form = FigureForm(request.GET)
    if not form.is_valid():
        raise NotFound()
    return form


def of_a_campaign(request: Request, form: FigureForm) -> dict[str, Any]:
    """Give what is asked for; without snapshot and campaign it is the current campaign, live."""
    wanted = form.wanted()
    if wanted["snapshot_id"] is None and wanted["campaign_id"] is None:
        campaign = campaigns.current_campaign(request.now)
        wanted["campaign_id"] = campaign.id if campaign else None
    return wanted


def language() -> str:
    """Give the language of the page."""
    return (get_language() or "vi")[:2]


def file_response(shape: str, content: bytes | str, name: str) -> HttpResponse:
    """Answer with a file: pictures are shown, tables are downloaded."""
    answer = HttpResponse(content, content_type=TYPES[shape])
    how = "inline" if shape in ("svg", "png") else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{name}.{shape}"'
    if shape == "svg":
        answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


def json_response(data: Mapping[str, Any]) -> JsonResponse:
    """Answer with JSON; numbers with decimals stay numbers."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
