"""What may be asked of runs over units, and which units there are to run over."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outreach.models import ArtworkRun
from raquan.outreach.queries.shapes import RunView
from raquan.outreach.rules import FORMAT_NAMES, Format
from raquan.people import queries as people
from raquan.people.queries import OrganizationView
from raquan.people.rules import Action, Level, covers

OF_UNITS = (Level.PROVINCE, Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE, Level.UNION)
"""Whose name an artwork for all units carries; an enterprise's would make it advertising."""


def run(actor: Actor, run_id: UUID) -> RunView:
    """Give a run to the office. Raises NotAllowed, NotFound."""
    found = runs_seen(actor).filter(id=run_id).first()
    if found is None:
        raise NotFound()
    return _view(found)


def may_run(actor: Actor) -> bool:
    """Tell whether the actor may have artwork made for all units."""
    return covers(actor, Action.OUTREACH_DECIDE)


def runs(actor: Actor, artwork_id: UUID) -> tuple[RunView, ...]:
    """List an artwork's last runs, newest first; none for who may not run over all units. One query."""
    if not may_run(actor):
        return ()
    return tuple(_view(one) for one in runs_seen(actor).filter(artwork_id=artwork_id).order_by("-asked_at", "-id")[:5])


def runs_seen(actor: Actor) -> QuerySet[ArtworkRun]:
    """Give the runs that an actor may read: all, or none. Raises NotAllowed."""
    if not may_run(actor):
        raise NotAllowed()
    return ArtworkRun.objects.all()


def units() -> tuple[OrganizationView, ...]:
    """List the units whose name an artwork can carry, by name, in one query."""
    return people.organizations_of_level(*(level.value for level in OF_UNITS))


def own_units(actor: Actor) -> tuple[tuple[str, str], ...]:
    """List the units with whose name an actor fetches artwork, id and name. Raises NotAllowed."""
    own = people.organizations_of(actor, Action.OUTREACH_WRITE)
    return tuple((str(one.id), one.name) for one in units() if own is None or one.id in own)


def _view(row: ArtworkRun) -> RunView:
    return RunView(
        id=row.id,
        artwork_id=row.artwork_id,
        format=row.format,
        format_name=gettext(FORMAT_NAMES[Format(row.format)]),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        reached=row.reached,
        total=len(row.wanted),
        zip_sha256=row.zip_sha256,
        finished_at=row.finished_at,
    )
