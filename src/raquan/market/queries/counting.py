"""Results: an enterprise's own, whose reports are missing, public totals, and facts for measures."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, total_of, window
from raquan.market.models import Offer, OfferResult
from raquan.market.queries.columns import RESULTS
from raquan.market.queries.offers import codes_in
from raquan.market.queries.shapes import EnterpriseMonth, PublicTotals, ResultFact, ResultView
from raquan.market.rules import SHOWN, Grade, public_total, settled_before
from raquan.market.rules.counting import GRADE_NAMES
from raquan.people.queries import organizations_of
from raquan.people.rules import Action

PAGE_SIZE = 50


def results_of(
    actor: Actor,
    campaign_id: UUID,
    *,
    offer_id: UUID | None = None,
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ResultView]:
    """List what enterprises told, of those that the actor writes for; an offer's alone where one is named.

    Raises NotAllowed. Two queries.
    """
    found = _own(actor).filter(offer__campaign_id=campaign_id)
    if offer_id is not None:
        found = found.filter(offer_id=offer_id)
    rows = RESULTS.ordered(found.select_related("offer__organization"), sort)[window(page, size)]
    items = [_view(row) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def results_by_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, ResultView]:
    """Give those of some results that are of enterprises that the actor writes for. Raises NotAllowed. One query."""
    return {row.id: _view(row) for row in _own(actor).filter(id__in=ids).select_related("offer__organization")}


def enterprise_months(actor: Actor, campaign_id: UUID, month: date) -> tuple[EnterpriseMonth, ...]:
    """Tell of each enterprise that the actor writes for how many offers ran in a month, and how many lack a result.

    `month` is its first day. Raises NotAllowed. One query.
    """
    own = organizations_of(actor, Action.OFFER_WRITE)
    last = (month.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
    ran = Offer.objects.filter(
        campaign_id=campaign_id,
        state__in=[one.value for one in SHOWN],
        published_at__isnull=False,
        starts_on__lt=last,
        ends_on__gte=month,
    )
    if own is not None:
        ran = ran.filter(organization_id__in=own)
    rows = (
        ran.values("organization_id", "organization__name", "organization__sort_key")
        .annotate(total=Count("id", distinct=True), told=Count("results", filter=Q(results__month=month)))
        .order_by("organization__sort_key")
    )
    return tuple(
        EnterpriseMonth(
            row["organization_id"], row["organization__name"], month, row["total"], row["total"] - row["told"]
        )
        for row in rows
    )


def public_totals(campaign_id: UUID, *, now: datetime) -> PublicTotals:
    """Add up the results of settled months over enterprises; what would tell one's figure is held back. One query."""
    until = settled_before(local_date(now))
    rows = (
        OfferResult.objects.filter(offer__campaign_id=campaign_id, month__lt=until)
        .values(organization=F("offer__organization_id"))
        .annotate(redeemed=Sum("redeemed"), new_customers=Sum("new_customers"), value=Sum("value"))
        .order_by()
    )
    by: dict[str, dict[object, int]] = defaultdict(dict)
    for row in rows:
        for name in ("redeemed", "new_customers", "value"):
            by[name][row["organization"]] = row[name] or 0
    return PublicTotals(
        public_total(by["redeemed"]), public_total(by["new_customers"]), public_total(by["value"]), until
    )


def result_facts(campaign_ids: Collection[UUID]) -> list[ResultFact]:
    """Give every result of some campaigns, oldest first; for analytics alone. One query."""
    rows = OfferResult.objects.filter(offer__campaign_id__in=campaign_ids).select_related("offer__organization")
    return [
        ResultFact(
            result_id=row.id,
            offer_id=row.offer_id,
            campaign_id=row.offer.campaign_id,
            organization_id=row.offer.organization_id,
            form=row.offer.form,
            service_codes=codes_in(row.offer.services),
            place_codes=codes_in(row.offer.places),
            seat=row.offer.organization.place_code or "",
            month=row.month,
            grade=row.grade,
            redeemed=row.redeemed,
            new_customers=row.new_customers,
            value=row.value,
        )
        for row in rows.order_by("month", "id")
    ]


def _own(actor: Actor) -> QuerySet[OfferResult]:
    own = organizations_of(actor, Action.OFFER_WRITE)
    found = OfferResult.objects.all()
    return found if own is None else found.filter(offer__organization_id__in=own)


def _view(row: OfferResult) -> ResultView:
    return ResultView(
        offer_id=row.offer_id,
        code=row.offer.code,
        title=row.offer.title,
        organization_name=row.offer.organization.name,
        month=row.month,
        grade=row.grade,
        grade_name=gettext(GRADE_NAMES[Grade(row.grade)]),
        redeemed=row.redeemed,
        new_customers=row.new_customers,
        value=row.value,
        edition=row.edition,
        said_at=row.said_at,
        by_name=row.by_name,
    )
