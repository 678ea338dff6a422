"""What everybody may see of offers: those published, in an order that nobody pays for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page
from raquan.market.models import Offer
from raquan.market.queries.offers import views, whole
from raquan.market.queries.shapes import OfferView
from raquan.market.rules import SHOWN, OfferState, lead_of_day, read_offer_code
from raquan.places import queries as places
from raquan.places.queries import UnitView

PAGE_SIZE = 20
MOST_SHOWN = 5000
"""So many offers are put into the order of the day; a campaign has some hundreds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for; empty is anything. `when` is "today", "weekend" or empty."""

    service: str = ""
    form: str = ""
    place: str = ""
    when: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything was chosen."""
        return bool(self.service or self.form or self.place or self.when)


def public_offer(code: str, *, now: datetime) -> OfferView | None:
    """Give an offer that was published, suspended and ended ones too; None for any other code."""
    stored = read_offer_code(code)
    states = [one.value for one in SHOWN]
    found = whole().filter(code=stored, state__in=states, published_at__isnull=False).first()
    return views([found], now=now)[0] if found else None


def public_offers(
    campaign_id: UUID, *, now: datetime, asked: Asked = Asked(), page: int = 1, size: int = PAGE_SIZE
) -> tuple[Page[OfferView], tuple[UnitView, ...]]:
    """List the published offers whose last day is not over, and the places that `asked.place` names.

    Their order is the day's (rules.lead_of_day): every enterprise has the same chance to stand first. Four queries.
    """
    today = local_date(now)
    units = places.search_units(asked.place, on=today, limit=5) if asked.place else ()
    found = _filtered(Offer.objects.filter(campaign_id=campaign_id), asked, units, today)
    codes = sorted(found.values_list("code", flat=True)[:MOST_SHOWN], key=lambda code: lead_of_day(code, today))
    page = max(page, 1)
    here = codes[(page - 1) * size : page * size]
    rows = {row.code: row for row in whole().filter(code__in=here)}
    return Page(list(views([rows[one] for one in here if one in rows], now=now)), page, size, len(codes)), units


def days_of(when: str, today: date) -> tuple[date, date]:
    """Give the days that are meant: today, the weekend that is now or next, or from today on."""
    if when == "today":
        return today, today
    if when == "weekend":
        saturday = today + timedelta(days=max(0, 5 - today.weekday()))
        return max(today, saturday), saturday + timedelta(days=1) if today.weekday() < 6 else today
    return today, date.max


def _filtered(found: QuerySet[Offer], asked: Asked, units: tuple[UnitView, ...], today: date) -> QuerySet[Offer]:
    first, last = days_of(asked.when, today)
    found = found.filter(state=OfferState.PUBLISHED.value, ends_on__gte=first)
    if asked.when:
        found = found.filter(starts_on__lte=last)
    if asked.service:
        found = found.filter(services__contains=f"/{asked.service}/")
    if asked.form:
        found = found.filter(form=asked.form)
    if not asked.place:
        return found
    # Offers of the whole province, of what the place lies in, and of what lies in the place.
    near = Q(pk__in=[]) if not units else Q(places="")
    for unit in units:
        near |= Q(place_paths__contains=f"/{unit.code}/")
        for code in places.path_on(unit.code, today):
            near |= Q(places__contains=f"/{code}/")
    return found.filter(near)
