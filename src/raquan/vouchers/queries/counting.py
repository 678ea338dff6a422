"""Redemptions as figures: by counter and day for measures, and as a total that tells of no enterprise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Sum, Value
from django.db.models.functions import TruncDate

from raquan.kernel.clock import VIETNAM, local_date
from raquan.market.rules import Total, public_total, settled_before
from raquan.vouchers.models import Redemption, RedemptionFailure
from raquan.vouchers.queries.listing import COUNTED, REFUSED, REVERSED
from raquan.vouchers.rules import Outcome

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RedemptionFact:
    """What became of so many vouchers at a counter on a day, as measures read it; `organization_id` never leaves them.

    `state` is counted, reversed, refused (by the server) or failed (refused by the counter itself), with the `reason`
    of the latter two. `place_code` is the one place where the offer holds, else the seat of the enterprise. `bills`
    of them have an amount, of `amount` dong together, None where none has.
    """

    run_id: UUID
    counter_id: UUID
    campaign_id: UUID
    organization_id: UUID
    service_codes: tuple[str, ...]
    place_code: str
    day: date
    state: str
    reason: str
    count: int
    bills: int
    amount: int | None


@dataclass(frozen=True, slots=True)
class PublicRedemptions:
    """How many redemptions counted in all months before `until`, or that the total is held back."""

    total: Total
    until: date


def redemption_facts(campaign_ids: Collection[UUID]) -> list[RedemptionFact]:
    """Add up what counters sent of campaigns' runs, by run, counter, day, outcome and reason; for analytics alone.

    One query, however much was redeemed; the answer grows with counters and days.
    """
    nobody = Value(None, output_field=BigIntegerField())
    sent = Redemption.objects.filter(run__campaign_id__in=campaign_ids).order_by()
    counted = sent.values(*_OF_RUN, "reason", "outcome", "is_counted", day=F("redeemed_on"))
    failures = RedemptionFailure.objects.filter(run__campaign_id__in=campaign_ids).order_by()
    refused = failures.values(
        *_OF_RUN, "reason", outcome=Value(FAILED), is_counted=Value(False), day=TruncDate("failed_at", tzinfo=VIETNAM)
    )
    rows = counted.annotate(n=Count("id"), bills=Count("amount"), total=Sum("amount")).union(
        refused.annotate(n=Count("id"), bills=Value(0), total=nobody), all=True
    )
    return [_fact(row) for row in rows]


_OF_RUN = (
    "run_id",
    "counter_id",
    "run__campaign_id",
    "run__organization_id",
    "run__organization__place_code",
    "run__offer__services",
    "run__offer__places",
)


def _fact(row: dict[str, Any]) -> RedemptionFact:
    places = _codes(row["run__offer__places"])
    return RedemptionFact(
        run_id=row["run_id"],
        counter_id=row["counter_id"],
        campaign_id=row["run__campaign_id"],
        organization_id=row["run__organization_id"],
        service_codes=_codes(row["run__offer__services"]),
        place_code=places[0] if len(places) == 1 else row["run__organization__place_code"] or "",
        day=row["day"],
        state=_STATES.get((row["outcome"], bool(row["is_counted"])), FAILED),
        reason=row["reason"],
        count=row["n"],
        bills=row["bills"],
        amount=row["total"],
    )


_STATES = {
    (Outcome.ACCEPTED.value, True): COUNTED,
    (Outcome.ACCEPTED.value, False): REVERSED,
    (Outcome.REFUSED.value, False): REFUSED,
}


def public_redemptions(campaign_id: UUID, *, now: datetime) -> PublicRedemptions:
    """Add redemptions of settled months up over enterprises, by the market's rule of what may be public. One query."""
    until = settled_before(local_date(now))
    counted = Redemption.objects.filter(run__campaign_id=campaign_id, is_counted=True, redeemed_on__lt=until)
    by_enterprise = counted.order_by().values_list("organization_id").annotate(Count("id"))
    return PublicRedemptions(public_total(dict(by_enterprise)), until)


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(one for one in joined.split("/") if one)
