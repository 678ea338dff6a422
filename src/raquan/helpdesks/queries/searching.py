"""What stands in the index of help desks, and which of them an actor may see."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from raquan.helpdesks.models import HelpDesk
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.outings.queries import place_names
from raquan.people.rules import Action, may
from raquan.search.rules import Entry, Kind, join_line


def _entries(rows: QuerySet[HelpDesk]) -> Iterable[Entry]:
    found = list(rows.select_related("organization", "site"))
    names = place_names({(one.place_path, one.valid_from) for one in found})
    for one in found:
        yield Entry(
            id=one.id,
            title=one.site.name,
            line=join_line(names[one.place_path, one.valid_from], one.organization.name),
            href=f"/desk/help-desks/{one.id}/",
            code=one.code,
            more=f"{one.organization.short_name} {one.site.address}",
            at=one.valid_from,
            public_href=f"/{one.valid_from.year}/help-desks/{one.code}/",
        )


def _seen(actor: Actor) -> bool:
    """Tell whether the actor may open desks: where one is and when it is open, everybody may know."""
    return may(actor, Action.OUTING_READ)


def _at_sites(site_ids: Collection[str]) -> Iterable[UUID]:
    return HelpDesk.objects.filter(site_id__in=site_ids).values_list("id", flat=True)


HELP_DESKS = Kind(
    key="help-desk",
    name=N_("Điểm hỗ trợ"),
    subject="helpdesks.HelpDesk",
    rows=HelpDesk.objects.all,
    readable=_seen,
    entries=_entries,
    touched={"outings.Site": _at_sites},
)
KINDS = (HELP_DESKS,)
