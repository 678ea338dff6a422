"""Cards are made once for a request, by those who may; the server cannot give a code back; a lost batch is voided."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from raquan.campaign.models import Campaign
from raquan.cards import queries
from raquan.cards.commands import (
    BatchUnknown,
    CardsMadeBefore,
    NoCampaign,
    ReasonMissing,
    SheetsOutOfRange,
    UnitUnknown,
    make_cards,
    void_cards,
)
from raquan.cards.models import Card, CardBatch
from raquan.cards.rules import mark_of, read_code, to_words, written
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry, HandledRequest
from raquan.outings.tests.conftest import World


def test_a_batch_is_made_and_each_card_is_known_by_its_mark(world: World, now: datetime) -> None:
    made = make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=2)
    assert len(set(made.codes)) == 20
    found = queries.cards_by_marks([mark_of(code) for code in made.codes])
    assert len(found) == 20
    assert {one.number for one in found.values()} == set(range(1, 21))
    assert {one.campaign_id for one in found.values()} == {world.campaign_id}
    assert AuditEntry.objects.get(verb="make_cards").detail["count"] == 20


def test_nothing_stored_leads_to_a_code(world: World, now: datetime) -> None:
    made = make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=1, request_id=uuid7())
    stored = " ".join(
        str(value)
        for model in (Card, CardBatch, AuditEntry, HandledRequest)
        for row in model.objects.values()
        for value in row.values()
    )
    for code in made.codes:
        assert all(one not in stored for one in (code.hex(), written(code), mark_of(code), " ".join(to_words(code))))


def test_a_number_does_not_tell_the_place_on_the_sheet(world: World, now: datetime) -> None:
    made = make_cards(by=SYSTEM, now=now, organization_id=world.cumgar_id, sheets=3)
    found = queries.cards_by_marks([mark_of(code) for code in made.codes])
    numbers = [found[mark_of(code)].number for code in made.codes]
    assert numbers != sorted(numbers)


def test_the_same_request_makes_no_second_batch(world: World, now: datetime) -> None:
    request_id = uuid7()
    asked: dict[str, Any] = {"by": world.officer, "now": now, "organization_id": world.cumgar_id, "sheets": 1}
    make_cards(**asked, request_id=request_id)
    with pytest.raises(CardsMadeBefore) as refused:
        make_cards(**asked, request_id=request_id)
    assert "Tập thẻ số 1 " in refused.value.text()
    assert Card.objects.count() == 10


def test_batches_go_on_counting(world: World, now: datetime) -> None:
    first = make_cards(by=SYSTEM, now=now, organization_id=world.cumgar_id, sheets=1)
    second = make_cards(by=SYSTEM, now=now, organization_id=world.city_id, sheets=1)
    assert (first.number, second.number) == (1, 2)
    assert sorted(Card.objects.values_list("number", flat=True)) == list(range(1, 21))


def test_refusals(world: World, now: datetime) -> None:
    for actor in (world.city_officer, world.helper, world.viewer, ANONYMOUS):
        with pytest.raises(NotAllowed):
            make_cards(by=actor, now=now, organization_id=world.cumgar_id, sheets=1)
    for sheets in (0, 31, -1):
        with pytest.raises(SheetsOutOfRange):
            make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=sheets)
    with pytest.raises(UnitUnknown):
        make_cards(by=SYSTEM, now=now, organization_id=UUID(int=7), sheets=1)
    assert not CardBatch.objects.exists()


def test_without_a_campaign_there_are_no_cards(db: None, now: datetime) -> None:
    assert not Campaign.objects.exists()
    with pytest.raises(NoCampaign):
        make_cards(by=SYSTEM, now=now, organization_id=UUID(int=7), sheets=1)


def test_a_lost_batch_is_voided_once_with_the_reason(world: World, now: datetime) -> None:
    made = make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=1)
    with pytest.raises(ReasonMissing):
        void_cards(by=world.officer, now=now, batch_id=made.batch_id, reason="  ")
    with pytest.raises(NotAllowed):
        void_cards(by=world.city_officer, now=now, batch_id=made.batch_id, reason="mất")
    assert void_cards(by=world.officer, now=now, batch_id=made.batch_id, reason="Mất trên đường")
    assert not void_cards(by=world.officer, now=now + timedelta(days=1), batch_id=made.batch_id, reason="khác")
    row = CardBatch.objects.get()
    assert (row.voided_at, row.void_reason) == (now, "Mất trên đường")
    assert AuditEntry.objects.filter(verb="void_cards").count() == 1
    with pytest.raises(BatchUnknown):
        void_cards(by=SYSTEM, now=now, batch_id=uuid7(), reason="x")


def test_who_holds_a_card_finds_it_and_nobody_else(world: World, now: datetime) -> None:
    made = make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=1)
    held = queries.held_card(" ".join(to_words(made.codes[0])))
    assert held is not None
    assert (held.organization_name, held.is_void) == ("Ủy ban nhân dân huyện Cư M’gar", False)
    assert queries.held_card(mark_of(made.codes[0])) is None, "a mark, which records carry, opens nothing"
    assert queries.held_card(written(bytes(16))) is None
    assert queries.held_card("không phải mã") is None


def test_what_is_printed_is_what_was_made(world: World, now: datetime) -> None:
    made = make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=2)
    batch = queries.print_cards(made.batch_id, made.codes)
    cards = [card for sheet in batch.sheets for card in sheet.cards]
    assert [len(sheet.cards) for sheet in batch.sheets] == [10, 10]
    assert [read_code(" ".join(word for line in card.lines for word in line)) for card in cards] == list(made.codes)
    assert all(card.qr_svg.startswith("<svg") and len(card.lines) == 4 for card in cards)
