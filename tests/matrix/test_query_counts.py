"""Each page of the desk asks the database little, and no more when the province is full."""

from collections.abc import Iterator
from datetime import date

import pytest
from bench.machinery.province import Amounts, Ground, fill
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from raquan.campaign.queries import forget_campaigns
from raquan.capture.tests.world import instance
from raquan.catalogue.queries import forget_catalogue
from raquan.people.queries import forget_places_of_organizations
from raquan.places.queries import forget_units
from tests.matrix.cases import CASES
from tests.matrix.conftest import NOW
from tests.matrix.test_matrix import ask, reads, words
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WHO = ("steering_officer@whole", "unit_officer@own")
MOST = 12
WARMING = [(route, CASES[route]) for route in ("desk/outings/new/", "desk/records/", "desk/")]


@pytest.fixture(scope="module")
def counts(world: World) -> Iterator[dict[str, tuple[int, int]]]:
    """Count each page's queries in a small province and in one with three times as much."""
    lasting = {"RAQUAN_REMEMBER_SECONDS": 600.0, "RAQUAN_REMEMBER_REFERENCE_SECONDS": 600.0}
    small = Amounts(communes=6, departments=2, units=6, outings=30, records=30)
    with transaction.atomic(), override_settings(**lasting):
        _fill(world, small, 0)
        before = _count(world)
        _fill(world, small.times(2), 100)
        after = _count(world)
        yield {page: (before[page], after[page]) for page in before}
        transaction.set_rollback(True)
    _forget()


def test_pages_ask_little_and_not_more_when_there_is_more(counts: dict[str, tuple[int, int]]) -> None:
    grown = {page: count for page, count in counts.items() if count[1] > count[0]}
    assert grown == {}
    assert {page: after for page, (_before, after) in counts.items() if after > MOST} == {}


def _forget() -> None:
    for forget in (forget_units, forget_catalogue, forget_campaigns, forget_places_of_organizations):
        forget()


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
    found: dict[str, int] = {}
    for is_warm in (False, True):  # what is remembered for some seconds, is remembered by then
        for who in WHO:
            visitor = world.visitors[who]
            for route, case in CASES.items() if is_warm else WARMING:
                if route.startswith("desk/") and case.get == 200 and reads(world, visitor, route, case):
                    with CaptureQueriesContext(connection) as asked:
                        words(ask(world, visitor, route, case, query=case.queries[0]))
                    found[f"{who} {route}"] = len(asked)
    return found
