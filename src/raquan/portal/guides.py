"""Guides to services, what people record of them, what helps when something does not work: joined for the pages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.catalogue.queries import AnswerView, GuideView
from raquan.kernel.clock import local_date
from raquan.kernel.localized import Localized
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.outings.rules import Wish
from raquan.recordings import queries as recordings
from raquan.recordings.queries import Playable

OUTINGS_NEXT = 3


@dataclass(frozen=True, slots=True)
class GuideGroup:
    """The guides of a group of services."""

    name: dict[str, str]
    guides: tuple[GuideView, ...]


@dataclass(frozen=True, slots=True)
class GuidesPage:
    """All guides and answers; `campaign` is that of now, None before a plan."""

    campaign: CampaignView | None
    groups: tuple[GuideGroup, ...]
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """How a service is used, as it is spoken, what helps when it does not work, and where it is helped with next."""

    guide: GuideView
    sounds: tuple[Playable, ...]
    answers: tuple[AnswerView, ...]
    campaign: CampaignView | None
    outings: tuple[OutingView, ...]
    today: date

    @property
    def kilobytes(self) -> int:
        """Tell how much it takes to keep the recordings on a phone."""
        return sum(one.kilobytes for one in self.sounds)


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What helps against a bottleneck, and the guides in which it comes up: service code and name."""

    answer: AnswerView
    guides: tuple[tuple[str, Localized], ...]
    campaign: CampaignView | None


def guides_page(*, now: datetime) -> GuidesPage:
    """List the guides of today by the groups of services, in the catalogue's order, and the answers."""
    today = local_date(now)
    group_of = _groups(today)
    guides = catalogue.guides_on(today)
    listed = (
        GuideGroup(dict(group.name), tuple(one for one in guides if group_of[one.service_code] == group.code))
        for group in catalogue.groups()
    )
    groups = tuple(group for group in listed if group.guides)
    return GuidesPage(campaigns.current_campaign(now), groups, catalogue.answers_on(today))


def guide_page(service_code: str, *, now: datetime) -> GuidePage | None:
    """Build the page of a service's guide; None where no guide holds today."""
    today = local_date(now)
    guide = guide_on(service_code, today)
    if guide is None:
        return None
    campaign = campaigns.current_campaign(now)
    wish = Wish(service_code=service_code)
    whose = {service_code, _groups(today)[service_code]}
    return GuidePage(
        guide=guide,
        sounds=recordings.playable(guide),
        answers=tuple(one for one in catalogue.answers_on(today) if whose & set(one.services)),
        campaign=campaign,
        outings=outings.next_outings(campaign.id, now=now, wish=wish, limit=OUTINGS_NEXT) if campaign else (),
        today=today,
    )


def guide_on(service_code: str, on: date) -> GuideView | None:
    """Give the guide of a service that holds on a day."""
    return next((one for one in catalogue.guides_on(on) if one.service_code == service_code), None)


def answer_page(code: str, *, now: datetime) -> AnswerPage | None:
    """Build the page of an answer; None where none holds today."""
    today = local_date(now)
    answer = next((one for one in catalogue.answers_on(today) if one.code == code), None)
    if answer is None:
        return None
    group_of = _groups(today)
    named = set(answer.services)
    guides = tuple(
        (one.service_code, one.name)
        for one in catalogue.guides_on(today)
        if {one.service_code, group_of[one.service_code]} & named
    )
    return AnswerPage(answer, guides, campaigns.current_campaign(now))


def sound(service_code: str, recording_id: UUID, *, now: datetime) -> tuple[Playable, bytes] | None:
    """Give a recording that is played of a guide; None once it is withdrawn, replaced or old."""
    guide = guide_on(service_code, local_date(now))
    return recordings.playable_sound(guide, recording_id) if guide else None


def _groups(today: date) -> dict[str, str]:
    return {one.code: one.group_code for one in catalogue.services_on(today)}
