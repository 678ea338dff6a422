"""Calls to units that are behind: noted once, never changed; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.rounds import commands, queries
from raquan.rounds.models import Call


def test_a_call_is_noted_and_called_again(field: Field, now: datetime) -> None:
    of: dict[str, Any] = {"now": now, "campaign_id": field.campaign_id, "organization_id": field.cumgar_id}
    again, request_id = now + timedelta(hours=1), uuid7()
    said: dict[str, Any] = of | {"spoke_with": "Y Mek", "said": "Chiều nộp", "again_at": again}
    first = commands.record_call(by=field.office, **said, request_id=request_id)
    assert commands.record_call(by=field.office, **said, request_id=request_id) == first
    assert AuditEntry.objects.filter(verb="record_call").count() == 1
    for actor, error in ((field.officer, NotAllowed), (field.helper, NotAllowed)):
        with pytest.raises(error):
            commands.record_call(by=actor, **said)
    with pytest.raises(NotFound):
        commands.record_call(by=field.office, **said | {"organization_id": uuid7()})
    with pytest.raises(commands.NothingSaid):
        commands.record_call(by=field.office, **said | {"said": "  "})
    with pytest.raises(commands.AgainInThePast):
        commands.record_call(by=field.office, **said | {"again_at": now})

    assert queries.queues(field.office, now, campaign_id=field.campaign_id).calls == 0
    assert queries.queues(field.office, again, campaign_id=field.campaign_id).calls == 1
    assert queries.queues(field.officer, again, campaign_id=field.campaign_id).calls == 0
    commands.record_call(by=field.office, **of | {"now": again, "said": "Đã nộp"})
    assert queries.queues(field.office, again, campaign_id=field.campaign_id).calls == 0
    (last,) = queries.last_calls(field.office, field.campaign_id, [field.cumgar_id]).values()
    assert (last.said, last.again_at) == ("Đã nộp", None)
    assert len(queries.calls(field.office, field.campaign_id, field.cumgar_id)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_button_that_is_pressed_twice_at_once_notes_one_call(now: datetime) -> None:
    field, request_id = make_field(now), uuid7()

    def press(_turn: int) -> object:
        try:
            return commands.record_call(
                by=field.office,
                now=now,
                campaign_id=field.campaign_id,
                organization_id=field.cumgar_id,
                said="Không nghe máy",
                request_id=request_id,
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(press, range(2)))
    assert len(found) == Call.objects.count() == 1
