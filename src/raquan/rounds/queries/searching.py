"""What stands in the index of rounds and of units' reports, and which of them an actor may see."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.rounds.models import ReportingRound, UnitReport
from raquan.rounds.queries.rounds import readable
from raquan.search.rules import Entry, Kind, join_line


def _round_entries(rows: QuerySet[ReportingRound]) -> Iterable[Entry]:
    for one in rows.select_related("rule__campaign"):
        yield Entry(
            id=one.id,
            title=gettext("Kỳ báo cáo %(first)s–%(last)s") % _days(one),
            line=str(one.rule.campaign.year),
            href=f"/desk/rounds/{one.id}/",
            at=one.last_on,
        )


def _rounds_seen(actor: Actor) -> bool:
    return may(actor, Action.FIGURE_READ)


def _report_entries(rows: QuerySet[UnitReport]) -> Iterable[Entry]:
    # What a unit tells is its own until it is submitted: none of it stands here.
    for one in rows.select_related("organization", "round"):
        version = gettext("bản %(number)s") % {"number": one.version} if one.version > 1 else ""
        yield Entry(
            id=one.id,
            title=one.organization.name,
            line=join_line(gettext("Kỳ báo cáo %(first)s–%(last)s") % _days(one.round), version),
            href=f"/desk/rounds/reports/{one.id}/",
            more=one.organization.short_name,
            at=one.round.last_on,
        )


def _reports_of(round_ids: Collection[str]) -> Iterable[UUID]:
    return UnitReport.objects.filter(round__in=[UUID(one) for one in round_ids]).values_list("id", flat=True)


def _days(one: ReportingRound) -> dict[str, str]:
    return {"first": format_date(one.first_on), "last": format_date(one.last_on)}


ROUNDS = Kind(
    "round", N_("Kỳ báo cáo"), "rounds.ReportingRound", ReportingRound.objects.all, _rounds_seen, _round_entries
)
REPORTS = Kind(
    key="unit-report",
    name=N_("Báo cáo của đơn vị"),
    subject="rounds.UnitReport",
    rows=UnitReport.objects.all,
    readable=readable,
    entries=_report_entries,
    touched={"rounds.ReportingRound": _reports_of},
)
KINDS = (ROUNDS, REPORTS)
