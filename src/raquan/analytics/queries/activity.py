"""Reads what was done around the assists as facts: few enough to be read as they stand."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.queries import promoting
from raquan.analytics.queries.promoting import common
from raquan.analytics.rules import ACTIVITY, ActivityFact, Kind
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.helpdesks import queries as helpdesks
from raquan.kernel.remembering import Remembered
from raquan.ledger import queries as ledger
from raquan.links import queries as links
from raquan.outings import queries as outings
from raquan.tallies import queries as tallies

VISITS = "links.LinkDay"
"""Visits of links are no acts: their number stands for what was done."""

SUBJECTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OUTING: ("outings.Outing", "outings.Site"),
    Kind.ATTENDANCE: ("outings.Outing",),
    Kind.SHEET: ("tallies.TallySheet", "outings.Outing"),
    Kind.DESK_DAY: ("helpdesks.HelpDesk", "outings.Site"),
    Kind.REDEMPTION: ("vouchers.Counter", "vouchers.VoucherRun", "market.Offer", "people.Organization"),
    Kind.RESULT: ("market.OfferResult", "market.Offer", "people.Organization"),
    Kind.BOOTH_DAY: ("exhibitions.BoothVisit", "exhibitions.BoothDay", "exhibitions.Exhibition"),
    Kind.LINK_DAY: (VISITS, "links.Link", "outings.Outing"),
}
"""What is acted upon where facts of a kind change: without a new act there is no other fact."""

_tables: Remembered[str, Any] = Remembered(40)


Acts = Mapping[str, int]
"""How many acts there were upon things of each kind."""


def live_activity(kind: Kind, campaign_id: str | None, acts: Acts | None = None) -> Source:
    """Give a campaign's facts of a kind as they stand, or those of all campaigns; `acts` where they are counted."""
    done = _acts_upon(SUBJECTS[kind]) if acts is None else acts
    mark = f"{settings.RAQUAN_HOME} {kind} {campaign_id} {sum(done[one] for one in SUBJECTS[kind])}"
    read = campaign_id if kind in _READERS else None
    name = mark.replace(f" {campaign_id} ", f" {read} ")
    table = _tables.get(name, lambda: _table(kind, read), seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS)
    return Source(tail=table, campaign_id=campaign_id, mark=mark, table=ACTIVITY)


def activity_mark() -> str:
    """Give what stays the same as long as no fact beside the assists has changed."""
    return mark_of(all_acts())


def all_acts() -> Acts:
    """Count what was done around the assists; one query."""
    return _acts_upon({subject for subjects in SUBJECTS.values() for subject in subjects})


def _acts_upon(subjects: Collection[str]) -> Acts:
    return ledger.acts_upon(subjects, links.visits_counted(VISITS) if VISITS in subjects else None)


def mark_of(acts: Acts) -> str:
    """Give what stays the same as long as nothing more was done."""
    return str(sum(acts.values()))


_extracted: list[str] = []


def activity_changed() -> bool:
    """Tell whether something was done around the assists since this process last wrote its files."""
    return _extracted != [activity_mark()]


def note_extracted(mark: str) -> None:
    """Remember, in this process, up to which act the files are."""
    _extracted[:] = [mark]


def activity_facts(kind: Kind, campaign: CampaignView) -> list[ActivityFact]:
    """List a campaign's facts of a kind by day, commune and id."""
    return _read(kind, [campaign])


def _read(kind: Kind, wanted: Sequence[CampaignView]) -> list[ActivityFact]:
    whole = _WHOLE_READERS.get(kind)
    found = whole(wanted) if whole else (fact for one in wanted for fact in _READERS[kind](one))
    return sorted(found, key=lambda one: (one.campaign_id, one.occurred_on, one.commune_code, one.id))


def _table(kind: Kind, campaign_id: str | None) -> Any:
    wanted = [one for one in campaigns.campaigns() if campaign_id in (None, str(one.id))]
    return engine.arrow_facts(_read(kind, wanted), ACTIVITY)


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
            **common(campaign, one.organization_id, one.place_path),
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
            **common(campaign, one.organization_id, one.place_path),
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
            **common(campaign, one.organization_id, one.place_path),
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
            **common(campaign, one.organization_id, one.place_path),
        )


_READERS: Mapping[Kind, Callable[[CampaignView], Iterable[ActivityFact]]] = {
    Kind.OUTING: _outings,
    Kind.ATTENDANCE: _attendances,
    Kind.SHEET: _sheets,
    Kind.DESK_DAY: _desk_days,
}
_WHOLE_READERS: Mapping[Kind, Callable[[Sequence[CampaignView]], Iterable[ActivityFact]]] = {
    Kind.REDEMPTION: promoting.redemptions,
    Kind.RESULT: promoting.results,
    Kind.BOOTH_DAY: promoting.booth_days,
    Kind.LINK_DAY: promoting.link_days,
}
"""Kinds of which all campaigns are read at once: a board asks for this year's and last year's."""
