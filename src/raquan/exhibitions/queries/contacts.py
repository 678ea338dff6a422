"""What visitors left: its enterprise reads its own, the visitor reads it at the private address, nobody else any."""

import json
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.exhibitions.engine import unseal
from raquan.exhibitions.models import Contact
from raquan.exhibitions.queries.columns import CONTACTS
from raquan.exhibitions.queries.exhibitions import own_enterprises
from raquan.exhibitions.queries.shapes import ContactView
from raquan.exhibitions.rules import CONSENT, OUTCOME_NAMES, PURPOSE_NAMES, Outcome, Purpose
from raquan.kernel.actor import Actor
from raquan.kernel.open_forms import is_token, mark_of
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action, may

PAGE_SIZE = 20
_NOBODY = {"name": "", "phone": "", "words": ""}


def contacts(
    actor: Actor, campaign_id: UUID, *, outcome: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[ContactView]:
    """List what visitors left the actor's enterprises, in an order of CONTACTS. Raises NotAllowed.

    `outcome` "none" are those of whom nothing was said yet, "" is all.
    """
    found = readable_contacts(actor).filter(application__exhibition__campaign_id=campaign_id)
    if outcome:
        found = found.filter(outcome="" if outcome == "none" else outcome)
    rows = list(CONTACTS.ordered(found, sort)[window(page, size)])
    return Page([_view(one) for one in rows], max(page, 1), size, total_of(rows, page, size, found.count))


def readable_contacts(actor: Actor) -> QuerySet[Contact]:
    """Give the contacts of the actor's own enterprises; the organizer and the office have none. Raises NotAllowed."""
    if not may(actor, Action.BOOTH_APPLY):
        raise NotAllowed()
    own = own_enterprises(actor)
    return Contact.objects.select_related("application__organization").filter(application__organization_id__in=own)


def held_contact(token: str) -> ContactView | None:
    """Give the contact of a private address; who has the address left it. None where there is none."""
    found = held_row(token)
    return _view(found) if found else None


def held_row(token: str) -> Contact | None:
    """Give the row of a private address."""
    rows = Contact.objects.select_related("application__organization")
    return rows.filter(mark=mark_of(token)).first() if is_token(token) else None


def consent_words(enterprise: str, days: int) -> str:
    """Give the words that a visitor agrees to, in the language that they read."""
    return gettext(CONSENT).format(enterprise=enterprise, days=days)


def particulars(row: Contact) -> dict[str, str]:
    """Open what a contact holds; nothing once it was emptied, or when its key is lost."""
    data = unseal(bytes(row.sealed), bound=row.id.bytes) if row.sealed is not None else None
    return _NOBODY | json.loads(data) if data else dict(_NOBODY)


def _view(row: Contact) -> ContactView:
    said = particulars(row)
    return ContactView(
        id=row.id,
        application_id=row.application_id,
        enterprise=row.application.organization.name,
        booth=row.application.booth,
        name=said["name"],
        phone=said["phone"],
        words=said["words"],
        purpose=row.purpose,
        purpose_name=gettext(PURPOSE_NAMES[Purpose(row.purpose)]),
        consent=row.consent,
        left_at=row.left_at,
        purge_on=row.purge_on,
        is_emptied=row.emptied_at is not None,
        outcome=row.outcome,
        outcome_name=gettext(OUTCOME_NAMES[Outcome(row.outcome)]) if row.outcome else "",
        outcome_at=row.outcome_at,
        edition=row.edition,
    )
