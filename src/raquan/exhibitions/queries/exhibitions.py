"""What may be asked of exhibitions by who organizes them and by enterprises that may apply."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from raquan.exhibitions.models import Exhibition
from raquan.exhibitions.queries.columns import EXHIBITIONS
from raquan.exhibitions.queries.shapes import ExhibitionView
from raquan.exhibitions.rules import (
    EXHIBITION_STATE_NAMES,
    EXHIBITION_TRANSITIONS,
    PLANNED,
    SHOWN,
    TOLD,
    ExhibitionSaid,
    ExhibitionState,
    ExhibitionStep,
)
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.people import queries as people
from raquan.people.rules import MAY, Action, Level, Role, may
from raquan.places import queries as places

PAGE_SIZE = 20


def exhibition(actor: Actor, exhibition_id: UUID, *, now: datetime) -> ExhibitionView:
    """Give an exhibition to whoever may know of it. Raises NotFound, NotAllowed."""
    return views([row_for(actor, exhibition_id)], now=now, actor=actor)[0]


def exhibitions(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    state: str = "",
    text: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ExhibitionView]:
    """List a campaign's exhibitions that the actor may know of, in an order of EXHIBITIONS. Raises NotAllowed."""
    found = readable(actor).filter(campaign_id=campaign_id)
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(search_key__contains=fold(text))
    rows = list(EXHIBITIONS.ordered(found, sort)[window(page, size)])
    return Page(list(views(rows, now=now, actor=actor)), max(page, 1), size, total_of(rows, page, size, found.count))


def readable(actor: Actor) -> QuerySet[Exhibition]:
    """Give the exhibitions that the actor may know of: their own, and all that enterprises are told of.

    Raises NotAllowed.
    """
    if not may(actor, Action.EXHIBITION_READ):
        raise NotAllowed()
    told = Q(state__in=[one.value for one in TOLD])
    if not may(actor, Action.EXHIBITION_MANAGE):
        return whole().filter(told)
    own = people.organizations_of(actor, Action.EXHIBITION_MANAGE)
    return whole() if own is None else whole().filter(told | Q(organization_id__in=own))


def row_for(actor: Actor, exhibition_id: UUID) -> Exhibition:
    """Give an exhibition's row to whoever may know of it. Raises NotFound, NotAllowed."""
    found = whole().filter(id=exhibition_id).first()
    if found is None:
        raise NotFound()
    if not may(actor, Action.EXHIBITION_READ) or not (
        ExhibitionState(found.state) in TOLD or manages(actor, found.organization_id)
    ):
        raise NotAllowed()
    return found


def manages(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether the actor organizes a unit's exhibitions."""
    if not may(actor, Action.EXHIBITION_MANAGE):
        return False
    own = people.organizations_of(actor, Action.EXHIBITION_MANAGE)
    return own is None or organization_id in own


def applies(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether the actor applies for booths for an enterprise, and reads what visitors left it."""
    return actor.kind is ActorKind.SYSTEM or organization_id in own_enterprises(actor)


def own_enterprises(actor: Actor) -> frozenset[UUID]:
    """Give the enterprises that the actor is of, by their own duties: one for a place or everywhere reaches none."""
    duties = (one for one in actor.duties if Action.BOOTH_APPLY in MAY[Role(one.role)])
    return frozenset(one.organization_id for one in duties if one.organization_id is not None)


def organizers(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """List for which units the actor organizes exhibitions; all but enterprises for the whole office."""
    own = people.organizations_of(actor, Action.EXHIBITION_MANAGE)
    if own is not None:
        named = people.organization_names(own)
        return tuple(sorted(named.items(), key=lambda pair: pair[1]))
    levels = (one for one in Level if one is not Level.ENTERPRISE)
    return tuple((one.id, one.name) for level in levels for one in people.organizations_of_level(level.value))


def applicants(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """List for which enterprises the actor applies."""
    named = people.organization_names(own_enterprises(actor))
    return tuple(sorted(named.items(), key=lambda pair: pair[1]))


def whole() -> QuerySet[Exhibition]:
    """Give exhibitions with what their views need."""
    return Exhibition.objects.select_related("organization", "campaign")


def views(rows: Sequence[Exhibition], *, now: datetime, actor: Actor | None = None) -> tuple[ExhibitionView, ...]:
    """Show exhibitions, places named once for all; without an actor nothing may be done with them."""
    codes = {row.place_code for row in rows}
    where = places.names_on_days(codes, {row.starts_on for row in rows}) if codes else {}
    return tuple(_view(row, where.get(row.starts_on, {}).get(row.place_code, ""), now, actor) for row in rows)


def said_of(row: Exhibition) -> ExhibitionSaid:
    """Give what an organizer wrote of an exhibition."""
    return ExhibitionSaid(
        name=row.name,
        place_code=row.place_code,
        where=row.where,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        apply_until=row.apply_until,
        fields=tuple(row.fields),
        about=row.about,
        cell_cm=row.cell_cm,
        post_watts=row.post_watts,
        most_booths=row.most_booths,
    )


def _view(row: Exhibition, place_name: str, now: datetime, actor: Actor | None) -> ExhibitionView:
    state = ExhibitionState(row.state)
    is_organizer = actor is not None and manages(actor, row.organization_id)
    is_taking = state in (ExhibitionState.APPLYING, ExhibitionState.ALLOCATED) and local_date(now) <= row.apply_until
    steps = [one.value for one in EXHIBITION_TRANSITIONS.steps_from(state) if one is not ExhibitionStep.CONFIRM]
    return ExhibitionView(
        id=row.id,
        code=row.code,
        year=row.campaign.year,
        campaign_id=row.campaign_id,
        is_synthetic=row.campaign.is_synthetic,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        place_name=place_name,
        said=said_of(row),
        plan=row.plan,
        state=row.state,
        state_name=gettext(EXHIBITION_STATE_NAMES[state]),
        edition=row.edition,
        reason=row.reason,
        proposed_at=row.proposed_at,
        changed_at=row.changed_at,
        is_shown=state in SHOWN,
        steps=tuple(steps) if is_organizer else (),
        is_editable=is_organizer and state in PLANNED,
        takes=is_taking and actor is not None and may(actor, Action.BOOTH_APPLY),
        manages=is_organizer,
    )
