"""The facts in the order in which they were numbered: what figures are counted from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import islice
from operator import attrgetter

from django.db.models import Subquery

from raquan.capture.models import Assist, Submission
from raquan.capture.rules import ReviewState
from raquan.kernel.clock import VIETNAM
from raquan.ledger.queries import Question
from raquan.tallies import queries as tallies
from raquan.tallies.queries import TallyFact
from raquan.tallies.rules import TALLIED


@dataclass(frozen=True, slots=True)
class AssistFact:
    """An assist, or a cell of a tally sheet, as plain columns; a later version comes with a higher `fact_seq`.

    `quantity` is how many assists it stands for: 1 where each has a record. `hour` is Viet Nam's, None of a sheet.
    `card` is the number of the companion card that was shown, which is of one campaign and leads to nobody.
    """

    fact_seq: int
    assist_id: str
    version: int
    submission_id: str
    campaign_id: str | None
    occurred_on: date
    occurred_at: datetime
    hour: int | None
    outing_id: str | None
    outing_code: str
    organization_id: str | None
    province_code: str
    district_code: str
    commune_code: str
    service_code: str
    group_code: str
    rung: str
    stage: str
    how: str
    bottleneck: str | None
    language: str
    time_quality: str
    grade: str
    under_review: bool
    synthetic: bool
    withdrawn: bool
    quantity: int = 1
    card: int | None = None


def pending_count() -> int:
    """Count the records and sheets that are not facts yet."""
    return Submission.objects.filter(projected_at__isnull=True).count() + tallies.pending_count()


def has_pending() -> bool:
    """Tell whether a record or a sheet waits to become a fact; cheap enough to ask every second."""
    return Submission.objects.filter(projected_at__isnull=True).exists() or tallies.has_pending()


def max_fact_seq() -> int:
    """Give the last fact's number, 0 when there is none; one query."""
    last = next(iter(_LAST.rows()), None)
    return tallies.max_fact_seq() if last is None else max(last[0], last[1] or 0)


_LAST = Question(
    lambda: (
        Assist.objects.order_by("-fact_seq")
        .annotate(tallied=Subquery(tallies.last_fact()))
        .values_list("fact_seq", "tallied")[:1]
    )
)


def facts_after(fact_seq: int, limit: int, upto: int | None = None) -> list[AssistFact]:
    """List up to `limit` facts with numbers above `fact_seq`, in order, each in its current version.

    `upto` is the last fact's number, where it was just read.

    For the rooms that count; what a person may see of them is decided there.
    """
    # What is committed between the reading of one table and of the other is left for the next time, in whole.
    numbers = (fact_seq + 1, max_fact_seq() if upto is None else upto)
    tallied = (_tally_fact(one) for one in tallies.tally_facts(*numbers, limit))
    both = merge(_counted(numbers, limit), tallied, key=attrgetter("fact_seq"))
    return list(islice(both, limit))


def _counted(numbers: tuple[int, int], limit: int) -> Iterator[AssistFact]:
    rows = Assist.objects.filter(fact_seq__range=numbers).select_related("submission", "card").order_by("fact_seq")
    return (_fact(row) for row in rows.only(*_COLUMNS)[:limit])


_COLUMNS = [field.attname for field in Assist._meta.concrete_fields] + ["submission__review_state", "card__number"]


def _fact(row: Assist) -> AssistFact:
    state = row.submission.review_state
    return AssistFact(
        fact_seq=row.fact_seq,
        assist_id=str(row.id),
        version=row.version,
        submission_id=str(row.submission_id),
        campaign_id=_text(row.campaign_id),
        occurred_on=row.occurred_on,
        occurred_at=row.occurred_at,
        hour=row.occurred_at.astimezone(VIETNAM).hour,
        outing_id=_text(row.outing_id),
        outing_code=row.outing_code,
        organization_id=_text(row.organization_id),
        province_code=row.province_code,
        district_code=row.district_code,
        commune_code=row.place_code,
        service_code=row.service_code,
        group_code=row.group_code,
        rung=row.rung,
        stage=row.stage,
        how=row.how,
        bottleneck=row.bottleneck,
        language=row.language,
        time_quality=row.time_quality,
        grade=row.grade,
        under_review=state == ReviewState.HAS_ISSUES,
        synthetic=row.is_synthetic,
        withdrawn=row.withdrawn_at is not None or state == ReviewState.REJECTED,
        card=row.card.number if row.card else None,
    )


def _tally_fact(row: TallyFact) -> AssistFact:
    """A sheet knows neither hour nor language nor bottleneck; a cell that others have recorded counts for nobody."""
    return AssistFact(
        fact_seq=row.fact_seq,
        assist_id=str(row.id),
        version=row.version,
        submission_id="",
        campaign_id=str(row.campaign_id),
        occurred_on=row.occurred_on,
        occurred_at=row.occurred_at,
        hour=None,
        outing_id=str(row.outing_id),
        outing_code=row.outing_code,
        organization_id=str(row.organization_id),
        province_code=row.province_code,
        district_code=row.district_code,
        commune_code=row.place_code,
        service_code=row.service_code,
        group_code=row.group_code,
        rung=row.rung,
        stage=row.stage,
        how=row.how,
        bottleneck=None,
        language="",
        time_quality="",
        grade=TALLIED,
        under_review=False,
        synthetic=row.is_synthetic,
        withdrawn=row.quantity == 0,
        quantity=row.quantity,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
