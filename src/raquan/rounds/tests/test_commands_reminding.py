"""Units are reminded before and after the due time, once each; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.notices.models import Notice
from raquan.rounds import commands
from raquan.rounds.models import UnitReport
from raquan.rounds.tests.conftest import open_rounds


def told(report_id: UUID) -> list[tuple[str, bool]]:
    """Give the kinds of what was told of a report, and whether it is settled."""
    rows = Notice.objects.filter(key__startswith=str(report_id)).order_by("id")
    return [(one.kind, one.settled_at is not None) for one in rows]


def test_a_unit_is_reminded_before_and_after_and_let_alone_once_it_submitted(field: Field, now: datetime) -> None:
    report_id = open_rounds(field, now)
    due = UnitReport.objects.get(id=report_id).due_at
    with pytest.raises(NotAllowed):
        commands.remind_units(by=field.office, now=now)
    UnitReport.objects.exclude(id=report_id).delete()
    assert commands.remind_units(by=SYSTEM, now=due - timedelta(hours=3)) == 0
    assert commands.remind_units(by=SYSTEM, now=due - timedelta(hours=1)) == 1
    assert commands.remind_units(by=SYSTEM, now=due - timedelta(hours=1)) == 0
    assert commands.remind_units(by=SYSTEM, now=due + timedelta(hours=1)) == 1
    assert told(report_id) == [("rounds.soon", False), ("rounds.due", False)]
    late = Notice.objects.get(kind="rounds.due")
    assert (late.organization_id, late.role) == (field.cumgar_id, "unit_officer")
    assert late.escalate_at == due + timedelta(hours=24)

    more = due + timedelta(days=2)
    commands.extend_due(by=field.office, now=now, report_id=report_id, due_at=more, reason="Mưa lũ")
    assert told(report_id) == [("rounds.soon", True), ("rounds.due", True)]
    assert commands.remind_units(by=SYSTEM, now=due + timedelta(hours=1)) == 0
    assert commands.remind_units(by=SYSTEM, now=more) == 1
    known: dict[str, Any] = {"by": field.officer, "now": more, "report_id": report_id}
    commands.save_draft(**known, edition=0, told={"results": "Giúp 2 người"})
    commands.submit_report(**known, edition=1)
    assert told(report_id)[-1] == ("rounds.due", True)
    assert commands.remind_units(by=SYSTEM, now=more + timedelta(days=3)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_once(now: datetime) -> None:
    field = make_field(now)
    report_id = open_rounds(field, now)

    def remind(_turn: int) -> int:
        try:
            return commands.remind_units(by=SYSTEM, now=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(remind, range(2))) == UnitReport.objects.count()
    assert told(report_id) == [("rounds.due", False)]
