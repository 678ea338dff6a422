"""Who is on duty for an organization, and which organization stands above it; for commands and jobs."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from raquan.people.models import Duty, Organization
from raquan.people.queries.actors import in_force
from raquan.people.queries.organizations import OrganizationView, organization, organization_of_place
from raquan.people.rules import Role
from raquan.places import queries as places


def on_duty(organization_id: UUID | None, roles: Collection[Role], on: date) -> frozenset[UUID]:
    """Give the people who hold one of some roles for an organization on a day, in one query.

    None means the whole province. Whoever is away that day is left out, and who stands in for them is given.
    """
    away = Exists(in_force(on).filter(instead_of_id=OuterRef("id"), user__is_active=True))
    held = in_force(on).filter(~away, role__in=[one.value for one in roles], user__is_active=True)
    if organization_id is None:
        held = held.filter(organization__isnull=True, place_code__isnull=True)
    else:
        held = held.filter(organization_id=organization_id)
    return frozenset(held.values_list("user_id", flat=True))


def organization_above(organization_id: UUID, on: date) -> OrganizationView | None:
    """Give the organization that one answers to: its parent, else the committee of the place around its own.

    None for the province's own, above which only the standing office is.
    """
    found = Organization.objects.filter(id=organization_id).first()
    if found is None:
        return None
    if found.parent_id is not None:
        return organization(found.parent_id)
    around = places.path_on(found.place_code, on)[:-1] if found.place_code else ()
    return organization_of_place(around[-1]) if around else None


def staff_ids(organization_ids: Collection[UUID]) -> frozenset[UUID]:
    """Give the people who have, had or will have a duty for some organizations, in one query."""
    held = Duty.objects.filter(organization_id__in=list(organization_ids))
    return frozenset(held.values_list("user_id", flat=True))
