"""Two at once: one calendar of one file, one outing of one row, one winner of each correction."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from raquan.calendars import commands
from raquan.calendars.models import Calendar, CalendarLine
from raquan.calendars.tests.conftest import calendar_world
from raquan.calendars.tests.test_commands import GOOD, HEADINGS, lines, wanted
from raquan.kernel.refused import Refused
from raquan.outings.models import Outing
from raquan.readings.tests.books import book, saved


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
def test_two_at_once_are_one_calendar_one_winner_and_one_outing_a_row(now: datetime) -> None:
    world = calendar_world(now)
    rows = [(f"{day}/10/2023", *GOOD[1:]) for day in range(1, 7)]
    data = saved(book(A=[HEADINGS, *rows]))
    told: dict[str, Any] = {"by": world.officer, "now": now, "organization_id": world.cumgar_id}
    first, other = _at_once(*[lambda: commands.start_calendar(**told, data=data, file_name="a.xlsx")] * 2)
    assert first.calendar_id == other.calendar_id
    assert (Calendar.objects.count(), CalendarLine.objects.count()) == (1, 7)
    line = lines(world, first.calendar_id)[0]

    def correct() -> None:
        commands.correct_calendar_line(
            by=world.officer, now=now, line_id=line.id, version=line.version, wanted=wanted(world)
        )

    assert sorted(map(str, _at_once(correct, correct))) == ["None", "calendar.line_changed"]
    take: dict[str, Any] = {"by": world.officer, "now": now, "calendar_id": first.calendar_id}
    _at_once(*[lambda: commands.take_in(**take)] * 2)
    _at_once(*[lambda: commands.continue_taking(now=now, calendar_id=first.calendar_id)] * 2)
    assert Outing.objects.count() == 6
    assert CalendarLine.objects.filter(use="taken").values("outing").distinct().count() == 6
