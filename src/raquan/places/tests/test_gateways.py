"""Files of units are read, or refused with their line."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from raquan.places import gateways
from raquan.places.rules import find_fault

HEADER = "code,valid_from,valid_to,level,type,name,parent_code,lat,lon,aliases"
SCRIPT = Path(__file__).resolve().parents[4] / "scripts/make_places.py"


def test_a_unit_is_read_with_its_name_in_order() -> None:
    line = "648,2023-01-01,2025-06-30,district,Huyện,  Cư M'gar ,66,12.85,108.09,Cư Mgar|Cu Mga"
    (unit,) = gateways.read_units([HEADER, line])
    assert (unit.name, unit.type, unit.lat) == ("Cư M’gar", "huyện", Decimal("12.85"))
    assert unit.aliases == ("Cư Mgar", "Cu Mga")


@pytest.mark.parametrize(
    "line",
    [
        "648,5/1/2023,,district,huyện,Cư M’gar,66,,,",
        "648,2023-01-01,,quarter,huyện,Cư M’gar,66,,,",
        "648,2023-01-01,,district,huyện,Cư M’gar,66,twelve,,",
        "648",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(gateways.UnitsUnreadable) as refusal:
        gateways.read_units([HEADER, line])
    assert "Dòng 2 " in refusal.value.text()


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(gateways.UnitsUnreadable):
        gateways.read_changes(["from_code,to_code", "1,2"])


def test_the_packaged_units_are_sound() -> None:
    units, changes = gateways.read_packaged()
    assert find_fault(units, changes) is None


@pytest.mark.slow
def test_the_packaged_units_are_what_the_script_makes() -> None:
    subprocess.run([sys.executable, str(SCRIPT), "--check"], check=True)
