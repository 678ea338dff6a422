"""Reads what was done around the assists as facts: few enough to be read as they stand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.rules import ACTIVITY, ActivityFact, Kind
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.helpdesks import queries as helpdesks
from raquan.kernel.remembering import Remembered
from raquan.ledger import queries as ledger
from raquan.outings import queries as outings
from raquan.tallies import queries as tallies

SUBJECTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OUTING: ("outings.Outing", "outings.Site"),
    Kind.ATTENDANCE: ("outings.Outing",),
    Kind.SHEET: ("tallies.TallySheet", "outings.Outing"),
    Kind.DESK_DAY: ("helpdesks.HelpDesk", "outings.Site"),
}
"""What is acted upon where facts of a kind change: without a new act there is no other fact."""

_tables: Remembered[str, Any] = Remembered(20)


def live_activity(kind: Kind, campaign_id: str | None) -> Source:
    """Give a campaign's facts of a kind as they stand, or those of all campaigns."""
    mark = f"{settings.RAQUAN_HOME} {kind} {campaign_id} {ledger.acts_upon(SUBJECTS[kind])}"
    table = _tables.get(mark, lambda: _table(kind, campaign_id), seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS)
    return Source(tail=table, campaign_id=campaign_id, mark=mark, table=ACTIVITY)


def activity_mark() -> str:
    """Give what stays the same as long as no fact beside the assists has changed."""
    return str(ledger.acts_upon({subject for subjects in SUBJECTS.values() for subject in subjects}))


_extracted: list[str] = []


def activity_changed() -> bool:
    """Tell whether something was done around the assists since this process last wrote its files."""
    return _extracted != [activity_mark()]


def note_extracted(mark: str) -> None:
    """Remember, in this process, up to which act the files are."""
    _extracted[:] = [mark]


def activity_facts(kind: Kind, campaign: CampaignView) -> list[ActivityFact]:
    """List a campaign's facts of a kind by day, commune and id."""
    found = _READERS[kind](campaign)
    return sorted(found, key=lambda one: (one.occurred_on, one.commune_code, one.id))


def _table(kind: Kind, campaign_id: str | None) -> Any:
    wanted = [one for one in campaigns.campaigns() if campaign_id in (None, str(one.id))]
    return engine.arrow_facts([fact for one in wanted for fact in activity_facts(kind, one)], ACTIVITY)


def _outings(campaign: CampaignView) -> Iterable[ActivityFact]:
    for one in outings.outing_facts(campaign.id):
        yield ActivityFact(
            id=str(one.id),
            kind=Kind.OUTING,
            occurred_on=one.held_on,
            outing_id=str(one.id),
            state=one.state,
            site_kind=one.site_kind,
            aim=one.aim,
            language=one.language,
            minutes=one.minutes,
            **_common(campaign, one.organization_id, one.place_path),
        )


def _attendances(campaign: CampaignView) -> Iterable[ActivityFact]:
    for one in outings.attendance_facts(campaign.id):
        yield ActivityFact(
            id=str(one.id),
            kind=Kind.ATTENDANCE,
            occurred_on=one.held_on,
            outing_id=str(one.outing_id),
            part=one.part,
            presence=one.presence,
            helper=one.helper,
            minutes=one.minutes,
            **_common(campaign, one.organization_id, one.place_path),
        )


def _sheets(campaign: CampaignView) -> Iterable[ActivityFact]:
    for one in tallies.sheet_facts(campaign.id):
        yield ActivityFact(
            id=str(one.id),
            kind=Kind.SHEET,
            occurred_on=one.held_on,
            outing_id=str(one.outing_id),
            state=one.state,
            grade="tallied",
            **_common(campaign, one.organization_id, one.place_path),
        )


def _desk_days(campaign: CampaignView) -> Iterable[ActivityFact]:
    for one in helpdesks.desk_day_facts(campaign.starts_on, campaign.ends_on):
        yield ActivityFact(
            id=f"{one.desk_id} {one.day.isoformat()}",
            kind=Kind.DESK_DAY,
            occurred_on=one.day,
            outing_id=None,
            site_kind=one.site_kind,
            language=one.language,
            minutes=one.minutes,
            grade="stated",
            **_common(campaign, one.organization_id, one.place_path),
        )


def _common(campaign: CampaignView, organization_id: UUID, path: tuple[str, ...]) -> dict[str, Any]:
    """Give the columns that every kind has; before July 2025 a path has a district in the middle."""
    return {
        "campaign_id": str(campaign.id),
        "organization_id": str(organization_id),
        "province_code": path[0] if path else "",
        "district_code": path[1] if len(path) > 2 else "",
        "commune_code": path[-1] if len(path) > 1 else "",
        "synthetic": campaign.is_synthetic,
    }


_READERS: Mapping[Kind, Callable[[CampaignView], Iterable[ActivityFact]]] = {
    Kind.OUTING: _outings,
    Kind.ATTENDANCE: _attendances,
    Kind.SHEET: _sheets,
    Kind.DESK_DAY: _desk_days,
}
