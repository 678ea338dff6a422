"""Of several at once one wins, on both databases, and the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from raquan.kernel.refused import Conflict
from raquan.outreach import commands
from raquan.outreach.rules import Format
from raquan.outreach.tests.conftest import Make, Outreach

Artwork = apps.get_model("outreach.Artwork")
ArtworkRun = apps.get_model("outreach.ArtworkRun")


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
def test_one_of_two_officers_wins_and_one_run_is_under_way(outreach: Outreach, make: Make, now: datetime) -> None:
    id_ = make(until="submitted", by=outreach.office, design="email", is_for_units=True)
    known: dict[str, Any] = {"by": outreach.office, "now": now, "artwork_id": id_, "seen": 2}
    decided = _at_once(
        [lambda: commands.approve_artwork(**known), lambda: commands.return_artwork(**known, reason="Sai tên xã")]
    )
    assert decided == ["done", "told"]
    assert Artwork.objects.get().edition == 3

    if Artwork.objects.get().state == "returned":
        commands.submit_artwork(by=outreach.office, now=now, artwork_id=id_, seen=3)
        commands.approve_artwork(by=outreach.office, now=now, artwork_id=id_, seen=4)
    ask: dict[str, Any] = {"by": outreach.office, "now": now, "artwork_id": id_, "format_": Format.TXT}
    assert _at_once([lambda: commands.start_artwork_run(**ask)] * 2) == ["done", "done"]
    run = ArtworkRun.objects.get()
    assert _at_once([lambda: commands.run_artwork(now=now, run_id=run.id, most=2)] * 2) == ["done", "done"]
    run.refresh_from_db()
    assert (run.reached, len(run.parts)) in {(2, 1), (4, 2)}
