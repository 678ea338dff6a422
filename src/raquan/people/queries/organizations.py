"""What may be asked about organizations, and whom a written name means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed
from raquan.kernel.text import fold
from raquan.people.models import Organization
from raquan.people.rules import Action, Level, may
from raquan.people.rules.matching import Candidate, Match, Matcher


@dataclass(frozen=True, slots=True)
class OrganizationView:
    """An organization as pages show it."""

    id: UUID
    code: str | None
    name: str
    short_name: str
    level: str
    place_code: str | None


@dataclass(frozen=True, slots=True)
class OrganizationMatch:
    """The organization that a document means; `score` from 0.7 to 1 (its very words, or an abbreviation of them)."""

    organization_id: UUID
    name: str
    score: float


def organization(organization_id: UUID) -> OrganizationView | None:
    """Give an organization."""
    found = Organization.objects.filter(id=organization_id).first()
    return view_of(found) if found else None


def organization_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give names by id, in one query."""
    return dict(Organization.objects.filter(id__in=set(ids)).values_list("id", "name"))


def organization_levels(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give levels by id, in one query."""
    return dict(Organization.objects.filter(id__in=set(ids)).values_list("id", "level"))


def organization_of_place(place_code: str) -> OrganizationView | None:
    """Give the people's committee of a province, district or commune."""
    levels = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
    committees = Organization.objects.filter(place_code=place_code, level__in=levels)
    found = committees.order_by("sort_key", "id").first()
    return view_of(found) if found else None


def organizations(actor: Actor, text: str = "", page: int = 1, size: int = 50) -> Page[OrganizationView]:
    """List the organizations whose names hold a text, accents optional. Raises NotAllowed."""
    if not (may(actor, Action.PLAN_READ) or may(actor, Action.PEOPLE_READ)):
        raise NotAllowed()
    found = Organization.objects.filter(search_key__contains=fold(text)).order_by("sort_key", "id")
    items = [view_of(one) for one in found[window(page, size)]]
    return Page(items, page, size, total_of(items, page, size, found.count))


def organizations_of_level(*levels: str) -> tuple[OrganizationView, ...]:
    """List the organizations of some levels by name, in one query; for commands and jobs."""
    return tuple(view_of(one) for one in Organization.objects.filter(level__in=levels).order_by("sort_key", "id"))


def match_organization(written: str) -> OrganizationMatch | None:
    """Give the organization that a name means.

    None for an unknown name, for one that fits several, and for a collective ("các sở, ban, ngành"):
    a task of all is a task of nobody in particular, and the plan keeps it as written.
    """
    return match_organizations([written])[0]


def match_organizations(written: Sequence[str]) -> list[OrganizationMatch | None]:
    """Give the organization of each name, in one query."""
    rows = Organization.objects.order_by("sort_key", "id").values_list("id", "name", "short_name", "aliases")
    matcher = Matcher(Candidate(id_, name, (short, *aliases)) for id_, name, short, aliases in rows)
    return [_match(matcher.match(one)) for one in written]


def _match(found: Match | None) -> OrganizationMatch | None:
    if found is None or not isinstance(found.candidate.id, UUID):
        return None
    return OrganizationMatch(found.candidate.id, found.candidate.name, found.score)


def view_of(found: Organization) -> OrganizationView:
    """Show an organization."""
    return OrganizationView(found.id, found.code, found.name, found.short_name, found.level, found.place_code)
