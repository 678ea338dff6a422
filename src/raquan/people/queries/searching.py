"""What stands in the index of people and organizations, and which of them an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.db.models import Q, QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.people.models import NOBODY, Duty, Invitation, Organization, User
from raquan.people.queries.register import readable_organizations
from raquan.people.rules import LEVEL_NAMES, Level
from raquan.search.rules import Entry, Kind, endings, join_line


def _person_entries(rows: QuerySet[User]) -> Iterable[Entry]:
    # Whose duties somebody may read differs from reader to reader, so none of them stands here.
    for one in rows:
        yield Entry(
            id=one.id,
            title=one.full_name,
            line=one.login,
            href=f"/desk/people/{one.id}/",
            more="" if "@" in one.login else endings(one.login),
        )


def _people_seen(actor: Actor) -> Any:
    """Select the people whose page the actor may open as a manager of people."""
    own = readable_organizations(actor)
    if own is None:
        return True
    here = Duty.objects.filter(organization_id__in=own).values("user_id")
    return User.objects.filter(Q(id__in=here) | Q(id=actor.id or NOBODY))


def _person_acts(actor: Actor, user_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Name a person's duties that the actor may read, and the invitations."""
    own = None if actor.id == user_id else readable_organizations(actor)
    duties = Duty.objects.filter(user_id=user_id)
    duties = duties if own is None else duties.filter(organization_id__in=own)
    invitations = Invitation.objects.filter(user_id=user_id)
    return {
        "people.Duty": list(duties.values_list("id", flat=True)),
        "people.Invitation": list(invitations.values_list("id", flat=True)),
    }


def _organization_entries(rows: QuerySet[Organization]) -> Iterable[Entry]:
    for one in rows.select_related("parent"):
        yield Entry(
            id=one.id,
            title=one.name,
            line=join_line(LEVEL_NAMES[Level(one.level)], one.parent.name if one.parent else ""),
            href=f"/desk/people/organizations/?q={quote(one.name)}",
            code=one.code or "",
            more=" ".join((one.short_name, *one.aliases)),
        )


def _organizations_seen(actor: Actor) -> Any:
    own = readable_organizations(actor)
    return True if own is None else Organization.objects.filter(id__in=own)


PEOPLE = Kind(
    key="person",
    name=N_("Người"),
    subject="people.User",
    rows=User.objects.all,
    readable=_people_seen,
    entries=_person_entries,
    acts=_person_acts,
)
ORGANIZATIONS = Kind(
    key="organization",
    name=N_("Đơn vị"),
    subject="people.Organization",
    rows=Organization.objects.all,
    readable=_organizations_seen,
    entries=_organization_entries,
    is_listed=True,
)
KINDS = (ORGANIZATIONS, PEOPLE)
