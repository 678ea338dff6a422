"""How far units show what they must: numerator and denominator beside each percentage; to everybody, counts alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, F, Q, QuerySet, UUIDField

from raquan.displays.models import Display
from raquan.displays.queries.reading import readable_displays
from raquan.displays.rules import Claim, DisplayState, ProofKind, PublicCounts, Share
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page
from raquan.kernel.refused import N_
from raquan.kernel.text import sort_key
from raquan.ledger.queries import Question, Told
from raquan.ui.columns import Column, Columns

PAGE_SIZE = 50
SEEN = [ProofKind.PAGE.value, ProofKind.PHOTO.value]

SHARES: Columns[Share] = Columns(
    name="ty-le-treo",
    title=N_("Đơn vị đã treo, đã đăng"),
    first="part",
    columns=(
        Column(
            "organization",
            N_("Đơn vị"),
            lambda one: one.organization_name,
            value=lambda one: sort_key(one.organization_name),
        ),
        Column("proven", N_("Có bằng chứng"), lambda one: one.proven, value=lambda one: one.proven, numeric=True),
        Column("wanted", N_("Phải treo"), lambda one: one.wanted, value=lambda one: one.wanted, numeric=True),
        Column("part", N_("Tỷ lệ (%)"), lambda one: _percent(one), value=lambda one: one.part, numeric=True),
        Column("stated", N_("Chỉ có lời khai"), lambda one: one.stated, value=lambda one: one.stated, numeric=True),
    ),
)


def shares(
    actor: Actor, campaign_id: UUID, *, now: datetime, sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[Share]:
    """Tell of each unit of the actor's how many of its displays that must be there have a proof that was seen.

    Counted are places of the state's own, from a display's first day on; what was only said stands apart. Invited
    places are in no percentage. Raises NotAllowed. One query.
    """
    found = _due(readable_displays(actor), campaign_id, now)
    rows = found.values(unit=F("site__organization_id"), name=F("site__organization__name")).annotate(
        wanted=Count("id"),
        proven=Count("id", filter=Q(proof_kind__in=SEEN)),
        stated=Count("id", filter=Q(proof_kind=ProofKind.STATED.value)),
    )
    every = [Share(one["unit"], one["name"], one["proven"], one["wanted"], one["stated"]) for one in rows.order_by()]
    first = (max(page, 1) - 1) * size
    arranged = SHARES.arranged(sorted(every, key=lambda one: sort_key(one.organization_name)), sort)
    return Page(arranged[first : first + size], max(page, 1), size, len(every))


def public_counts(campaign_id: UUID, *, now: datetime) -> PublicCounts:
    """Count the places that must show, by how it is known that they do, and the invited that do; numbers alone.

    A place counts once, by its best proof. One query.
    """
    found = _COUNTED.rows(campaign_id=campaign_id, today=local_date(now))
    _, wanted, on_pages, seen, told, invited = found[0] if found else (None, 0, 0, 0, 0, 0)
    return PublicCounts(wanted, on_pages, seen - on_pages, told - seen, invited)


def _counted() -> QuerySet[Display, Any]:
    must = Q(site__claim=Claim.MUST.value) & ~Q(state=DisplayState.DECLINED.value)
    begun = {"artwork__campaign_id": Told("campaign_id", UUIDField()), "starts_on__lte": Told("today", DateField())}
    return (
        Display.objects.filter(**begun)
        .order_by()
        .values_list("artwork__campaign_id")
        .annotate(
            wanted=_places(must),
            on_pages=_places(must, ProofKind.PAGE),
            seen=_places(must, ProofKind.PAGE, ProofKind.PHOTO),
            told=_places(must, *ProofKind),
            invited=_places(Q(site__claim=Claim.INVITED.value), ProofKind.PAGE, ProofKind.PHOTO),
        )
    )


_COUNTED = Question(_counted)


def _places(which: Q, *proofs: ProofKind) -> Count:
    """Count places, each once, with one of these proofs, or whatever they have."""
    proven = Q(proof_kind__in=[one.value for one in proofs]) if proofs else Q()
    return Count("site", distinct=True, filter=which & proven)


def _due(found: QuerySet[Display], campaign_id: UUID, now: datetime) -> QuerySet[Display]:
    """Keep what has to be there, or had to be: its first day has come, and its place must show."""
    due = found.filter(artwork__campaign_id=campaign_id, site__claim=Claim.MUST.value, starts_on__lte=local_date(now))
    return due.exclude(state=DisplayState.DECLINED.value)


def _percent(one: Share) -> float | None:
    return None if one.part is None else round(one.part * 100, 1)
