"""Of two officers at once one wins and the other is told, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connections

from raquan.displays import commands
from raquan.displays.rules import Claim, Doer, SiteKind
from raquan.kernel.refused import Conflict
from raquan.outreach.tests.conftest import Make, Outreach

Display = apps.get_model("displays.Display")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins(outreach: Outreach, make: Make, now: datetime) -> None:
    shop = commands.add_display_site(
        by=outreach.office,
        now=now,
        organization_id=outreach.units[0],
        told=commands.SiteTold("Siêu thị điện máy", SiteKind.SHOP, Claim.INVITED),
    )
    artwork = make(until="approved", design="email")
    commands.ask_displays(
        by=outreach.office,
        now=now,
        artwork_id=artwork,
        site_ids=[shop],
        starts_on=date(2023, 10, 1),
        ends_on=date(2023, 10, 12),
        prints=Doer.UNIT,
        pays=Doer.UNIT,
        removes=Doer.SITE,
    )
    one = Display.objects.get().id

    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Conflict:
            return "told"
        else:
            return "done"
        finally:
            connections.close_all()

    request_id = uuid4()
    acts: list[Callable[[], object]] = [
        lambda: commands.agree_display(by=outreach.office, now=now, display_id=one, seen=1),
        lambda: commands.decline_display(by=outreach.officers[0], now=now, display_id=one, seen=1),
    ]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, acts)) == ["done", "told"]
    if Display.objects.get().state == "agreed":
        said = {"by": outreach.office, "now": now, "display_id": one, "place": "x", "request_id": request_id}
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, [lambda: commands.state_shown(**said)] * 2))  # type: ignore[arg-type]
        assert apps.get_model("displays.DisplayProof").objects.count() == 1
