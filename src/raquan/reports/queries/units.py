"""Which units report, and what their reports are made of: asked once for all of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.analytics import queries as analytics
from raquan.analytics.queries import UnitFigures
from raquan.analytics.rules import SnapshotView
from raquan.campaign.queries import CampaignView
from raquan.kernel.actor import Actor
from raquan.people import queries as people
from raquan.people.queries import OrganizationView
from raquan.people.rules import Level
from raquan.places import queries as places
from raquan.reports.queries.letters import report_facts, told_by_unit
from raquan.reports.queries.scope import units_of
from raquan.reports.rules import ReportContent, ReportFacts, UnitFacts, UnitTold, compose_unit, unit_figures_wanted

REPORTING = (Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE, Level.ENTERPRISE, Level.UNION)
"""The levels whose units report; the province's report is the campaign's."""


@dataclass(frozen=True, slots=True)
class UnitSheets:
    """What the reports of all units are made of; `content_of` writes one without asking again."""

    facts: ReportFacts
    snapshot: SnapshotView
    figures: UnitFigures
    told: dict[UUID, UnitTold]
    places: dict[str, str]

    def content_of(self, unit: OrganizationView) -> ReportContent:
        """Write a unit's report."""
        named = UnitFacts(unit.name, unit.level, self.places.get(unit.place_code or "", ""))
        return compose_unit(self.facts, named, self.snapshot, self.figures.of(unit.id), self.told.get(unit.id))


def unit_sheets(by: Actor, now: datetime, campaign: CampaignView, snapshot: SnapshotView) -> UnitSheets:
    """Ask all that the reports of units need: a fixed number of questions, however many units there are."""
    return UnitSheets(
        facts=report_facts(by, now, campaign),
        snapshot=snapshot,
        figures=analytics.figures_by_unit(by, unit_figures_wanted(), snapshot_id=snapshot.id),
        told=told_by_unit(campaign.id),
        places=places.unit_names([one.place_code for one in reporting() if one.place_code], campaign.day_on),
    )


def reporting() -> tuple[OrganizationView, ...]:
    """List the units that report, by name, in one query."""
    return people.organizations_of_level(*(level.value for level in REPORTING))


def units_to_report(actor: Actor) -> tuple[OrganizationView, ...]:
    """List the units whose report an actor may make, by name."""
    own = units_of(actor)
    return tuple(one for one in reporting() if own is None or one.id in own)
