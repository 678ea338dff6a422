"""Two at once: one document, one reader of each line, one winner of each correction."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import Refused
from raquan.readings import commands, queries
from raquan.readings.commands import LineWanted
from raquan.readings.models import Reading, ReadingLine
from raquan.readings.rules import Show
from raquan.readings.tests import papers
from raquan.readings.tests.test_commands import SECOND, line, long_plan


def _at_once(*acts: Callable[[], Any]) -> list[Any]:
    def do(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_reading_and_one_winner(now: datetime) -> None:
    document = long_plan(310)
    told: dict[str, Any] = {"by": SYSTEM, "now": now, "document": document, "file_name": "a.xlsx"}
    first, other = _at_once(*[lambda: commands.start_reading(**told)] * 2)
    assert first.reading_id == other.reading_id
    assert sorted([first.already, other.already]) == [False, True]
    _at_once(*[lambda: commands.read_on(now=now, reading_id=first.reading_id)] * 2)
    one = Reading.objects.get()
    assert (one.state, one.done, ReadingLine.objects.count()) == ("read", one.total, one.total)

    plan = commands.start_reading(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="b.docx").reading_id
    line_id = line(plan, SECOND).id

    def correct(title: str) -> None:
        commands.correct_line(by=SYSTEM, now=now, line_id=line_id, version=1, wanted=LineWanted(title))

    assert sorted(map(str, _at_once(lambda: correct("Một"), lambda: correct("Hai")))) == [
        "None",
        "reading.line_changed",
    ]
    assert (line(plan, SECOND).version, Reading.objects.get(id=plan).version) == (2, 2)
    added = _at_once(
        *[lambda: commands.add_task(by=SYSTEM, now=now, reading_id=plan, after=line_id, wanted=LineWanted("Thêm"))] * 3
    )
    assert len(set(added)) == 3
    titles = [it.title for it in queries.reading_page(SYSTEM, plan, Show.TASKS).lines.items]
    assert titles[2:] == ["Thêm"] * 3
