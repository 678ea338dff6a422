"""Loading the catalogue: again changes nothing, wrong files are refused whole."""

from datetime import datetime
from pathlib import Path

import pytest

from raquan.catalogue import commands
from raquan.catalogue.gateways import CatalogueUnreadable
from raquan.catalogue.models import Rung, Service
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.refused import NotAllowed, Refused
from raquan.ledger.queries import history

pytestmark = pytest.mark.django_db


def test_the_packaged_tables_load_once(system: Actor, now: datetime) -> None:
    first = commands.load_catalogue(by=system, now=now)
    again = commands.load_catalogue(by=system, now=now)
    assert first.added > 90
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    assert history(system, "catalogue.Service", "catalogue").total == 1


def test_a_mended_row_is_changed_and_a_missing_one_stays(system: Actor, now: datetime, folder: Path) -> None:
    commands.load_catalogue(by=system, now=now, directory=folder)
    before = Service.objects.count()
    services = folder / "services.csv"
    lines = services.read_text(encoding="utf-8").splitlines()
    kept = [line.replace("Cấp hộ chiếu phổ thông", "Cấp hộ chiếu") for line in lines if "tiktok" not in line]
    services.write_text("\n".join(kept), encoding="utf-8")
    loaded = commands.load_catalogue(by=system, now=now, directory=folder)
    assert loaded.added == 0
    assert loaded.changed >= 2
    assert Service.objects.count() == before
    assert Service.objects.filter(code="passport", search_key="cap ho chieu").count() == 2


def test_a_visitor_may_not_load(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.load_catalogue(by=ANONYMOUS, now=now)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("services.csv", "2019-07-05", "5/7/2019", "catalogue.unreadable"),
        ("services.csv", ",ecommerce,", ",barter,", "catalogue.unknown_reference"),
        ("services.csv", "2024-01-01,,ecommerce", "2023-12-31,,ecommerce", "catalogue.dates_overlap"),
        ("rungs.csv", ",activated,activated,", ",activated,awake,", "catalogue.unknown_reference"),
        ("performers.csv", "vneid_level2,account", "vneid_level2,shop_opened", "catalogue.unknown_reference"),
        ("performers.csv", "vneid_level2,account", "vneid_level9,account", "catalogue.unknown_reference"),
    ],
)
def test_wrong_tables_are_refused_and_nothing_is_stored(
    system: Actor, now: datetime, folder: Path, file: str, old: str, new: str, code: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        commands.load_catalogue(by=system, now=now, directory=folder)
    assert refusal.value.code == code
    assert not Service.objects.exists()
    assert not Rung.objects.exists()


def test_a_missing_file_is_named(system: Actor, now: datetime, folder: Path) -> None:
    (folder / "rungs.csv").unlink()
    with pytest.raises(CatalogueUnreadable) as refusal:
        commands.load_catalogue(by=system, now=now, directory=folder)
    assert "rungs.csv" in refusal.value.text()
