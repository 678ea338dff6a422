"""What may be asked of applications: by the enterprise of its own, by the organizer of those for its exhibitions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from raquan.exhibitions.models import BoothApplication
from raquan.exhibitions.queries.columns import APPLICATIONS
from raquan.exhibitions.queries.exhibitions import applies, manages, own_enterprises
from raquan.exhibitions.queries.shapes import ApplicationView
from raquan.exhibitions.rules import (
    APPLICATION_STATE_NAMES,
    APPLICATION_TRANSITIONS,
    LEFT_NAMES,
    SHOWN,
    WHY_NAMES,
    ApplicationSaid,
    ApplicationState,
    ApplicationStep,
    ExhibitionState,
    Rule,
    Why,
    metres,
    takes_photos,
)
from raquan.exhibitions.rules.life import OWN_STEPS
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.people import queries as people
from raquan.people.rules import Action, may

PAGE_SIZE = 20


def application(actor: Actor, application_id: UUID, *, now: datetime) -> ApplicationView:
    """Give an application to its enterprise or its organizer. Raises NotFound, NotAllowed."""
    found = whole().filter(id=application_id).first()
    if found is None:
        raise NotFound()
    view = views([found], now=now, actor=actor)[0]
    if not (view.is_own or view.manages):
        raise NotAllowed()
    return view


def applications(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    exhibition: str = "",
    state: str = "",
    text: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ApplicationView]:
    """List a campaign's applications that the actor may read, in an order of APPLICATIONS. Raises NotAllowed.

    `exhibition` is the code of one, "" is all.
    """
    found = readable_applications(actor).filter(exhibition__campaign_id=campaign_id)
    if exhibition:
        found = found.filter(exhibition__code=exhibition)
    if state:
        found = found.filter(state=state)
    if text:
        named = Q(organization__search_key__contains=fold(text)) | Q(search_key__contains=fold(text))
        found = found.filter(named)
    rows = list(APPLICATIONS.ordered(found, sort)[window(page, size)])
    total = total_of(rows, page, size, found.count)
    return Page(list(views(rows, now=now, actor=actor)), max(page, 1), size, total)


def readable_applications(actor: Actor) -> QuerySet[BoothApplication]:
    """Give the applications that the actor may read: their enterprise's, those for their exhibitions.

    Raises NotAllowed.
    """
    if not may(actor, Action.EXHIBITION_READ):
        raise NotAllowed()
    found = Q(organization_id__in=own_enterprises(actor))
    if may(actor, Action.EXHIBITION_MANAGE):
        own = people.organizations_of(actor, Action.EXHIBITION_MANAGE)
        found |= Q(pk__isnull=False) if own is None else Q(exhibition__organization_id__in=own)
    return whole().filter(found)


def whole() -> QuerySet[BoothApplication]:
    """Give applications with what their views need."""
    return BoothApplication.objects.select_related("organization", "exhibition__campaign")


def said_of(row: BoothApplication) -> ApplicationSaid:
    """Give what an enterprise wrote."""
    return ApplicationSaid(
        title=row.title,
        field=row.field,
        items=tuple((name, about) for name, about in row.items),
        about=row.about,
        link=row.link,
        width_cm=row.width_cm,
        depth_cm=row.depth_cm,
        watts=row.watts,
        tables=row.tables,
        wifi=row.wifi,
        prefers=row.prefers,
        apart=row.apart,
    )


def views(
    rows: Sequence[BoothApplication], *, now: datetime, actor: Actor | None = None
) -> tuple[ApplicationView, ...]:
    """Show applications; without an actor nothing may be done with them."""
    return tuple(_view(row, now, actor) for row in rows)


def _view(row: BoothApplication, now: datetime, actor: Actor | None) -> ApplicationView:
    state, held, today = ApplicationState(row.state), row.exhibition, local_date(now)
    is_own = actor is not None and applies(actor, row.organization_id)
    is_organizer = actor is not None and manages(actor, held.organization_id)
    allowed = APPLICATION_TRANSITIONS.steps_from(state)
    steps = [
        one.value
        for one in allowed
        if one not in (ApplicationStep.ALLOCATE, ApplicationStep.SUBMIT)
        and (is_own if one in OWN_STEPS else is_organizer)
    ]
    # What is only proposed is the organizer's until it is confirmed.
    is_told = is_organizer or held.proposed_at is None
    return ApplicationView(
        id=row.id,
        code=row.code,
        exhibition_id=held.id,
        exhibition_code=held.code,
        exhibition_name=held.name,
        exhibition_state=held.state,
        year=held.campaign.year,
        is_synthetic=held.campaign.is_synthetic,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        said=said_of(row),
        size=metres(row.width_cm, row.depth_cm),
        state=row.state,
        state_name=gettext(APPLICATION_STATE_NAMES[state]),
        edition=row.edition,
        reason=row.reason,
        proposed=row.proposed if is_told else "",
        why=_why(row) if is_told else (),
        booth=row.booth,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        is_shown=state is ApplicationState.ALLOCATED and ExhibitionState(held.state) in SHOWN,
        is_open=bool(row.booth)
        and held.state == ExhibitionState.OPEN.value
        and held.starts_on <= today <= held.ends_on,
        steps=tuple(dict.fromkeys(steps)),
        is_editable=is_own and ApplicationStep.SUBMIT in allowed and today <= held.apply_until,
        is_own=is_own,
        manages=is_organizer,
        takes_photos=bool(row.booth) and takes_photos(ExhibitionState(held.state), held.ends_on, today),
    )


def _why(row: BoothApplication) -> tuple[str, ...]:
    """Say why it was placed or left out."""
    params = {"wanted": metres(row.width_cm, row.depth_cm), "watts": row.watts, "most": row.exhibition.most_booths}

    def said(one: Any) -> str:
        if isinstance(one, str):
            return gettext(WHY_NAMES[Why(one)])
        return gettext(LEFT_NAMES[Rule(one[0])]).format(count=one[1], **params)

    return tuple(said(one) for one in row.why)
