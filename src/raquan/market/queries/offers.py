"""What may be asked of offers by who writes them and who decides."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold, sort_key
from raquan.market.models import Offer
from raquan.market.queries.checking import checklist
from raquan.market.queries.columns import OFFERS
from raquan.market.queries.shapes import CheckedView, OfferView
from raquan.market.rules import (
    EDITABLE,
    FORM_NAMES,
    OFFER_STATE_NAMES,
    OFFER_TRANSITIONS,
    REDEEM_NAMES,
    Draft,
    OfferState,
    OfferStep,
    PromotionForm,
    Redeem,
    read_offer_code,
)
from raquan.market.rules.law import Checked
from raquan.people import queries as people
from raquan.people.queries import organizations_of
from raquan.people.rules import Action, Level, may
from raquan.places import queries as places

PAGE_SIZE = 20
WRITERS_STEPS = frozenset({OfferStep.SUBMIT, OfferStep.SUSPEND, OfferStep.END})
"""Steps that the enterprise takes itself; the others are the office's."""


def offer(actor: Actor, offer_id: UUID, *, now: datetime) -> tuple[OfferView, tuple[CheckedView, ...]]:
    """Give an offer with its checklist to its enterprise or the office. Raises NotFound, NotAllowed."""
    found = whole().filter(id=offer_id).first()
    if found is None:
        raise NotFound()
    if not may_write(actor, found.organization_id):
        raise NotAllowed()
    checks = tuple(_checked(one) for one in checklist(found))
    return views([found], now=now, actor=actor)[0], checks


def offers(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    state: str = "",
    text: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[OfferView]:
    """List the offers that the actor writes or decides on, in an order of OFFERS' columns. Raises NotAllowed."""
    found = readable(actor).filter(campaign_id=campaign_id)
    if state:
        found = found.filter(state=state)
    if text:
        named = Q(organization__search_key__contains=fold(text)) | Q(search_key__contains=fold(text))
        found = found.filter(named | Q(code=read_offer_code(text)))
    rows = list(OFFERS.ordered(found, sort)[window(page, size)])
    items = list(views(rows, now=now))
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def returned_count(actor: Actor, campaign_id: UUID) -> int:
    """Count the offers that were returned to who writes them. Raises NotAllowed."""
    return readable(actor).filter(campaign_id=campaign_id, state=OfferState.RETURNED.value).count()


def draft_of(view: OfferView) -> Draft:
    """Give what an offer says, as its form takes it."""
    return Draft(
        title=view.title,
        form=PromotionForm(view.form),
        starts_on=view.starts_on,
        ends_on=view.ends_on,
        service_codes=tuple(code for code, _ in view.services),
        place_codes=tuple(code for code, _ in view.places),
        percent=view.percent,
        unit_price=view.unit_price,
        unit_value=view.unit_value,
        total_value=view.total_value,
        days_before=view.days_before,
        is_concentrated=view.is_concentrated,
        programme=view.programme,
        notice_number=view.notice_number,
        notice_on=view.notice_on,
        redeem=Redeem(view.redeem),
        link=view.link,
        where=view.where,
        terms=view.terms,
        how_to_use=view.how_to_use,
    )


def may_write(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether the actor writes an enterprise's offers, and so reads them."""
    return _reaches(actor, Action.OFFER_WRITE, organization_id)


def may_decide(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether the actor decides on an enterprise's offers."""
    return _reaches(actor, Action.OFFER_DECIDE, organization_id)


def writable_organizations(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """List for whom the actor writes offers, by name: enterprises, and whoever else has one. Raises NotAllowed."""
    own = organizations_of(actor, Action.OFFER_WRITE)
    if own is None:
        enterprises = {one.id: one.name for one in people.organizations_of_level(Level.ENTERPRISE.value)}
        others = set(Offer.objects.order_by().values_list("organization_id", flat=True).distinct()) - set(enterprises)
        named = enterprises | people.organization_names(others)
    else:
        named = people.organization_names(own)
    return tuple(sorted(named.items(), key=lambda pair: sort_key(pair[1])))


def service_choices(on: date) -> list[tuple[str, str]]:
    """List what services of the catalogue an offer can be about, in the catalogue's order."""
    language = get_language() or "vi"
    return [(one.code, in_language(one.name, language)) for one in catalogue.services_on(on)]


def place_choices(codes: Iterable[str], on: date) -> dict[str, str]:
    """Name places by code, as on a day."""
    return places.unit_names(list(codes), on)


def places_named(written: Sequence[str], on: date) -> tuple[list[str], list[str]]:
    """Give the codes of places by their names, and the names that are none; accents are optional."""
    codes, unknown = [], []
    for name in written:
        found = places.search_units(name, on=on, limit=1)
        if found:
            codes.append(found[0].code)
        else:
            unknown.append(name)
    return codes, unknown


def readable(actor: Actor) -> QuerySet[Offer]:
    """Give the offers that the actor writes or decides on. Raises NotAllowed."""
    own = organizations_of(actor, Action.OFFER_WRITE)
    return whole() if own is None else whole().filter(organization_id__in=own)


def whole() -> QuerySet[Offer]:
    """Give offers with what their views need."""
    return Offer.objects.select_related("organization", "campaign")


def codes_in(joined: str) -> tuple[str, ...]:
    """Give the codes of a stored list: /vietqr/vneid/ is vietqr, vneid."""
    return tuple(one for one in joined.split("/") if one)


def views(rows: Sequence[Offer], *, now: datetime, actor: Actor | None = None) -> tuple[OfferView, ...]:
    """Show offers, names looked up once for all; without an actor nothing may be done with them."""
    language, today = get_language() or "vi", local_date(now)
    names = catalogue.service_names({code for row in rows for code in codes_in(row.services)})
    services = {code: in_language(name, language) for code, name in names.items()}
    here = {code for row in rows for code in codes_in(row.places)}
    where = places.names_on_days(here, {row.starts_on for row in rows}) if here else {}
    return tuple(_view(row, services, where.get(row.starts_on, {}), today, actor) for row in rows)


def _checked(one: Checked) -> CheckedView:
    text = one.rule.text_en if get_language() == "en" and one.rule.text_en else one.rule.text
    return CheckedView(text, one.rule.source, one.result.value)


def _reaches(actor: Actor, action: Action, organization_id: UUID) -> bool:
    if not may(actor, action):
        return False
    own = organizations_of(actor, action)
    return own is None or organization_id in own


def _steps(row: Offer, actor: Actor | None) -> tuple[str, ...]:
    if actor is None:
        return ()
    decides = may_decide(actor, row.organization_id)
    state = OfferState(row.state)
    return tuple(
        step.value
        for step in OfferStep
        if OFFER_TRANSITIONS.leads_to(state, step) and (decides or step in WRITERS_STEPS)
    )


def _view(row: Offer, services: dict[str, str], where: dict[str, str], today: date, actor: Actor | None) -> OfferView:
    state = OfferState(row.state)
    is_over = state is OfferState.ENDED or row.ends_on < today
    return OfferView(
        id=row.id,
        code=row.code,
        year=row.campaign.year,
        is_synthetic=row.campaign.is_synthetic,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        title=row.title,
        form=row.form,
        form_name=gettext(FORM_NAMES[PromotionForm(row.form)]),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        services=tuple((code, services.get(code, code)) for code in codes_in(row.services)),
        places=tuple((code, where.get(code, code)) for code in codes_in(row.places)),
        percent=row.percent,
        unit_price=row.unit_price,
        unit_value=row.unit_value,
        total_value=row.total_value,
        days_before=row.days_before,
        is_concentrated=row.is_concentrated,
        programme=row.programme,
        notice_number=row.notice_number,
        notice_on=row.notice_on,
        redeem=row.redeem,
        redeem_name=gettext(REDEEM_NAMES[Redeem(row.redeem)]),
        link=row.link,
        where=row.where,
        terms=row.terms,
        how_to_use=row.how_to_use,
        state=row.state,
        state_name=gettext(OFFER_STATE_NAMES[state]),
        edition=row.edition,
        reason=row.reason,
        changed_at=row.changed_at,
        published_at=row.published_at,
        is_on=state is OfferState.PUBLISHED and row.starts_on <= today <= row.ends_on,
        is_over=is_over,
        steps=_steps(row, actor),
        is_editable=actor is not None and state in EDITABLE,
    )
