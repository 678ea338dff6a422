"""The pages of boards and of the standing of indicators."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.boards import queries
from raquan.boards.forms import BoardForm
from raquan.boards.rules import BOARDS, Board, Subject, board
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.people.rules import Action
from raquan.rounds import queries as rounds
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.FIGURE_READ.value)
@require_GET
def list_boards(request: Request) -> HttpResponse:
    """Show which boards there are."""
    return render(request, "boards/list.html", {"boards": list(BOARDS.values())})


@allow(Action.FIGURE_READ.value)
@require_GET
def show_board(request: Request, board: str) -> HttpResponse:
    """Show a board, what it can be of, or its panels alone where they have changed."""
    of, wanted = _board(board), BoardForm(request.GET).wanted()
    campaign = _campaign(request, wanted["year"])
    if campaign is None:
        return render(request, "boards/none.html", {"board": of})
    if of.subject is not Subject.NONE and not wanted["of"]:
        return _choose(request, of, campaign, wanted)
    if request.headers.get("HX-Request"):
        return _again(request, of, campaign, wanted)
    page = queries.board_page(request.actor, of, wanted["of"], campaign, now=request.now)
    return render(request, "boards/board.html", {"page": page, "boards": list(BOARDS.values())})


@allow(Action.FIGURE_READ.value)
@require_GET
def list_indicators(request: Request) -> HttpResponse:
    """Show how far the plan's indicators are."""
    campaign = _campaign(request, BoardForm(request.GET).wanted()["year"])
    found = rounds.standings(request.actor, campaign, now=request.now) if campaign else ()
    return render(request, "boards/indicators.html", {"campaign": campaign, "standings": found})


@allow(Action.FIGURE_READ.value)
@require_GET
def show_indicator(request: Request, indicator_id: UUID) -> HttpResponse:
    """Show how far an indicator is: in all, by unit and by place, and on the line to its last day."""
    campaign = _campaign(request, BoardForm(request.GET).wanted()["year"])
    if campaign is None:
        return render(request, "boards/none.html", {"board": None})
    page = queries.indicator_page(request.actor, indicator_id, campaign=campaign, now=request.now)
    return render(request, "boards/indicator.html", {"page": page})


def _board(key: str) -> Board:
    return board(key)


def _campaign(request: Request, year: int | None) -> CampaignView | None:
    return campaigns.campaign_of_year(year) if year else campaigns.current_campaign(request.now)


def _choose(request: Request, of: Board, campaign: CampaignView, wanted: dict[str, Any]) -> HttpResponse:
    asked = {"text": wanted["text"], "page": wanted["page"]}
    found = queries.subjects(request.actor, of, campaign, now=request.now, **asked)
    return render(request, "boards/choose.html", {"board": of, "found": found, "campaign": campaign})


def _again(request: Request, of: Board, campaign: CampaignView, wanted: dict[str, Any]) -> HttpResponse:
    """Answer with the panels where something has changed, else with nothing (204)."""
    shown = queries.shown_board(request.actor, of, wanted["of"], campaign, now=request.now, seen=wanted["seen"])
    if shown.page is None:
        return HttpResponse(status=204)
    return render(request, "boards/panels.html", {"page": shown.page})
