"""Rows are paged by a number that never changes: none is missed, none comes twice, no page is dearer than another."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from threading import Event, Thread

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from raquan.capture import commands, queries
from raquan.capture.models import RecordRow
from raquan.capture.queries.rows import _found
from raquan.capture.rules import ReviewState
from raquan.capture.tests.world import Field, envelope, instance, make_field
from raquan.kernel.actor import SYSTEM


def send(field: Field, now: datetime, ids: Sequence[str]) -> None:
    """Take records with these ids and make facts of them."""
    envelopes = [envelope(instance(field.outing_code, instance_id=one)) for one in ids]
    commands.receive_submissions(by=field.device, now=now, envelopes=envelopes)
    commands.project_pending(now=now)


def page(below: int | None, limit: int = 250) -> tuple[queries.RowView, ...]:
    return queries.rows(SYSTEM, "assist", 2023, below=below, limit=limit)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_pages_neither_miss_nor_repeat_while_records_arrive(now: datetime) -> None:
    field = make_field(now)
    before = [f"uuid:a{n}" for n in range(2000)]
    send(field, now, before)
    go, ended = Event(), Event()

    def arrive() -> None:
        try:
            go.wait(30)
            for start in range(0, 500, 25):
                send(field, now, [f"uuid:b{n}" for n in range(start, start + 25)])
        finally:
            ended.set()
            connection.close()

    def read() -> Counter[str]:
        seen: Counter[str] = Counter()
        below = None
        while rows := page(below):
            go.set()
            seen.update(row.root_instance_id for row in rows)
            below = rows[-1].number
            # A decision on a row that was read, or will be, moves nothing.
            state = ReviewState.REJECTED if rows[0].review_state != "rejected" else ReviewState.APPROVED
            commands.review_submission(by=SYSTEM, now=now, submission_id=rows[0].submission_id, state=state)
        return seen

    thread = Thread(target=arrive)
    thread.start()
    readings = [read()]
    while not ended.is_set():
        readings.append(read())
    thread.join()
    readings.append(read())
    for seen in readings:
        assert set(seen.values()) == {1}
        assert seen.keys() >= set(before)
    assert len(readings[-1]) == 2500
    assert sorted(RecordRow.objects.values_list("number", flat=True)) == list(range(1, 2501))
    _check_plan()


def _check_plan() -> None:
    """Hold a page to an index that gives its order, at the first rows and at the last."""
    is_postgres = connection.vendor == "postgresql"
    if is_postgres:
        with connection.cursor() as cursor:
            # So few rows are sorted as fast as they are found in order; millions are not.
            cursor.execute("ANALYZE; SET enable_sort = off")
    for below in (2400, 300):
        rows = _found(SYSTEM, "assist", 2023, None).filter(number__lt=below).order_by("-number")
        plan = rows.select_related("submission")[:250].explain()
        assert ("Index Scan" if is_postgres else "SEARCH capture_recordrow USING INDEX") in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
    if is_postgres:
        with connection.cursor() as cursor:
            cursor.execute("RESET enable_sort")


def test_a_page_is_three_queries_at_any_depth(
    field: Field, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    send(field, now, [f"uuid:{n}" for n in range(40)])
    for below, limit in ((None, 2), (None, 40), (30, 20)):
        with django_assert_num_queries(3):
            assert len(page(below, limit)) == limit


def test_a_record_can_be_asked_for_before_it_is_read(field: Field, now: datetime) -> None:
    waiting = envelope(instance(field.outing_code, instance_id="uuid:1"))
    commands.receive_submissions(by=field.device, now=now, envelopes=[waiting])
    row = queries.row_of(field.officer, "assist", 2023, "uuid:1")
    assert (row.number, row.answers, row.review_state) == (0, {}, "received")
    assert page(None) == ()
    commands.project_pending(now=now)
    row = queries.row_of(field.officer, "assist", 2023, "uuid:1")
    assert (row.number, row.answers["how"]) == (1, "guided")
    assert page(None) == (row,)
