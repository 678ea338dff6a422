"""A board with its panels: counted together, each standing by itself where another cannot be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from raquan.analytics import queries as analytics
from raquan.analytics.queries import Allowance
from raquan.analytics.rules import days_between
from raquan.boards.queries import panels
from raquan.boards.queries.panels import Ground, PanelView, figures_for
from raquan.boards.queries.subjects import SubjectView, subject_of
from raquan.boards.rules import Board, Draw, Panel, Subject
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.remembering import Remembered
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.rounds import queries as rounds

AT_ONCE = 2.0
"""For so many seconds a board that was made is shown to all who ask: records may come in by the second."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board as it stands: `mark` changes with what it is counted from; `last` is last year's campaign, if any."""

    board: Board
    subject: SubjectView
    campaign: CampaignView
    last: CampaignView | None
    panels: tuple[PanelView, ...]
    mark: str
    as_of: str
    synthetic: bool
    under_review: int


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """What is answered to who has a board already: the page, or None where nothing has changed since `seen`."""

    page: BoardPage | None
    mark: str


_made: Remembered[tuple[str, ...], BoardPage] = Remembered(100)


def shown_board(
    actor: Actor, board: Board, key: str, campaign: CampaignView, *, now: datetime, seen: str
) -> ShownBoard:
    """Give the board anew where something has changed since a mark. Raises NotAllowed, NotFound."""
    people.check(actor, Action.FIGURE_READ)
    mark = _mark(analytics.live_mark(), now)
    if mark == seen:
        return ShownBoard(None, mark)
    page = board_page(actor, board, key, campaign, now=now)
    return ShownBoard(None if page.mark == seen else page, page.mark)


def board_page(actor: Actor, board: Board, key: str, campaign: CampaignView, *, now: datetime) -> BoardPage:
    """Count a board's panels. Figures are the same for whoever may read figures. Raises NotAllowed, NotFound."""
    people.check(actor, Action.FIGURE_READ)
    subject = subject_of(board, key, campaign)
    asked = (settings.RAQUAN_HOME, board.key, subject.key, str(campaign.id), get_language() or "", _plan_part(actor))
    seconds = min(AT_ONCE, settings.RAQUAN_REMEMBER_SECONDS)
    found = _made.get(tuple(map(str, asked)), lambda: _make(actor, board, subject, campaign, now), seconds=seconds)
    assert found is not None  # noqa: S101 - tells the type checker
    return found


def _plan_part(actor: Actor) -> str:
    """Tell apart who sees the targets of the plan, and who sees each enterprise's numbers."""
    return " ".join(["plan" if may(actor, Action.PLAN_READ) else "", *sorted(analytics.sight(actor))])


def _mark(facts: str, now: datetime) -> str:
    return f"{facts}-{local_date(now).isoformat()}"


def _make(actor: Actor, board: Board, subject: SubjectView, campaign: CampaignView, now: datetime) -> BoardPage:
    allowance = Allowance(settings.RAQUAN_FIGURE_SECONDS)
    mark = _mark(allowance.mark, now)
    filters = [(board.subject.value, subject.key)] if board.subject is not Subject.NONE else []
    wanted = [pair for panel in board.panels for pair in figures_for(panel)]
    figures = analytics.figures_or_none(
        actor, wanted, campaign_id=campaign.id, allowance=allowance, filters=filters, now=now
    )
    last = campaigns.campaign_of_year(campaign.year - 1)
    ground = Ground(campaign, now, figures, last=last, groups=campaigns.commune_groups(campaign.id))
    if last is not None:
        before = analytics.figures_or_none(
            actor,
            _compared(board),
            campaign_id=last.id,
            allowance=allowance,
            filters=[*filters, ("day", _same_days(campaign, last, now))],
            now=now,
            named=False,
        )
        ground = replace(ground, before=before)
    makes = _Makes(actor, board, subject, filters, ground, allowance)
    shown = tuple(makes.panel(panel) for panel in board.panels)
    known = [one.figure for one in shown if one.figure is not None]
    return BoardPage(
        board=board,
        subject=subject,
        campaign=campaign,
        last=last,
        panels=shown,
        mark=mark,
        as_of=known[0].as_of if known else "",
        synthetic=any(one.synthetic for one in known),
        under_review=next((int(one.under_review) for one in known if one.measure.key == "assists"), 0),
    )


def _compared(board: Board) -> list[tuple[str, str]]:
    return [pair for one in board.panels if one.draw in (Draw.NUMBERS, Draw.TREND) for pair in figures_for(one)]


def _same_days(campaign: CampaignView, last: CampaignView, now: datetime) -> str:
    """Give last year's days up to the same day of the campaign, counted from its first."""
    today = min(max(local_date(now), campaign.starts_on), campaign.ends_on)
    return days_between(last.starts_on, last.starts_on + timedelta(days=(today - campaign.starts_on).days))


_BY_FIGURES: Mapping[Draw, Callable[[Panel, Ground], PanelView]] = {
    Draw.NUMBERS: panels.numbers,
    Draw.TREND: panels.trend,
    Draw.BARS: panels.bars,
    Draw.HOURS: panels.hours,
    Draw.STEPS: panels.steps,
    Draw.MAP: panels.on_map,
    Draw.COVERAGE: panels.coverage,
    Draw.GROUPS: panels.groups,
}


@dataclass(frozen=True, slots=True)
class _Makes:
    """Makes the panels of one board."""

    actor: Actor
    board: Board
    subject: SubjectView
    filters: list[tuple[str, str]]
    ground: Ground
    allowance: Allowance

    def panel(self, panel: Panel) -> PanelView:
        if panel.draw is Draw.GRID:
            return self._grid(panel)
        if panel.draw is Draw.TARGETS:
            return self._targets(panel)
        return _BY_FIGURES[panel.draw](panel, self.ground)

    def _grid(self, panel: Panel) -> PanelView:
        found = analytics.cross_or_none(
            self.actor,
            (panel.measures[0], panel.by, panel.across),
            campaign_id=self.ground.campaign.id,
            allowance=self.allowance,
            filters=self.filters,
            now=self.ground.now,
            size=panel.most,
        )
        return PanelView(panel, failed=found is None, grid=found, figure=found.figure if found else None)

    def _targets(self, panel: Panel) -> PanelView:
        found = rounds.standings(
            self.actor,
            self.ground.campaign,
            now=self.ground.now,
            allowance=self.allowance,
            units=[UUID(self.subject.key)] if self.board.subject is Subject.UNIT else (),
            place=self.subject.key if self.board.subject is Subject.COMMUNE else "",
        )
        shown = tuple(one for one in found if one.first is not None)
        return PanelView(panel, targets=shown, has_indicators=bool(found))
