"""What may be asked about cards: which card a mark is of, a unit's batches, what is printed, what a holder sees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import segno
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext

from raquan.campaign import queries as campaigns
from raquan.cards.engine import hash_of
from raquan.cards.models import Card, CardBatch
from raquan.cards.rules import CARDS_A_SHEET, WORDS_A_LINE, card_path, mark_of, read_code, to_words
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.ui.columns import Column, Columns

MOST_CHOICES = 300

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardRef:
    """The card of a mark: what a record is held against."""

    id: UUID
    number: int
    campaign_id: UUID
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as its unit sees it."""

    id: UUID
    number: int
    organization_name: str
    campaign_year: int
    count: int
    sheets: int
    made_at: datetime
    made_by_name: str
    voided_at: datetime | None
    void_reason: str

    @property
    def state_name(self) -> str:
        """Say whether it is in use, a message id."""
        return N_("Đã hủy") if self.voided_at else N_("Đang dùng")


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A card as it is printed: the QR code as an inline SVG, and the words in their lines."""

    qr_svg: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet of A4: ten cards; the last of a batch may have fewer."""

    cards: tuple[PrintedCard, ...]


@dataclass(frozen=True, slots=True)
class PrintedBatch:
    """All that is printed of a batch."""

    number: int
    organization_name: str
    campaign_name: str
    year: int
    host: str
    sheets: tuple[PrintedSheet, ...]


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A card as its holder may see it: whose unit handed it out, and whether it still counts."""

    id: UUID
    campaign_id: UUID
    organization_name: str
    place_code: str | None
    is_void: bool


def cards_by_marks(marks: Collection[str]) -> dict[str, CardRef]:
    """Give the cards of marks, in one query; marks of no card here are left out."""
    hashes = {hash_of(mark): mark for mark in marks if mark}
    if not hashes:
        return {}
    found = Card.objects.filter(code_hash__in=hashes).select_related("batch")
    return {hashes[one.code_hash]: _ref(one) for one in found}


def held_card(text: str) -> HeldCard | None:
    """Give the card of a code as it was scanned or typed; who holds the card may ask, and nobody else can."""
    code = read_code(text)
    if code is None:
        return None
    found = Card.objects.filter(code_hash=hash_of(mark_of(code))).select_related("batch__organization").first()
    if found is None:
        return None
    unit = found.batch.organization
    return HeldCard(found.id, found.batch.campaign_id, unit.name, unit.place_code, found.batch.voided_at is not None)


def _name(one: BatchView) -> str:
    return gettext("Tập số %(number)s") % {"number": one.number}


BATCHES: Columns[BatchView] = Columns(
    name="the-dong-hanh",
    title=N_("Các tập thẻ đã làm"),
    first="-number",
    columns=(
        Column("number", N_("Tập thẻ"), _name, by=("number",)),
        Column("organization", N_("Đơn vị phát"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("year", N_("Năm"), lambda one: str(one.campaign_year), by=("campaign__year",)),
        Column("count", N_("Số thẻ"), lambda one: one.count, by=("count",), numeric=True),
        Column("made_at", N_("Làm lúc"), lambda one: one.made_at, by=("made_at",)),
        Column("made_by", N_("Người làm"), lambda one: one.made_by_name),
        Column("state", N_("Tình trạng"), lambda one: gettext(one.state_name), by=("voided_at",)),
        Column("voided_at", N_("Hủy lúc"), lambda one: one.voided_at, unseen=True),
        Column("void_reason", N_("Lý do hủy"), lambda one: one.void_reason, unseen=True),
    ),
)


def batches(actor: Actor, page: int = 1, size: int = 20, sort: str = "") -> Page[BatchView]:
    """List the batches of the actor's units, the latest first. Raises NotAllowed."""
    found = CardBatch.objects.filter(_own(actor))
    rows = BATCHES.ordered(found.select_related("organization", "campaign"), sort)[window(page, size)]
    items = [_view(row) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def batch(actor: Actor, batch_id: UUID) -> BatchView | None:
    """Give a batch of one of the actor's units, or None. Raises NotAllowed."""
    found = CardBatch.objects.filter(_own(actor), id=batch_id).select_related("organization", "campaign").first()
    return _view(found) if found else None


def unit_choices(actor: Actor) -> tuple[tuple[str, str], ...]:
    """List the units that the actor may make cards for, by id and name. Raises NotAllowed."""
    own = people.organizations_of(actor, Action.CARD_MAKE)
    if own is None:
        found = people.organizations(actor, page=1, size=MOST_CHOICES).items
        return tuple((str(one.id), one.name) for one in found)
    names = people.organization_names(own)
    return tuple(sorted(((str(id_), name) for id_, name in names.items()), key=lambda pair: pair[1]))


def print_cards(batch_id: UUID, codes: Sequence[bytes]) -> PrintedBatch:
    """Lay out a batch that was just made; its codes are nowhere else, so that this is asked once."""
    row = CardBatch.objects.select_related("organization").get(id=batch_id)
    campaign = next(one for one in campaigns.campaigns() if one.id == row.campaign_id)
    cards = [_printed(code) for code in codes]
    sheets = (tuple(cards[n : n + CARDS_A_SHEET]) for n in range(0, len(cards), CARDS_A_SHEET))
    return PrintedBatch(
        number=row.number,
        organization_name=row.organization.name,
        campaign_name=campaign.name,
        year=campaign.year,
        host=settings.RAQUAN_PUBLIC_URL.partition("://")[2],
        sheets=tuple(PrintedSheet(one) for one in sheets),
    )


def _printed(code: bytes) -> PrintedCard:
    words = to_words(code)
    # Level Q: a card lives in a pocket, and a quarter of its squares may be gone.
    qr = segno.make_qr(settings.RAQUAN_PUBLIC_URL + card_path(code), error="q")
    lines = tuple(words[n : n + WORDS_A_LINE] for n in range(0, len(words), WORDS_A_LINE))
    return PrintedCard(qr.svg_inline(scale=4, border=4, dark="#000000", light="#ffffff", omitsize=True), lines)


def _own(actor: Actor) -> Q:
    own = people.organizations_of(actor, Action.CARD_MAKE)
    return Q() if own is None else Q(organization_id__in=own)


def _ref(one: Card) -> CardRef:
    return CardRef(one.id, one.number, one.batch.campaign_id, one.batch.voided_at)


def _view(one: CardBatch) -> BatchView:
    return BatchView(
        id=one.id,
        number=one.number,
        organization_name=one.organization.name,
        campaign_year=one.campaign.year,
        count=one.count,
        sheets=-(-one.count // CARDS_A_SHEET),
        made_at=one.made_at,
        made_by_name=one.made_by_name,
        voided_at=one.voided_at,
        void_reason=one.void_reason,
    )
