"""What the tests of calendars share: the world of outings with more communes around it."""

from datetime import date, datetime
from pathlib import Path

import pytest

from raquan.kernel.actor import SYSTEM
from raquan.outings.tests.conftest import REFORM, START, World, make_world
from raquan.people.models import Organization
from raquan.places.commands import load_units
from raquan.places.rules import ChangeRow, Level, UnitRow

SAMPLES = Path(__file__).resolve().parents[4] / "tests" / "fixtures" / "calendars"
ENDED = date(2023, 5, 31)


def _commune(code: str, type_: str, name: str, above: str, since: date = START, until: date | None = REFORM) -> UnitRow:
    return UnitRow(code, since, until, Level.COMMUNE, type_, name, above, None, None)


COMMUNES = (
    _commune("24277", "xã", "Ea Tul", "648"),
    _commune("24280", "xã", "Cư Suê", "648", since=date(2023, 6, 1)),
    _commune("24301", "xã", "Ea Tiêu", "648"),
    _commune("24302", "xã", "Ea Tiêu", "643"),
    _commune("24303", "xã", "Thống Nhất", "648", until=ENDED),
)


@pytest.fixture
def world(db: None, now: datetime) -> World:
    """Make the world that calendars are of."""
    return calendar_world(now)


def calendar_world(now: datetime) -> World:
    """Make it in the test's own transaction or outside any; the officer's unit is where it works."""
    world = make_world(now)
    change = ChangeRow("24303", START, "24280", date(2023, 6, 1), is_default=True, share=None)
    load_units(by=SYSTEM, now=now, units=COMMUNES, changes=(change,))
    Organization.objects.filter(id=world.cumgar_id).update(place_code="648")
    return world
