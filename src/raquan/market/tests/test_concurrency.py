"""Of several at once one wins, on both databases, and the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from raquan.kernel.refused import Conflict
from raquan.market import commands
from raquan.market.tests.conftest import TOKEN, TOLD, Market, Write

Offer = apps.get_model("market.Offer")
Registration = apps.get_model("market.Registration")
OfferResult = apps.get_model("market.OfferResult")


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Conflict:
            return "told"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins(market: Market, write: Write, now: datetime) -> None:
    known: dict[str, Any] = {"by": market.office, "now": now, "offer_id": write(until="submitted"), "seen": 2}
    decided = _at_once(
        [lambda: commands.approve_offer(**known), lambda: commands.return_offer(**known, reason="Thiếu thể lệ")]
    )
    assert decided == ["done", "told"]
    assert Offer.objects.get().edition == 3

    first = commands.send_registration(now=now, token=TOKEN, told=TOLD)
    other = commands.send_registration(now=now, token="z" * 22, told=TOLD)  # the same enterprise, sent twice
    admit: dict[str, Any] = {"by": market.office, "now": now, "seen": 1}
    admitted = _at_once(
        [
            lambda: commands.accept_registration(**admit, registration_id=first),
            lambda: commands.accept_registration(**admit, registration_id=other),
        ]
    )
    assert admitted == ["done", "told"]
    assert Registration.objects.filter(state="accepted").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_figures_for_a_month_one_stands(market: Market, write: Write, now: datetime) -> None:
    known: dict[str, Any] = {
        "by": market.officers[0],
        "now": now,
        "offer_id": write(until="published"),
        "month": date(2023, 10, 1),
    }
    said = _at_once(
        [lambda: commands.state_result(**known, redeemed=5), lambda: commands.state_result(**known, redeemed=6)]
    )
    assert said == ["done", "told"]
    assert OfferResult.objects.get().edition == 1
