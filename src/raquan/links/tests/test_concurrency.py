"""Counts add up when several write at once, and of two officers one wins, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import connections

from raquan.capture.tests.world import make_field
from raquan.links import commands
from raquan.links.commands import counting
from raquan.links.gateways import VisitBuffer
from raquan.links.rules import Channel

Link = apps.get_model("links.Link")
LinkDay = apps.get_model("links.LinkDay")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_several_processes_count_one_link(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    field = make_field(now)
    said = {"target": "/", "label": "Loa xã", "channel": Channel.LOUDSPEAKER, "unit": field.cumgar_id}
    made = commands.make_link(by=field.officer, now=now, **said)  # type: ignore[arg-type]

    def write(visits: int) -> None:
        try:
            buffer = VisitBuffer()  # as each process has its own
            buffer.add(made.id, date(2023, 10, 5), visits)
            counting._write(buffer.take())
        finally:
            connections.close_all()

    def stop(seen: int) -> str:
        try:
            commands.stop_link(by=field.officer, now=now, link_id=made.id, seen=seen)
        except commands.Changed:
            return "told"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, [1, 10, 100, 1000]))
        assert sorted(pool.map(stop, [1, 0])) == ["done", "told"]
    assert LinkDay.objects.get().visits == Link.objects.get().visits == 1111
