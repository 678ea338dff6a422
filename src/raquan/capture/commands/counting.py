"""Numbers facts, and has the tally sheets of outings counted beside their records."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F, Max

from raquan.capture.models import Assist, FactTurn
from raquan.capture.rules import ReviewState
from raquan.tallies import commands as tallies
from raquan.tallies import queries as tally_queries
from raquan.tallies.rules import TallyKey


def next_fact_seq() -> int:
    """Give the number that the next fact takes. Who asks has the turn until its transaction ends.

    Assists and tallies lie in two tables, so that a unique column alone could not keep one number from two facts.
    """
    if not FactTurn.objects.filter(id=1).update(taken=F("taken") + 1):
        FactTurn.objects.create(id=1, taken=1)
    last = Assist.objects.aggregate(last=Max("fact_seq"))["last"] or 0
    return max(last, tally_queries.max_fact_seq()) + 1


def count_tallies(outing_ids: Collection[UUID]) -> int:
    """Count anew the sheets that wait, and those of outings whose records have changed; give how many waited."""
    return tallies.count_tally_sheets(outing_ids=outing_ids, recorded=recorded_cells, next_fact_seq=next_fact_seq)


def recorded_cells(outing_ids: Collection[UUID]) -> dict[UUID, dict[TallyKey, int]]:
    """Count the records of some outings as a sheet's cells would: those that figures count."""
    if not outing_ids:
        return {}
    found = Assist.objects.filter(outing_id__in=outing_ids, withdrawn_at__isnull=True)
    kept = found.exclude(submission__review_state=ReviewState.REJECTED.value).order_by()
    cells: dict[UUID, dict[TallyKey, int]] = {}
    for row in kept.values("outing_id", "service_code", "rung", "how").annotate(n=Count("id")):
        key = TallyKey(row["service_code"], row["rung"], row["how"])
        cells.setdefault(row["outing_id"], {})[key] = row["n"]
    return cells
