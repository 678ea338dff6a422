"""What the results page shows: public figures of a frozen snapshot, each with its meaning, and what was reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from raquan.analytics import queries as analytics
from raquan.analytics.queries import MeasureEntry
from raquan.analytics.rules import Figure, public_address
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.displays import queries as displays
from raquan.displays.rules import PublicCounts
from raquan.portal.pages import HEADLINES
from raquan.press import queries as press
from raquan.press.queries import PackView
from raquan.press.rules import packed_by
from raquan.reports.queries import PublishedReport, published_reports

SHAPES = ("csv", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class Result:
    """A public figure of the snapshot: its total (None: not known, or too small), its page and its files (paths)."""

    entry: MeasureEntry
    total: int | float | None
    href: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """The figures from the same source."""

    source: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A year's results; before the first snapshot `pack` is None, and `headlines` are the live figures."""

    campaign: CampaignView
    pack: PackView | None
    groups: tuple[ResultGroup, ...]
    headlines: tuple[Figure, ...]
    reports: Sequence[PublishedReport]
    shown: PublicCounts


def results_page(year: int, *, now: datetime) -> ResultsPage | None:
    """Build the page of a year's results; None where the year has no campaign. Counts nothing once packed."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    pack = press.latest_pack(campaign.id)
    return ResultsPage(
        campaign=campaign,
        pack=pack,
        groups=_groups(campaign, pack) if pack else (),
        headlines=() if pack else analytics.public_figures(campaign.id, HEADLINES, now=now),
        reports=published_reports(campaign.id).items,
        shown=displays.public_counts(campaign.id, now=now),
    )


def pack_of(year: int) -> PackView | None:
    """Give the last pack of a year's campaign; None where there is none."""
    campaign = campaigns.campaign_of_year(year)
    return press.latest_pack(campaign.id) if campaign else None


def _groups(campaign: CampaignView, pack: PackView) -> tuple[ResultGroup, ...]:
    return tuple(
        ResultGroup(group.source, tuple(_result(campaign, pack, entry) for entry in group.entries))
        for group in analytics.catalogue(public_only=True)
    )


def _result(campaign: CampaignView, pack: PackView, entry: MeasureEntry) -> Result:
    by = packed_by(one.key for one in entry.dimensions)[0]
    href = public_address(campaign.year, entry.measure.key, by, pack.snapshot_id)
    files = tuple((shape, f"{href}&{urlencode({'format': shape})}") for shape in SHAPES)
    return Result(entry, pack.totals.get(entry.measure.key), href, files)
