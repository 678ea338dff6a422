"""Of two officers at once one wins, on both databases, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from raquan.exhibitions import commands
from raquan.exhibitions.tests.conftest import Apply, Fair, Hold, edition
from raquan.kernel.refused import Conflict, Refused

BoothApplication = apps.get_model("exhibitions.BoothApplication")


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Conflict:
            return "told"
        except Refused as refused:
            return refused.code
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold()
    first, second = apply(held), apply(held, 1, approved=True)
    known: dict[str, Any] = {"by": fair.unit, "now": now, "application_id": first, "seen": 1}
    decided = _at_once(
        [
            lambda: commands.approve_application(**known),
            lambda: commands.refuse_application(**known, reason="Không đúng lĩnh vực"),
        ]
    )
    assert decided == ["done", "told"]

    if BoothApplication.objects.get(id=first).state == "refused":
        first = apply(held, 2, approved=True)
    asked: dict[str, Any] = {"by": fair.unit, "now": now, "exhibition_id": held}
    commands.propose_allocation(**asked, seen=edition(fair, held, now))
    seen = edition(fair, held, now)
    free = "B2"
    moved = _at_once(
        [
            lambda: commands.move_booth(by=fair.unit, now=now, application_id=first, booth=free, seen=seen),
            lambda: commands.move_booth(by=fair.unit, now=now, application_id=second, booth=free, seen=seen),
        ]
    )
    assert moved in (["done", "told"], ["done", "exhibitions.rule_broken"])
    seen += 1
    confirmed = _at_once([lambda: commands.confirm_allocation(**asked, seen=seen) or None] * 2)
    assert confirmed in (["done", "told"], ["done", "done"])
    given = list(BoothApplication.objects.exclude(booth="").values_list("booth", flat=True))
    assert len(given) == len(set(given)) == 2
    assert free in given
