"""Each page of the desk asks the database little, also the first time, and no more when the province is full."""

from collections.abc import Iterator
from datetime import date

import pytest
from bench.machinery.province import Amounts, Ground, fill
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from raquan.campaign.models import Indicator, Task, TaskIndicator
from raquan.capture.tests.world import instance
from raquan.config.reference import read_reference
from raquan.kernel.remembering import forget_everything
from tests.matrix.cases import CASES
from tests.matrix.conftest import NOW
from tests.matrix.test_matrix import ask, reads, words
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WHO = ("steering_officer@whole", "unit_officer@own")
MOST = 12


@pytest.fixture(scope="module")
def counts(world: World) -> Iterator[dict[str, tuple[int, int]]]:
    """Count each page's queries in a small province and in one with three times as much."""
    lasting = {"RAQUAN_REMEMBER_SECONDS": 600.0, "RAQUAN_REMEMBER_REFERENCE_SECONDS": 600.0}
    small = Amounts(communes=6, departments=2, units=6, outings=30, records=30)
    try:
        with transaction.atomic(), override_settings(**lasting):
            _link(world)
            _fill(world, small, 0)
            before = _count(world)
            _fill(world, small.times(2), 100)
            after = _count(world)
            yield {page: (before[page], after[page]) for page in before}
            transaction.set_rollback(True)
    finally:
        forget_everything()


def test_pages_ask_little_and_not_more_when_there_is_more(counts: dict[str, tuple[int, int]]) -> None:
    # A list that no longer fits its first page is counted, which is one query more, however long it grows.
    grown = {page: count for page, count in counts.items() if count[1] > count[0] + 1}
    assert grown == {}
    assert {page: after for page, (_before, after) in counts.items() if after > MOST} == {}


def _link(world: World) -> None:
    """Let an indicator with targets by group of communes tell how far its plan's tasks are."""
    indicator = Indicator.objects.get(id=world.things["indicator_id"])
    assert indicator.targets.filter(scope="group").exists()
    tasks = Task.objects.filter(plan_id=world.things["plan_id"])
    TaskIndicator.objects.bulk_create(TaskIndicator(task=one, indicator=indicator) for one in tasks)


def _fill(world: World, amounts: Amounts, begin: int) -> None:
    ground = Ground(
        campaign_id=world.base.campaign_id,
        starts_on=date(2023, 9, 15),
        ends_on=date(2023, 10, 15),
        district="648",
        phone=world.base.device,
        payload=lambda code, instance_id: instance(code, instance_id=instance_id),
    )
    fill(ground, amounts, now=NOW, begin=begin)


def _count(world: World) -> dict[str, int]:
    """Count what each page asks in a process that has just begun, and has read the reference data."""
    found: dict[str, int] = {}
    for who in WHO:
        visitor = world.visitors[who]
        for route, case in CASES.items():
            if route.startswith("desk/") and case.get == 200 and reads(world, visitor, route, case):
                forget_everything()
                read_reference()
                with CaptureQueriesContext(connection) as asked:
                    words(ask(world, visitor, route, case, query=case.queries[0]))
                found[f"{who} {route}"] = len(asked)
    return found
