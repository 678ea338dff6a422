"""Who sees which batches, and how many queries it takes."""

from datetime import datetime
from typing import Any

import pytest

from raquan.cards import queries
from raquan.cards.commands import make_cards
from raquan.cards.rules import mark_of
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.outings.tests.conftest import World


def test_a_unit_sees_its_own_batches(world: World, now: datetime) -> None:
    own = make_cards(by=world.officer, now=now, organization_id=world.cumgar_id, sheets=2)
    other = make_cards(by=world.city_officer, now=now, organization_id=world.city_id, sheets=1)
    page = queries.batches(world.officer)
    assert [(one.id, one.count, one.sheets, one.made_by_name) for one in page.items] == [
        (own.batch_id, 20, 2, "Y Mek Ê Nuôl")
    ]
    assert queries.batch(world.officer, other.batch_id) is None
    assert queries.batches(SYSTEM).total == 2
    assert queries.unit_choices(world.officer) == ((str(world.cumgar_id), "Ủy ban nhân dân huyện Cư M’gar"),)
    with pytest.raises(NotAllowed):
        queries.batches(world.helper)


def test_queries_do_not_grow(world: World, now: datetime, django_assert_num_queries: Any) -> None:
    codes = make_cards(by=SYSTEM, now=now, organization_id=world.cumgar_id, sheets=3).codes
    make_cards(by=SYSTEM, now=now, organization_id=world.cumgar_id, sheets=1)
    with django_assert_num_queries(1):
        assert len(queries.cards_by_marks([mark_of(code) for code in codes])) == 30
    with django_assert_num_queries(0):
        assert queries.cards_by_marks(["", ""]) == {}
    with django_assert_num_queries(1):
        queries.batches(SYSTEM)
