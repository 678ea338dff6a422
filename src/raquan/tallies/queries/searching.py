"""What stands in the index of tally sheets, and which of them an actor may see: those of the outings that they read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.outings.queries import readable_outings
from raquan.search.rules import Entry, Kind, join_line
from raquan.tallies.models import TallySheet


def _entries(rows: QuerySet[TallySheet]) -> Iterable[Entry]:
    for one in rows.select_related("outing__site", "outing__organization"):
        outing = one.outing
        yield Entry(
            id=one.id,
            title=one.number,
            line=join_line(format_date(outing.held_on), outing.site.name, outing.organization.name),
            href=f"/desk/records/tally/{one.number}/",
            code=one.number,
            at=outing.held_on,
        )


def _seen(actor: Actor) -> Any:
    return TallySheet.objects.filter(outing__in=readable_outings(actor))


SHEETS = Kind("tally-sheet", N_("Phiếu đếm"), "tallies.TallySheet", TallySheet.objects.all, _seen, _entries)
KINDS = (SHEETS,)
