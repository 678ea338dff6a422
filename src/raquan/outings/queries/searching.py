"""What stands in the index of outings and sites, and which of them an actor may see."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.outings.models import Outing, Site
from raquan.outings.queries.places import place_names
from raquan.outings.queries.planning import planning_places
from raquan.outings.queries.reading import readable_outings
from raquan.people.rules import Action, may
from raquan.search.rules import Entry, Kind, join_line


def _outing_entries(rows: QuerySet[Outing]) -> Iterable[Entry]:
    found = list(
        rows.select_related("organization", "site", "task", "campaign").defer("task__source_text", "campaign__theme")
    )
    names = place_names({(one.place_path, one.held_on) for one in found})
    for one in found:
        yield Entry(
            id=one.id,
            title=one.site.name,
            line=join_line(format_date(one.held_on), names[one.place_path, one.held_on], one.organization.name),
            href=f"/desk/outings/{one.id}/",
            code=one.code,
            more=f"{one.organization.short_name} {one.site.address} {one.task.title if one.task else ''}",
            at=datetime.combine(one.held_on, one.starts_at, VIETNAM),
            public_href=f"/{one.campaign.year}/outings/{one.code}/",
        )


def _outings_at(site_ids: Collection[str]) -> Iterable[UUID]:
    return Outing.objects.filter(site_id__in=site_ids).values_list("id", flat=True)


def _site_entries(rows: QuerySet[Site]) -> Iterable[Entry]:
    found = [(one, one.place.valid_to or one.place.valid_from) for one in rows.select_related("place")]
    names = place_names({(one.place_path, day) for one, day in found})
    for one, day in found:
        line = join_line(one.address, names[one.place_path, day])
        yield Entry(id=one.id, title=one.name, line=line, href=f"/desk/outings/sites/{one.id}/")


def _sites_seen(actor: Actor) -> Any:
    """Select the sites that the actor may correct; the same rule as `may_correct`, said to the database."""
    if not may(actor, Action.OUTING_PLAN):
        return False
    own = planning_places(actor)
    here = Q(pk__in=[])
    for code in own or ():
        here |= Q(place_path__contains=f"/{code}/")
    return True if own is None else Site.objects.filter(here)


OUTINGS = Kind(
    key="outing",
    name=N_("Buổi ra quân"),
    subject="outings.Outing",
    rows=Outing.objects.all,
    readable=readable_outings,
    entries=_outing_entries,
    touched={"outings.Site": _outings_at},
    unmoved_by=frozenset({"check_in", "tick_kit", "change_team"}),
)
SITES = Kind(
    key="site",
    name=N_("Địa điểm"),
    subject="outings.Site",
    rows=Site.objects.all,
    readable=_sites_seen,
    entries=_site_entries,
)

KINDS = (OUTINGS, SITES)
