"""What may be asked of the market: by the enterprise, by the office that decides, by everybody."""

from raquan.market.queries.checking import checklist, law
from raquan.market.queries.columns import OFFERS, REGISTRATIONS, RESULTS
from raquan.market.queries.counting import enterprise_months, public_totals, result_facts, results_by_ids, results_of
from raquan.market.queries.offers import (
    draft_of,
    may_decide,
    may_write,
    offer,
    offers,
    place_choices,
    places_named,
    returned_count,
    service_choices,
    writable_organizations,
)
from raquan.market.queries.registrations import (
    held_registration,
    may_admit,
    registration,
    registrations,
)
from raquan.market.queries.shapes import (
    CheckedView,
    EnterpriseMonth,
    OfferView,
    PublicTotals,
    RegistrationView,
    ResultFact,
    ResultView,
)
from raquan.market.queries.showing import Asked, public_offer, public_offers

__all__ = [
    "OFFERS",
    "REGISTRATIONS",
    "RESULTS",
    "Asked",
    "CheckedView",
    "EnterpriseMonth",
    "OfferView",
    "PublicTotals",
    "RegistrationView",
    "ResultFact",
    "ResultView",
    "checklist",
    "draft_of",
    "enterprise_months",
    "held_registration",
    "law",
    "may_admit",
    "may_decide",
    "may_write",
    "offer",
    "offers",
    "place_choices",
    "places_named",
    "public_offer",
    "public_offers",
    "public_totals",
    "registration",
    "registrations",
    "result_facts",
    "results_by_ids",
    "results_of",
    "returned_count",
    "service_choices",
    "writable_organizations",
]
