"""What stands in the index of snapshots, and who may see them."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.analytics.models import Snapshot
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_datetime
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.search.rules import Entry, Kind, join_line


def _entries(rows: QuerySet[Snapshot]) -> Iterable[Entry]:
    for one in rows.select_related("campaign"):
        yield Entry(
            id=one.id,
            title=gettext("Bản chốt số liệu %(number)s năm %(year)s")
            % {"number": one.number, "year": one.campaign.year},
            line=join_line(format_datetime(one.frozen_at), one.note),
            href=f"/desk/figures/snapshots/{one.id}/",
            at=one.frozen_at,
        )


def _seen(actor: Actor) -> bool:
    return may(actor, Action.FIGURE_READ)


SNAPSHOTS = Kind("snapshot", N_("Bản chốt số liệu"), "analytics.Snapshot", Snapshot.objects.all, _seen, _entries)
KINDS = (SNAPSHOTS,)
