"""Several officers make cards at the same moment: no number is given twice, and none waits in vain."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections

from raquan.cards.commands import make_cards
from raquan.cards.models import Card
from raquan.kernel.actor import SYSTEM
from raquan.outings.tests.conftest import make_world


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_batches_made_at_once_share_no_number(now: datetime) -> None:
    world = make_world(now)

    def make(_: int) -> int:
        try:
            return make_cards(by=SYSTEM, now=now, organization_id=world.cumgar_id, sheets=1).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        numbers = list(pool.map(make, range(3)))
    assert sorted(numbers) == [1, 2, 3]
    assert sorted(Card.objects.values_list("number", flat=True)) == list(range(1, 31))
