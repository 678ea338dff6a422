"""Two officers at once: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from raquan.campaign import commands
from raquan.campaign.models import Plan, SubPlan, Task
from raquan.campaign.tests.conftest import DAY, issue, register_cu_mgar
from raquan.kernel.actor import SYSTEM
from raquan.readings.tests import papers


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except (commands.SubPlanElsewhere, commands.SubPlanChanged, commands.PlanElsewhere):
            return "told"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins(now: datetime) -> None:
    unit: UUID = register_cu_mgar(now)
    plan = commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="a.docx").plan_id
    Plan.objects.update(sub_plans_need_approval=True)
    task = Task.objects.filter(is_section=False).order_by("position")[0].id
    start: dict[str, Any] = {"by": SYSTEM, "now": now, "task_id": task, "organization_id": unit}
    assert _at_once([lambda: commands.start_sub_plan(**start)] * 3) == ["done"] * 3
    one = SubPlan.objects.get().id
    known: dict[str, Any] = {"by": SYSTEM, "now": now, "sub_plan_id": one}
    lines = [commands.Line("Họp")]

    def save(title: str) -> None:
        commands.save_sub_plan(**known, edition=0, title=title, aims="", lines=lines)

    assert _at_once([lambda: save("Một"), lambda: save("Hai")]) == ["done", "told"]
    issue(one, SYSTEM, now, issued_on=DAY)
    commands.send_sub_plan(**known)
    decided = _at_once(
        [
            lambda: commands.approve_sub_plan(**known, edition=1),
            lambda: commands.return_sub_plan(**known, reason="Thiếu"),
        ]
    )
    assert decided == ["done", "told"]
    close: dict[str, Any] = {"by": SYSTEM, "now": now, "plan_id": plan, "reason": "Hết đợt"}
    assert _at_once([lambda: commands.close_plan(**close)] * 2)[0] == "done"
