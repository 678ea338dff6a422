"""Places and displays as pages show them, to those who manage displays for their units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from raquan.displays.models import Display, DisplayProof, DisplaySite, PageCheck
from raquan.displays.rules import (
    CLAIM_NAMES,
    DISPLAY_STATE_NAMES,
    DISPLAY_TRANSITIONS,
    DOER_NAMES,
    OUTCOME_NAMES,
    PROOF_KIND_NAMES,
    SITE_KIND_NAMES,
    WAY_NAMES,
    Claim,
    DisplayState,
    DisplayStep,
    Doer,
    Outcome,
    ProofKind,
    SiteKind,
    Way,
    link_code,
)
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import N_, NotFound
from raquan.kernel.text import fold
from raquan.links.rules import code_path
from raquan.outings.rules import read_code
from raquan.outreach import queries as outreach
from raquan.outreach.rules import ArtworkState
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.ui.columns import Column, Columns, ranked

PAGE_SIZE = 50
MOST_CHOICES = 500
OF_ITSELF = (DisplayStep.EXPIRE, DisplayStep.UNPROVE)
"""Steps that no person takes."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """A place, whose it is, how many displays it has now."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    claim: str
    claim_name: str
    organization_id: UUID
    organization_name: str
    address: str
    page_url: str
    edition: int
    ended_on: date | None
    end_reason: str
    open_displays: int


@dataclass(frozen=True, slots=True)
class DisplayView:
    """An artwork at a place; `steps` are what may be done with it."""

    id: UUID
    code: str
    artwork_id: UUID
    artwork_title: str
    artwork_code: str
    picture_sha256: str
    site_id: UUID
    site_name: str
    site_kind_name: str
    site_address: str
    page_url: str
    claim: str
    claim_name: str
    organization_id: UUID
    organization_name: str
    starts_on: date
    ends_on: date
    state: str
    state_name: str
    edition: int
    prints: str
    pays: str
    removes: str
    reason: str
    asked_at: datetime
    proof_kind: str
    proof_name: str
    proven_at: datetime | None
    is_synthetic: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProofView:
    """A proof: how it is known, when it was seen, by whom it was given."""

    id: UUID
    kind: str
    kind_name: str
    how: str
    seen_at: datetime
    said_at: datetime
    by_name: str
    place: str
    picture_sha256: str
    page_sha256: str
    record_id: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class CheckView:
    """A look at a page and what came of it."""

    at: datetime
    outcome: str
    outcome_name: str
    pictures: int
    said: str
    picture_sha256: str


SITES: Columns[SiteView] = Columns(
    name="noi-treo",
    title=N_("Nơi treo, nơi đăng"),
    first="name",
    columns=(
        Column("name", N_("Nơi"), lambda one: one.name, by=("sort_key",)),
        Column("kind", N_("Loại"), lambda one: one.kind_name, by=(ranked("kind", SiteKind),)),
        Column("claim", N_("Bắt buộc hay mời"), lambda one: one.claim_name, by=(ranked("claim", Claim),)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("page", N_("Trang"), lambda one: one.page_url, by=("page_url",), unseen=True),
        Column("address", N_("Địa chỉ"), lambda one: one.address, by=("address",), unseen=True),
        Column("open", N_("Đang có"), lambda one: one.open_displays, by=("open_displays",), numeric=True),
    ),
)

DISPLAYS: Columns[DisplayView] = Columns(
    name="an-pham-da-treo",
    title=N_("Ấn phẩm đã treo, đã đăng"),
    first="-asked_at",
    columns=(
        Column("site", N_("Nơi"), lambda one: one.site_name, by=("site__sort_key",)),
        Column("artwork", N_("Ấn phẩm"), lambda one: one.artwork_title, by=("artwork__sort_key",)),
        Column("code", N_("Mã treo"), lambda one: one.code, by=("code",), unseen=True),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("site__organization__sort_key",)),
        Column("starts_on", N_("Từ ngày"), lambda one: one.starts_on, by=("starts_on",)),
        Column("ends_on", N_("Đến hết ngày"), lambda one: one.ends_on, by=("ends_on",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", DisplayState),)),
        Column("proof", N_("Bằng chứng"), lambda one: one.proof_name, by=(ranked("proof_kind", ProofKind),)),
        Column("claim", N_("Bắt buộc hay mời"), lambda one: one.claim_name, by=("site__claim",), unseen=True),
        Column("asked_at", N_("Đề nghị lúc"), lambda one: one.asked_at, by=("asked_at",), unseen=True),
    ),
)


def sites(
    actor: Actor, *, text: str = "", kind: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[SiteView]:
    """List the places of the actor's units that are used, in an order of SITES. Raises NotAllowed. Two queries."""
    found = readable_sites(actor).filter(ended_on__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    rows = SITES.ordered(_counted(found), sort)[window(page, size)]
    return Page([_site(row) for row in rows], max(page, 1), size, found.count())


def site(actor: Actor, site_id: UUID) -> SiteView:
    """Give a place of a unit of the actor's. Raises NotAllowed, NotFound. One query."""
    found = _counted(readable_sites(actor)).filter(id=site_id).first()
    if found is None:
        raise NotFound()
    return _site(found)


def site_choices(actor: Actor) -> tuple[tuple[str, str], ...]:
    """List the places that the actor may ask, id and name, those that must show first. Raises NotAllowed. One query."""
    found = readable_sites(actor).filter(ended_on__isnull=True).order_by("-claim", "sort_key", "id")
    rows = found.values_list("id", "name", "claim", "organization__name")[:MOST_CHOICES]
    return tuple(
        (str(id_), f"{name} ({unit}) · {gettext(CLAIM_NAMES[Claim(claim)])}") for id_, name, claim, unit in rows
    )


def artwork_choices(actor: Actor, campaign_id: UUID, *, now: datetime) -> list[tuple[str, str]]:
    """List the approved artwork that the actor may let hang today, id and title. Raises NotAllowed."""
    approved = ArtworkState.APPROVED.value
    found = outreach.artworks(actor, campaign_id, now=now, state=approved, sort="title", size=MOST_CHOICES).items
    return [(str(one.id), f"{one.title} ({one.code})") for one in found if one.is_current]


def displays(
    actor: Actor,
    *,
    state: str = "",
    text: str = "",
    site_id: UUID | None = None,
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[DisplayView]:
    """List displays at places of the actor's units, in an order of DISPLAYS. Raises NotAllowed. Two queries.

    A word of `text` is of the place or the artwork, or it is a display's code, or the short link on the artwork.
    """
    found = readable_displays(actor)
    if state:
        found = found.filter(state=state)
    if site_id:
        found = found.filter(site_id=site_id)
    for word in fold(text).split():
        named = Q(site__search_key__contains=word) | Q(artwork__search_key__contains=word)
        coded = Q(code=read_code(word)) | with_link(link_code(word))
        found = found.filter(named | coded)
    rows = DISPLAYS.ordered(found, sort)[window(page, size)]
    return Page(list(display_views(rows)), max(page, 1), size, found.count())


def with_link(code: str) -> Q:
    """Give what displays of the artwork with a short link have in common; no code is no display's."""
    return Q(artwork__link__endswith=code_path(code)) if code else Q(pk__in=())


def display_views(rows: QuerySet[Display]) -> tuple[DisplayView, ...]:
    """Show displays. One query."""
    return tuple(_display(row) for row in _joined(rows))


def display(actor: Actor, display_id: UUID) -> DisplayView:
    """Give a display at a place of a unit of the actor's. Raises NotAllowed, NotFound. One query."""
    found = _joined(readable_displays(actor)).filter(id=display_id).first()
    if found is None:
        raise NotFound()
    return _display(found)


def letter(actor: Actor, display_id: UUID) -> DisplayView:
    """Give what the letter to an invited place says. Raises NotAllowed, NotFound for a place that must show."""
    found = display(actor, display_id)
    if found.claim != Claim.INVITED.value:
        raise NotFound()
    return found


def proofs_of(display_id: UUID) -> tuple[ProofView, ...]:
    """List the newest proofs of a display that the actor was let see, at most 50. One query."""
    rows = DisplayProof.objects.filter(display_id=display_id).order_by("-seen_at", "-id")[:50]
    return tuple(_proof(row) for row in rows)


def checks_of(site_id: UUID) -> tuple[CheckView, ...]:
    """List the last looks at the page of a place that the actor was let see, at most 20. One query."""
    rows = PageCheck.objects.filter(site_id=site_id).order_by("-at", "-id")[:20]
    return tuple(
        CheckView(
            one.at,
            one.outcome,
            gettext(OUTCOME_NAMES[Outcome(one.outcome)]),
            one.pictures,
            one.said,
            one.picture_sha256,
        )
        for one in rows
    )


def picture(actor: Actor, proof_id: UUID) -> str:
    """Give the SHA-256 of a proof's picture. Raises NotAllowed, NotFound. One query."""
    own = DisplayProof.objects.filter(display__in=readable_displays(actor), id=proof_id)
    found = own.exclude(picture_sha256="").values_list("picture_sha256", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def readable_sites(actor: Actor) -> QuerySet[DisplaySite]:
    """Give the places of the units that the actor manages displays for. Raises NotAllowed."""
    own = organizations_of(actor, Action.DISPLAY_MANAGE)
    return DisplaySite.objects.all() if own is None else DisplaySite.objects.filter(organization_id__in=own)


def readable_displays(actor: Actor) -> QuerySet[Display]:
    """Give the displays at those places. Raises NotAllowed."""
    own = organizations_of(actor, Action.DISPLAY_MANAGE)
    return Display.objects.all() if own is None else Display.objects.filter(site__organization_id__in=own)


def _counted(found: QuerySet[DisplaySite]) -> QuerySet[DisplaySite]:
    is_open = Q(displays__state__in=[DisplayState.AGREED.value, DisplayState.ASKED.value, DisplayState.UP.value])
    return found.select_related("organization").annotate(open_displays=Count("displays", filter=is_open))


def _joined(found: QuerySet[Display]) -> QuerySet[Display]:
    return found.select_related("site__organization", "artwork__campaign")


def _site(row: Any) -> SiteView:
    return SiteView(
        id=row.id,
        name=row.name,
        kind=row.kind,
        kind_name=gettext(SITE_KIND_NAMES[SiteKind(row.kind)]),
        claim=row.claim,
        claim_name=gettext(CLAIM_NAMES[Claim(row.claim)]),
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        address=row.address,
        page_url=row.page_url,
        edition=row.edition,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        open_displays=row.open_displays,
    )


def _display(row: Display) -> DisplayView:
    state, where = DisplayState(row.state), row.site
    steps = [step for step in DISPLAY_TRANSITIONS.steps_from(state) if step not in OF_ITSELF]
    if where.claim == Claim.MUST.value:
        steps = [step for step in steps if step is not DisplayStep.DECLINE]
    return DisplayView(
        id=row.id,
        code=row.code,
        artwork_id=row.artwork_id,
        artwork_title=row.artwork.title,
        artwork_code=row.artwork.code,
        picture_sha256=row.artwork.picture_sha256,
        site_id=row.site_id,
        site_name=where.name,
        site_kind_name=gettext(SITE_KIND_NAMES[SiteKind(where.kind)]),
        site_address=where.address,
        page_url=where.page_url,
        claim=where.claim,
        claim_name=gettext(CLAIM_NAMES[Claim(where.claim)]),
        organization_id=where.organization_id,
        organization_name=where.organization.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        state_name=gettext(DISPLAY_STATE_NAMES[state]),
        edition=row.edition,
        prints=gettext(DOER_NAMES[Doer(row.prints)]),
        pays=gettext(DOER_NAMES[Doer(row.pays)]),
        removes=gettext(DOER_NAMES[Doer(row.removes)]),
        reason=row.reason,
        asked_at=row.asked_at,
        proof_kind=row.proof_kind,
        proof_name=gettext(PROOF_KIND_NAMES[ProofKind(row.proof_kind)]) if row.proof_kind else gettext(N_("Chưa có")),
        proven_at=row.proven_at,
        is_synthetic=row.artwork.campaign.is_synthetic,
        steps=tuple(step.value for step in steps),
    )


def _proof(row: DisplayProof) -> ProofView:
    said: Mapping[str, Any] = row.detail
    return ProofView(
        id=row.id,
        kind=row.kind,
        kind_name=gettext(PROOF_KIND_NAMES[ProofKind(row.kind)]),
        how=gettext(WAY_NAMES[Way(said["way"])]) if said.get("way") else "",
        seen_at=row.seen_at,
        said_at=row.said_at,
        by_name=row.by_name,
        place=row.place,
        picture_sha256=row.picture_sha256,
        page_sha256=said.get("page", ""),
        record_id=said.get("record", ""),
        withdrawn_at=row.withdrawn_at,
    )
