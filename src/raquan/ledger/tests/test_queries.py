"""What the ledger answers."""

from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from raquan.kernel.actor import ANONYMOUS, Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.ledger import commands, queries

OFFICER = Actor(kind=ActorKind.USER, id=uuid4(), name="Y Mek Ê Nuôl")


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
