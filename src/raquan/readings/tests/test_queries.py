"""What may be asked about readings: by whom, page by page, in how many queries."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.readings import commands, queries
from raquan.readings.rules import ReadingState, Show
from raquan.readings.tests import papers
from raquan.readings.tests.test_commands import long_plan


def test_a_long_document_is_asked_for_in_pages_and_few_queries(
    officer: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    started = commands.start_reading(by=officer, now=now, document=long_plan(310), file_name="a.xlsx")
    while commands.read_on(now=now, reading_id=started.reading_id):
        pass
    with django_assert_max_num_queries(8):
        page = queries.reading_page(officer, started.reading_id, Show.TASKS, page=7)
    assert (len(page.lines.items), page.lines.pages, page.lines.items[-1].title) == (10, 7, "Việc thứ 310")
    assert page.counts == {Show.OPEN: 0, Show.LEFTOVERS: 0, Show.TASKS: 310, Show.ALL: 312}
    with django_assert_max_num_queries(7):
        kept = queries.kept_plan(officer, started.reading_id)
    assert len(kept.understood.reading.tasks) == 310


def test_what_is_shown_first_is_what_is_to_be_looked_at(officer: Actor, now: datetime, reading_id: UUID) -> None:
    page = queries.reading_page(officer, reading_id)
    assert (page.show, page.counts[Show.OPEN], page.counts[Show.LEFTOVERS], page.counts[Show.TASKS]) == (
        Show.OPEN,
        1,
        1,
        2,
    )
    commands.confirm_line(by=officer, now=now, line_id=page.lines.items[0].id, version=1)
    assert queries.reading_page(officer, reading_id).show is Show.TASKS


def test_documents_are_listed_latest_first_without_the_discarded(
    officer: Actor, other: Actor, now: datetime, reading_id: UUID, django_assert_max_num_queries: Any
) -> None:
    later = commands.start_reading(by=other, now=now, document=papers.party_plan(), file_name="b.docx").reading_id
    with django_assert_max_num_queries(3):
        listed = queries.readings(officer)
    assert [(one.id, one.asked_by, one.open) for one in listed.items] == [
        (later, "Y Mek Ê Nuôl", 2),
        (reading_id, "H’Trang Niê", 1),
    ]
    assert listed.items[0].head.head.number == "12-KH/TU"
    commands.discard_reading(by=officer, now=now, reading_id=later)
    assert [one.id for one in queries.readings(officer).items] == [reading_id]
    assert queries.reading(officer, later).state is ReadingState.DISCARDED


def test_a_line_comes_with_what_can_be_chosen_for_it(officer: Actor, reading_id: UUID) -> None:
    line = queries.reading_page(officer, reading_id).lines.items[0]
    page = queries.line_page(officer, reading_id, line.id)
    assert page.line == line
    assert [one.title for one in page.sections] == ["I. Ra quân"]
    assert set(page.organizations) == {"Tỉnh đoàn Đắk Lắk", "Ủy ban nhân dân huyện Cư M’gar"}


def test_strangers_are_told_nothing(officer: Actor, viewer: Actor, reading_id: UUID) -> None:
    for actor in (viewer, ANONYMOUS):
        for ask in (queries.reading, queries.reading_page, queries.line_page, queries.kept_plan):
            with pytest.raises(NotAllowed):
                ask(actor, reading_id)
        with pytest.raises(NotAllowed):
            queries.readings(actor)
    for ask in (queries.reading, queries.reading_page, queries.line_page, queries.kept_plan):
        with pytest.raises(NotFound):
            ask(officer, uuid7())
    with pytest.raises(NotFound):
        queries.line_page(officer, reading_id, uuid7())
