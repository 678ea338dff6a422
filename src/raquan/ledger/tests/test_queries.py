"""What the ledger answers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import CharField, DateTimeField, QuerySet, UUIDField
from pytest_django import DjangoAssertNumQueries

from raquan.kernel.actor import ANONYMOUS, Actor, ActorKind
from raquan.kernel.clock import real_now
from raquan.kernel.refused import NotAllowed
from raquan.ledger import commands, queries
from raquan.ledger.commands import registry
from raquan.ledger.models import AuditEntry
from raquan.ledger.queries import among

OFFICER = Actor(kind=ActorKind.USER, id=uuid4(), name="Y Mek Ê Nuôl")
MOMENT = DateTimeField()


@pytest.mark.django_db
def test_history_is_newest_first_and_paged(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with transaction.atomic():
        for n in range(5):
            commands.record(by=OFFICER, verb=f"v{n}", subject="test.Thing", subject_id="1")
        commands.record(by=OFFICER, verb="other", subject="test.Thing", subject_id="2")
    with django_assert_num_queries(2):
        page = queries.history(OFFICER, "test.Thing", "1", page=1, size=2)
    assert [entry.verb for entry in page.items] == ["v4", "v3"]
    assert page.total == 5
    assert page.has_next


@pytest.mark.django_db
def test_history_is_not_for_strangers() -> None:
    with pytest.raises(NotAllowed):
        queries.history(ANONYMOUS, "test.Thing", "1")


@pytest.mark.django_db
def test_outbox_state_counts_what_is_open() -> None:
    commands.publish(topic="a")
    assert queries.outbox_state() == queries.OutboxState(open=1, failed=0)


@pytest.mark.django_db
def test_a_history_of_several_kinds_is_one_and_says_what_was_done() -> None:
    with transaction.atomic():
        commands.record(by=OFFICER, verb="plan_outing", subject="test.A", subject_id="1", detail={"code": "CMG-1"})
        commands.record(by=OFFICER, verb="close_account", subject="test.B", subject_id="2")
        commands.record(by=OFFICER, verb="not_ours", subject="test.B", subject_id="3")
    page = queries.history_of_kinds(OFFICER, {"test.A": ["1"], "test.B": ["2"]})
    assert [(act.what, act.told) for act in page.items] == [
        ("khóa tài khoản", ()),
        ("lên lịch buổi ra quân", (("Mã", "CMG-1"),)),
    ]
    assert queries.history_of_kinds(OFFICER, {}).items == []


@pytest.mark.django_db
def test_followers_are_told_of_acts_in_their_transaction() -> None:
    seen: list[str] = []
    registry.FOLLOWERS.append(lambda acts: seen.extend(act.verb for act in acts))
    try:
        with transaction.atomic():
            commands.record(by=OFFICER, verb="v", subject="test.Thing", subject_id="1")
    finally:
        registry.FOLLOWERS.pop()
    assert seen == ["v"]


@pytest.mark.django_db
def test_a_question_is_worded_once_and_answers_what_it_is_told(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with transaction.atomic():
        for n in range(4):
            commands.record(by=OFFICER, verb=f"v{n}", subject="test.Thing", subject_id=str(n % 2))
    worded: list[int] = []

    def wording(most: int) -> QuerySet[AuditEntry, Any]:
        worded.append(most)
        found = AuditEntry.objects.filter(among("verb", "verbs", CharField(), 2), at__lte=queries.Told("now", MOMENT))
        found = found.filter(subject_id=queries.Told("thing", CharField()), actor_id=queries.Told("who", UUIDField()))
        return found.order_by("-verb").values_list("verb", "actor_id", "at", "detail")[:most]

    question, now = queries.Question(wording), real_now()
    told = {"thing": "1", "who": OFFICER.id, "now": now}
    with django_assert_num_queries(4):
        assert [row[0] for row in question.rows(9, verbs=["v1", "v2"], **told)] == ["v1"]
        found = question.rows(9, verbs=["v3", "v1"], **told)
        assert question.count(9, verbs=["v3", "v1"], **told) == 2
        assert question.rows(9, verbs=["v3", "v1"], **told | {"now": now - timedelta(days=1)}) == []
    assert [row[0] for row in found] == ["v3", "v1"]
    assert (found[0][1], found[0][3]) == (OFFICER.id, {}), "values come as the fields give them, not as they are stored"
    assert found[0][2].tzinfo is not None
    assert worded == [9]
    assert len(question.rows(1, verbs=["v3", "v1"], **told)) == 1
    assert worded == [9, 1], "another shape has its own words"
