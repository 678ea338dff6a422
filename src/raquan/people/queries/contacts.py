"""Whom to call about a unit's report."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.people.models import Organization
from raquan.people.queries.actors import in_force
from raquan.people.queries.organizations import OrganizationView, view_of
from raquan.people.queries.scope import organizations_of
from raquan.people.rules import MAY, Action, Role


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes a unit's reports; `phone` is "" for who signs in with an e-mail address."""

    name: str
    phone: str


def contacts_of(actor: Actor, organization_ids: Collection[UUID], on: date) -> dict[UUID, tuple[Contact, ...]]:
    """Give the officers of some units on a day, of those whose people the actor may see. One query, or a few more.

    Raises NotAllowed for who may see nobody.
    """
    units = organizations_of(actor, Action.PEOPLE_READ)
    wanted = set(organization_ids) if units is None else set(organization_ids) & units
    writers = [role.value for role in Role if Action.REPORT_WRITE in MAY[role]]
    rows = (
        in_force(on)
        .filter(organization_id__in=wanted, role__in=writers, user__is_active=True)
        .order_by("user__full_name", "user_id")
        .values_list("organization_id", "user__full_name", "user__login")
        .distinct()
    )
    found: dict[UUID, tuple[Contact, ...]] = {}
    for organization_id, name, login in rows:
        if organization_id is not None:
            one = Contact(name, login if login.isdigit() else "")
            found[organization_id] = (*found.get(organization_id, ()), one)
    return found


def organizations_by_ids(ids: Collection[UUID]) -> dict[UUID, OrganizationView]:
    """Give organizations by id in the order of their names, in one query; unknown ones are left out."""
    rows = Organization.objects.filter(id__in=set(ids)).order_by("sort_key", "id")
    return {row.id: view_of(row) for row in rows}
