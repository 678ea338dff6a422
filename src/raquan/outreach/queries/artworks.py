"""What may be asked of artwork by who makes it, who decides, and the rooms above."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.outreach.models import Artwork
from raquan.outreach.queries.columns import ARTWORKS
from raquan.outreach.queries.designs import design as design_of
from raquan.outreach.queries.designs import design_name, display_law
from raquan.outreach.queries.shapes import ArtworkView, FindingView, KitView
from raquan.outreach.queries.wording import kit, wording_of
from raquan.outreach.rules import (
    ARTWORK_STATE_NAMES,
    ARTWORK_TRANSITIONS,
    EDITABLE,
    KIND_NAMES,
    MAKERS_STEPS,
    ArtworkState,
    ArtworkStep,
    DesignKind,
    DisplayFacts,
    Draft,
    RuleFinding,
    Slot,
    Wording,
    check_display,
)
from raquan.people.queries import organizations_of
from raquan.people.rules import Action, may

PAGE_SIZE = 20
BY_HAND = tuple(one for one in ArtworkStep if one is not ArtworkStep.EXPIRE)


def artwork(actor: Actor, artwork_id: UUID, *, now: datetime) -> ArtworkView:
    """Give an artwork to its unit, to the office, and, approved for all units, to every unit.

    Raises NotFound, NotAllowed.
    """
    found = whole().filter(id=artwork_id).first()
    if found is None:
        raise NotFound()
    if not artworks_seen(actor).filter(id=artwork_id).exists():
        raise NotAllowed()
    return views([found], now=now, actor=actor)[0]


def artworks(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    state: str = "",
    kind: str = "",
    text: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ArtworkView]:
    """List the artwork that an actor may see, in an order of ARTWORKS' columns. Raises NotAllowed."""
    found = artworks_seen(actor).filter(campaign_id=campaign_id)
    for name, value in (("state", state), ("kind", kind)):
        if value:
            found = found.filter(**{name: value})
    if text:
        named = Q(organization__search_key__contains=fold(text)) | Q(search_key__contains=fold(text))
        found = found.filter(named | Q(code=text.strip().upper()))
    rows = list(ARTWORKS.ordered(found, sort)[window(page, size)])
    return Page(list(views(rows, now=now)), max(page, 1), size, found.count())


def approved_artworks(campaign_id: UUID, *, now: datetime) -> tuple[ArtworkView, ...]:
    """List the artwork that may hang today, oldest first; for rooms above and the public, no rights are asked."""
    found = whole().filter(campaign_id=campaign_id, state=ArtworkState.APPROVED.value)
    return views(found.filter(expires_on__gte=local_date(now)).order_by("approved_at", "id"), now=now)


def artworks_by_id(ids: Sequence[UUID], *, now: datetime) -> dict[UUID, ArtworkView]:
    """Give artwork by id, whatever its state; for rooms above, no rights are asked. Two queries."""
    return {one.id: one for one in views(whole().filter(id__in=list(ids)), now=now)}


def public_artwork(year: int, code: str, *, now: datetime) -> ArtworkView | None:
    """Give an approved artwork of a year by its code; None for any other, and once it has expired."""
    found = whole().filter(campaign__year=year, code=code, state=ArtworkState.APPROVED.value).first()
    seen = views([found], now=now)[0] if found else None
    return seen if seen and seen.is_current else None


def queue_counts(actor: Actor, campaign_id: UUID) -> tuple[int, int]:
    """Count what waits for the office and what was returned, of what the actor may see. Raises NotAllowed."""
    found = artworks_seen(actor).filter(campaign_id=campaign_id)
    waits = found.filter(state=ArtworkState.SUBMITTED.value).count() if may(actor, Action.OUTREACH_DECIDE) else 0
    return waits, found.filter(state=ArtworkState.RETURNED.value).count()


def findings(row: Artwork, said: Wording) -> tuple[RuleFinding, ...]:
    """Hold an artwork against the law, in the table's order."""
    facts = DisplayFacts(
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        shows_doer=bool(said.doer) and design_of(row.design).has(Slot.DOER),
        place=row.place,
        is_across_road=row.is_across_road,
        hides_signs=row.hides_signs,
        has_brand=row.has_brand,
        filed_on=row.filed_on,
    )
    return check_display(facts, display_law())


def checklist(actor: Actor, artwork_id: UUID) -> tuple[FindingView, ...]:
    """Give what the law says of an artwork. Raises NotFound where the actor may not see it."""
    row = artworks_seen(actor).filter(id=artwork_id).first()
    if row is None:
        raise NotFound()
    return tuple(_finding(one) for one in findings(row, wording_of(row, _looks([row])[row.campaign_id])))


def rule_texts(keys: Sequence[str]) -> tuple[str, ...]:
    """Give what rules of the law say, by their keys; one that the table no longer has is its key."""
    said = {one.key: _finding(RuleFinding(one, None)).text for one in display_law()}
    return tuple(said.get(key, key) for key in keys)


def draft_of(view: ArtworkView) -> Draft:
    """Give what an artwork's maker wrote, as its form takes it."""
    return Draft(
        design=view.design.code,
        title=view.title,
        starts_on=view.starts_on,
        ends_on=view.ends_on,
        language=view.language,
        second=view.second,
        line=view.line,
        place=view.place,
        is_for_units=view.is_for_units,
        is_across_road=view.is_across_road,
        hides_signs=view.hides_signs,
        has_brand=view.has_brand,
        filed_on=view.filed_on,
        file_number=view.file_number,
    )


def artworks_seen(actor: Actor) -> QuerySet[Artwork]:
    """Give the artwork that an actor may see: its units' own, and what is approved for all. Raises NotAllowed."""
    if not may(actor, Action.OUTREACH_WRITE):
        raise NotAllowed()
    own = organizations_of(actor, Action.OUTREACH_WRITE)
    if own is None:
        return whole()
    shared = Q(is_for_units=True, state=ArtworkState.APPROVED.value)
    return whole().filter(Q(organization_id__in=own) | shared)


def may_write(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether the actor makes a unit's artwork and plans its messages."""
    if not may(actor, Action.OUTREACH_WRITE):
        return False
    own = organizations_of(actor, Action.OUTREACH_WRITE)
    return own is None or organization_id in own


def may_decide(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether the actor decides on a unit's artwork."""
    if not may(actor, Action.OUTREACH_DECIDE):
        return False
    own = organizations_of(actor, Action.OUTREACH_DECIDE)
    return own is None or organization_id in own


def whole() -> QuerySet[Artwork]:
    """Give artwork with what its views need."""
    return Artwork.objects.select_related("organization", "campaign", "slogan")


def views(
    rows: Sequence[Artwork] | QuerySet[Artwork], *, now: datetime, actor: Actor | None = None
) -> tuple[ArtworkView, ...]:
    """Show artwork, the kits read once for all; without an actor nothing may be done with them."""
    found, today = list(rows), local_date(now)
    looks = _looks(found)
    return tuple(_view(row, looks[row.campaign_id], today, actor) for row in found)


def _looks(rows: Sequence[Artwork]) -> Mapping[UUID, KitView]:
    known = {one.id: one for one in campaigns.campaigns()}
    return {id_: kit(known[id_]) for id_ in {row.campaign_id for row in rows}}


def _finding(one: RuleFinding) -> FindingView:
    text = one.rule.text_en if get_language() == "en" and one.rule.text_en else one.rule.text
    result = "unknown" if one.is_kept is None else "fine" if one.is_kept else "warns"
    return FindingView(one.rule.key, text, one.rule.source, result)


def _steps(row: Artwork, actor: Actor | None) -> tuple[str, ...]:
    if actor is None:
        return ()
    writes, decides = may_write(actor, row.organization_id), may_decide(actor, row.organization_id)
    state = ArtworkState(row.state)
    return tuple(
        step.value
        for step in BY_HAND
        if ARTWORK_TRANSITIONS.leads_to(state, step) and (decides or (writes and step in MAKERS_STEPS))
    )


def _view(row: Artwork, look: KitView, today: date, actor: Actor | None) -> ArtworkView:
    made_from, state = design_of(row.design), ArtworkState(row.state)
    language = get_language() or "vi"
    return ArtworkView(
        id=row.id,
        code=row.code,
        year=row.campaign.year,
        is_synthetic=row.campaign.is_synthetic,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        slogan_id=row.slogan_id,
        slogan=in_language(row.slogan.texts, language),
        title=row.title,
        design=made_from,
        design_name=design_name(made_from),
        kind=row.kind,
        kind_name=gettext(KIND_NAMES[DesignKind(row.kind)]),
        language=row.language,
        second=row.second,
        line=row.line,
        place=row.place,
        is_for_units=row.is_for_units,
        is_across_road=row.is_across_road,
        hides_signs=row.hides_signs,
        has_brand=row.has_brand,
        filed_on=row.filed_on,
        file_number=row.file_number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        state_name=gettext(ARTWORK_STATE_NAMES[state]),
        edition=row.edition,
        reason=row.reason,
        changed_at=row.changed_at,
        wording=wording_of(row, look),
        picture_sha256=row.picture_sha256,
        approved_over=tuple(row.approved_over),
        approved_at=row.approved_at,
        approved_by_name=row.approved_by_name,
        expires_on=row.expires_on,
        steps=_steps(row, actor),
        is_editable=state in EDITABLE and actor is not None and may_write(actor, row.organization_id),
        is_approved=state is ArtworkState.APPROVED,
        is_current=state is ArtworkState.APPROVED and row.expires_on is not None and today <= row.expires_on,
    )
