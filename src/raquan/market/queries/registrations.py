"""What may be asked of registrations: by the holder of the private address, and by the office."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.open_forms import is_token, mark_of
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.market.models import Registration
from raquan.market.queries.columns import REGISTRATIONS
from raquan.market.queries.shapes import RegistrationView
from raquan.market.rules import (
    REGISTRATION_STATE_NAMES,
    REGISTRATION_TRANSITIONS,
    Particulars,
    RegistrationState,
    RegistrationStep,
)
from raquan.people import queries as people
from raquan.people.rules import Action, may

PAGE_SIZE = 20


def held_registration(token: str) -> RegistrationView | None:
    """Give the registration of a private address; who has the address may read it. None where there is none."""
    found = Registration.objects.filter(mark=mark_of(token)).first() if is_token(token) else None
    return _view(found) if found else None


def registration(actor: Actor, registration_id: UUID) -> RegistrationView:
    """Give a registration to the office. Raises NotFound, NotAllowed."""
    if not may_admit(actor):
        raise NotAllowed()
    found = Registration.objects.filter(id=registration_id).first()
    if found is None:
        raise NotFound()
    return _view(found)


def registrations(
    actor: Actor, *, state: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[RegistrationView]:
    """List registrations, in an order of REGISTRATIONS' columns. Raises NotAllowed. Two queries."""
    found = readable_registrations(actor)
    if state:
        found = found.filter(state=state)
    rows = REGISTRATIONS.ordered(found, sort)[window(page, size)]
    items = [_view(row, is_claimed=False) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def readable_registrations(actor: Actor) -> QuerySet[Registration]:
    """Give the registrations that the actor may see: the office's, which are all of them. Raises NotAllowed."""
    if not may_admit(actor):
        raise NotAllowed()
    return Registration.objects.all()


def may_admit(actor: Actor) -> bool:
    """Tell whether the actor lets enterprises in: who decides on offers everywhere, not for one unit or place."""
    return may(actor, Action.OFFER_DECIDE) and people.organizations_of(actor, Action.OFFER_DECIDE) is None


def _view(row: Registration, *, is_claimed: bool | None = None) -> RegistrationView:
    state = RegistrationState(row.state)
    if is_claimed is None:
        is_claimed = row.user_id is not None and people.has_password(row.user_id)
    return RegistrationView(
        id=row.id,
        particulars=Particulars(
            name=row.name,
            tax_code=row.tax_code,
            address=row.address,
            contact_name=row.contact_name,
            contact_login=row.contact_login,
            home_page=row.home_page,
            about=row.about,
        ),
        state=row.state,
        state_name=gettext(REGISTRATION_STATE_NAMES[state]),
        edition=row.edition,
        reason=row.reason,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        organization_id=row.organization_id,
        is_claimed=is_claimed,
        steps=tuple(step.value for step in RegistrationStep if REGISTRATION_TRANSITIONS.leads_to(state, step)),
    )
