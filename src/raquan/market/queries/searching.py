"""What stands in the index of the market, and which of it an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.market.models import Offer, OfferResult, Registration
from raquan.market.queries.offers import readable
from raquan.market.queries.registrations import readable_registrations
from raquan.market.rules import SHOWN, OfferState
from raquan.search.rules import Entry, Kind, join_line


def _offers(rows: QuerySet[Offer]) -> Iterable[Entry]:
    for one in rows.select_related("organization", "campaign"):
        is_shown = OfferState(one.state) in SHOWN and one.published_at is not None
        yield Entry(
            one.id,
            one.title,
            f"/desk/offers/{one.id}/",
            line=join_line(one.organization.name, one.code),
            code=one.code,
            at=one.starts_on,
            public_href=f"/{one.campaign.year}/offers/{one.code}/" if is_shown else "",
        )


def _registrations(rows: QuerySet[Registration]) -> Iterable[Entry]:
    for one in rows:
        line = join_line(one.tax_code, one.contact_name)
        yield Entry(one.id, one.name, f"/desk/offers/registrations/{one.id}/", line=line, at=one.sent_at)


def _acts(actor: Actor, offer_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Give the offer's results too: who may read its history may read theirs."""
    return {"market.OfferResult": list(OfferResult.objects.filter(offer_id=offer_id).values_list("id", flat=True))}


KINDS = (
    Kind("offer", N_("Ưu đãi"), "market.Offer", Offer.objects.all, readable, _offers, acts=_acts),
    Kind(
        "registration",
        N_("Doanh nghiệp đăng ký"),
        "market.Registration",
        Registration.objects.all,
        readable_registrations,
        _registrations,
    ),
)
