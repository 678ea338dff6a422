"""The quick report of a round: its facts, from the snapshot that covers it where there is one, and their text."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, override

from raquan.analytics import queries as analytics
from raquan.analytics.rules import NO_DATA, SnapshotView
from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date, format_datetime
from raquan.kernel.numbers import format_number
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.rounds.queries.figures import period_figures
from raquan.rounds.queries.rounds import round_page
from raquan.rounds.rules import QuickFacts, quick_text

MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class QuickReport:
    """The quick report of a round; without a snapshot of its last day or later its figures are live."""

    facts: QuickFacts
    snapshot: SnapshotView | None

    @property
    def text(self) -> str:
        """Give the text to paste into a message."""
        return quick_text(self.facts)


def quick_report(actor: Actor, round_id: UUID, *, now: datetime) -> QuickReport:
    """Gather the quick report of a round, in Vietnamese. Raises NotAllowed, NotFound."""
    people.check(actor, Action.REPORT_DECIDE)
    page = round_page(actor, round_id, now=now, only="behind", size=MOST_NAMED)
    view, behind = page.round, page.reports.items
    latest = analytics.latest_snapshot(view.campaign_id)
    snapshot = latest if latest and local_date(latest.frozen_at) >= view.last_on else None
    with override("vi"):
        campaign = next(one for one in campaigns.campaigns() if one.id == view.campaign_id)
        figures = period_figures(
            actor,
            campaign_id=view.campaign_id,
            organization_id=None,
            first_on=view.first_on,
            last_on=view.last_on,
            now=now,
            snapshot_id=snapshot.id if snapshot else None,
        )
        none = gettext(NO_DATA)
        facts = QuickFacts(
            title=campaign.name,
            period=f"Kỳ {format_date(view.first_on)}–{format_date(view.last_on)}",
            figures=[(one.name, none if one.value is None else format_number(one.value)) for one in figures],
            submitted=view.submitted,
            approved=view.approved,
            units=view.units,
            behind=[one.organization_name for one in behind],
            as_of=_as_of(snapshot, now),
            synthetic=campaign.is_synthetic or any(one.synthetic for one in figures),
        )
    return QuickReport(facts, snapshot)


def _as_of(snapshot: SnapshotView | None, now: datetime) -> str:
    if snapshot is None:
        return f"Số liệu trực tiếp, chưa chốt, lúc {format_datetime(now)}."
    return f"Số liệu chốt lần {snapshot.number} lúc {format_datetime(snapshot.frozen_at)}."
