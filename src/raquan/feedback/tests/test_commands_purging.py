"""Words are emptied months after a talk was settled; counts and the fact that it happened stay."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from raquan.capture.tests.world import Field
from raquan.feedback import commands, queries
from raquan.feedback.models import Entry
from raquan.feedback.tests.conftest import Send
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry

YEAR = timedelta(days=366)


def words() -> list[str]:
    return sorted(Entry.objects.values_list("text", flat=True))


def test_words_go_a_year_after_the_answer_and_the_counts_stay(field: Field, send: Send, now: datetime) -> None:
    answered, token = send(mood="poor", topics=("wait",))
    commands.answer_feedback(by=field.officer, now=now, feedback_id=answered, text="Có.", seen=1)
    waiting, _ = send(text="Còn chờ trả lời")
    noted, _ = send(text="Nhiệt tình lắm", wants_answer=False, mood="good")
    before = queries.moods(field.officer, field.campaign_id)

    assert commands.purge_feedback(by=SYSTEM, now=now + timedelta(days=364), months=12) == 0
    assert commands.purge_feedback(by=SYSTEM, now=now + YEAR, months=0) == 0
    assert commands.purge_feedback(by=SYSTEM, now=now + YEAR, months=12) == 2
    assert commands.purge_feedback(by=SYSTEM, now=now + YEAR, months=12) == 0

    assert words() == ["", "", "", "Còn chờ trả lời"]
    assert queries.moods(field.officer, field.campaign_id) == before
    (act,) = AuditEntry.objects.filter(verb="purge_feedback")
    assert set(act.detail["ids"]) == {str(answered), str(noted)}
    held = queries.held_feedback(token, now=now + YEAR)
    assert held is not None
    assert [one.text for one in held.entries] == ["", ""]
    assert waiting not in (answered, noted)


def test_who_asks_again_after_a_year_is_answered_as_before(field: Field, send: Send, now: datetime) -> None:
    answered, token = send()
    commands.answer_feedback(by=field.officer, now=now, feedback_id=answered, text="Có.", seen=1)
    commands.purge_feedback(by=SYSTEM, now=now + YEAR, months=12)
    commands.ask_again(now=now + YEAR, token=token, text="Năm nay thì sao?", seen=2)
    assert commands.purge_feedback(by=SYSTEM, now=now + 3 * YEAR, months=12) == 0  # it waits
    assert words() == ["", "", "Năm nay thì sao?"]


def test_a_closing_keeps_that_it_was_closed(field: Field, send: Send, now: datetime, client: Client) -> None:
    closed, token = send()
    commands.close_feedback(by=field.officer, now=now, feedback_id=closed, reason="Gửi trùng")
    commands.purge_feedback(by=SYSTEM, now=now + YEAR, months=12)
    page = client.get(f"/q/{token}/").content.decode()
    assert "Gửi trùng" not in page
    assert "Chữ đã được xóa" in page


def test_only_the_server_empties(field: Field, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.purge_feedback(by=field.officer, now=now, months=12)
