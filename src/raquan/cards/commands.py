"""Cards are made by the sheet, and voided when they were lost."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from raquan.campaign import queries as campaigns
from raquan.cards.engine import hash_of
from raquan.cards.models import Card, CardBatch
from raquan.cards.rules import CARDS_A_SHEET, CODE_BYTES, MOST_SHEETS, mark_of
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action


class BatchUnknown(NotFound):
    """There is no such batch."""

    code = "cards.unknown"
    message = N_("Không có tập thẻ này.")


class NoCampaign(NotFound):
    """There is no campaign that cards could be bound to."""

    code = "cards.no_campaign"
    message = N_("Chưa có chiến dịch nào để làm thẻ.")


class UnitUnknown(NotFound):
    """There is no such organization."""

    code = "cards.unit_unknown"
    message = N_("Không có đơn vị này.")


class SheetsOutOfRange(Refused):
    """More sheets at once than anybody prints, or none."""

    code = "cards.sheets"
    message = N_("Mỗi lần làm từ 1 đến {most} tờ thẻ.")


class CardsMadeBefore(Conflict):
    """The same request came before: its cards exist, and their codes were shown then and are kept nowhere."""

    code = "cards.made_before"
    message = N_(
        "Tập thẻ số {number} đã được làm ở lần bấm trước. Mã chỉ hiện một lần và máy chủ không giữ lại. "
        "Nếu chưa in kịp, hãy hủy tập thẻ này rồi làm tập mới."
    )


class ReasonMissing(Refused):
    """Who voids a batch says why."""

    code = "cards.reason_missing"
    message = N_("Hãy ghi lý do.")


@dataclass(frozen=True, slots=True)
class CardsMade:
    """A new batch with the codes of its cards: the only time that anybody but a card's holder has them."""

    batch_id: UUID
    number: int
    codes: tuple[bytes, ...]


def make_cards(
    *,
    by: Actor,
    now: datetime,
    organization_id: UUID,
    sheets: int,
    codes: Sequence[bytes] = (),
    request_id: UUID | None = None,
) -> CardsMade:
    """Make sheets of cards for a unit, of the campaign that is on. Raises CardsMadeBefore for the same request.

    The codes are drawn here; only the demo, whose cards are nobody's, brings its own.
    """
    people.check_unit(by, Action.CARD_MAKE, organization_id)
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NoCampaign()
    if people_queries.organization(organization_id) is None:
        raise UnitUnknown()
    if not 1 <= sheets <= MOST_SHEETS:
        raise SheetsOutOfRange(most=MOST_SHEETS)
    codes = tuple(codes) or tuple(secrets.token_bytes(CODE_BYTES) for _ in range(sheets * CARDS_A_SHEET))

    def work() -> dict[str, str]:
        batch = CardBatch.objects.create(
            number=_last(CardBatch) + 1,
            campaign_id=campaign.id,
            organization_id=organization_id,
            count=len(codes),
            made_at=now,
            made_by_name=by.name[:200],
        )
        # Numbered in the order of their hashes: a number does not tell where on which sheet its card was printed.
        hashes = sorted(hash_of(mark_of(code)) for code in codes)
        first = _last(Card) + 1
        rows = [Card(number=n, batch=batch, code_hash=one) for n, one in enumerate(hashes, first)]
        Card.objects.bulk_create(rows)
        detail = {"number": batch.number, "count": batch.count, "organization": str(organization_id)}
        ledger.record(by=by, verb="make_cards", subject="cards.CardBatch", subject_id=batch.id, detail=detail)
        return {"batch": str(batch.id), "hashes": _digest(hashes)}

    asked = _digest(["make_cards", str(organization_id), str(sheets)])
    answer = ledger.until_free(lambda: ledger.once(request_id=request_id, by=by, digest=asked, do=work))
    batch = CardBatch.objects.get(id=answer["batch"])
    if answer["hashes"] != _digest(sorted(hash_of(mark_of(code)) for code in codes)):
        raise CardsMadeBefore(number=batch.number)
    return CardsMade(batch.id, batch.number, codes)


def void_cards(*, by: Actor, now: datetime, batch_id: UUID, reason: str) -> bool:
    """Void a batch from now on: what its cards had counted before stays. False when it was voided already."""
    batch = CardBatch.objects.filter(id=batch_id).first()
    if batch is None:
        raise BatchUnknown()
    people.check_unit(by, Action.CARD_MAKE, batch.organization_id)
    why = normalize(reason)[:300]
    if not why:
        raise ReasonMissing()
    with transaction.atomic():
        standing = CardBatch.objects.filter(id=batch_id, voided_at__isnull=True)
        if not standing.update(voided_at=now, void_reason=why):
            return False
        detail = {"number": batch.number, "reason": why}
        ledger.record(by=by, verb="void_cards", subject="cards.CardBatch", subject_id=batch.id, detail=detail)
    return True


def _last(model: type[CardBatch] | type[Card]) -> int:
    return model.objects.aggregate(last=Max("number"))["last"] or 0


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
