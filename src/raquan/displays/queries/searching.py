"""What stands in the index of displays and places, and which of it an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from raquan.displays.models import Display, DisplayReport, DisplaySite, PageCheck
from raquan.displays.queries.reading import readable_displays, readable_sites
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.search.rules import Entry, Kind, join_line


def _sites(rows: QuerySet[DisplaySite]) -> Iterable[Entry]:
    for one in rows.select_related("organization"):
        line = join_line(one.organization.name, one.address)
        yield Entry(one.id, one.name, f"/desk/displays/sites/{one.id}/", line=line)


def _displays(rows: QuerySet[Display]) -> Iterable[Entry]:
    for one in rows.select_related("site__organization", "artwork"):
        line = join_line(one.site.name, one.site.organization.name)
        yield Entry(one.id, one.artwork.title, f"/desk/displays/{one.id}/", line=line, at=one.asked_at)


def _looks(actor: Actor, site_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Give the looks at a place's page too: who may read its history may read what was seen."""
    newest = PageCheck.objects.filter(site_id=site_id).order_by("-at").values_list("id", flat=True)[:200]
    return {"displays.PageCheck": list(newest)}


def _reports(actor: Actor, display_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Give the reports of a display too: who may read its history may read who said what a report is of."""
    newest = DisplayReport.objects.filter(display_id=display_id).order_by("-seen_at").values_list("id", flat=True)
    return {"displays.DisplayReport": list(newest[:200])}


KINDS = (
    Kind(
        "display_site",
        N_("Nơi treo, nơi đăng"),
        "displays.DisplaySite",
        DisplaySite.objects.all,
        readable_sites,
        _sites,
        acts=_looks,
    ),
    Kind(
        "display",
        N_("Ấn phẩm đã treo"),
        "displays.Display",
        Display.objects.all,
        readable_displays,
        _displays,
        acts=_reports,
    ),
)
