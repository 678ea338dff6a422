"""Of what a board can be: a unit, a commune, a service; its name, and the list to choose from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Number
from raquan.boards.rules import Board, Subject
from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.localized import DEFAULT_LANGUAGE, in_language
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotFound
from raquan.kernel.text import fold, sort_key
from raquan.people import queries as people
from raquan.places import queries as places


@dataclass(frozen=True, slots=True)
class SubjectView:
    """What a board is of; `value` is how many assists were counted there, None where it is not known."""

    key: str
    name: str
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a board can be of, the most assists first; `text` is what was looked for."""

    page: Page[SubjectView]
    text: str


def subject_of(board: Board, key: str, campaign: CampaignView) -> SubjectView:
    """Name what a board is to be of. Raises NotFound for what there is none of; one query at most."""
    if board.subject is Subject.NONE:
        return SubjectView("", "")
    name = None
    if board.subject is Subject.COMMUNE:
        name = places.unit_names([key], campaign.day_on).get(key)
    elif board.subject is Subject.SERVICE:
        named = catalogue.service_names([key]).get(key)
        name = in_language(named, _language()) if named else None
    elif _is_id(key):
        name = people.organization_names([UUID(key)]).get(UUID(key))
    if name is None:
        raise NotFound()
    return SubjectView(key, name[:1].upper() + name[1:])


def subjects(
    actor: Actor, board: Board, campaign: CampaignView, *, now: datetime, text: str = "", page: int = 1, size: int = 30
) -> Subjects:
    """List what a board can be of, by a text in the name, a page at a time. Raises NotAllowed."""
    allowance = analytics.Allowance(settings.RAQUAN_FIGURE_SECONDS)
    wanted = [("assists", board.subject.value)]
    counted = analytics.figures_or_none(actor, wanted, campaign_id=campaign.id, allowance=allowance, now=now)
    figure = counted["assists", board.subject.value]
    found = {row.key: SubjectView(row.key, row.label, row.value) for row in figure.rows if row.key} if figure else {}
    for one in _others(board, campaign):
        found.setdefault(one.key, one)
    kept = [one for one in found.values() if fold(text) in fold(one.name)]
    kept.sort(key=lambda one: (-(one.value or 0), sort_key(one.name)))
    return Subjects(Page(kept[window(page, size)], max(page, 1), size, len(kept)), text)


def _others(board: Board, campaign: CampaignView) -> list[SubjectView]:
    """List what has no record yet, where all of them are known."""
    if board.subject is Subject.COMMUNE:
        units = places.communes_within([campaign.province_code], campaign.day_on)
        return [SubjectView(one.code, one.full_name[:1].upper() + one.full_name[1:], 0) for one in units]
    if board.subject is Subject.SERVICE:
        services = catalogue.services_on(campaign.day_on)
        return [SubjectView(one.code, in_language(one.name, _language()), 0) for one in services]
    return []


def _language() -> str:
    return (get_language() or DEFAULT_LANGUAGE)[:2]


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
