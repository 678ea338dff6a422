"""What teams take along: the list as data, ticked off outing by outing; on both databases."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry
from raquan.outings import commands, queries
from raquan.outings.models import KitItem, KitTick
from raquan.outings.tests.conftest import World

Plan = Callable[..., dict[str, Any]]


@pytest.fixture
def outing_id(planned: Plan, now: datetime) -> UUID:
    """A planned outing at a one-stop shop, hands on, with the packaged list."""
    commands.load_kit(by=SYSTEM, now=now)
    return commands.plan_outing(**planned(now=now))


def packed(world: World, outing_id: UUID) -> set[str]:
    lines = queries.kit(world.officer, queries.outing(world.officer, outing_id))
    return {one.code for one in lines if one.is_packed}


def test_an_outing_has_the_items_of_its_kind(world: World, outing_id: UUID) -> None:
    codes = [one.code for one in queries.kit(world.officer, queries.outing(world.officer, outing_id))]
    assert codes[0] == "badge"
    assert "phones" in codes
    assert not {"loudspeaker", "market_table"} & set(codes)


def test_items_are_ticked_off_and_on(world: World, outing_id: UUID, now: datetime) -> None:
    for _ in range(2):
        commands.tick_kit(by=world.helper, now=now, outing_id=outing_id, packed=["badge", "phones"])
    assert packed(world, outing_id) == {"badge", "phones"}
    commands.tick_kit(by=world.leader, now=now, outing_id=outing_id, packed=["phones", "leaflets"])
    assert packed(world, outing_id) == {"phones", "leaflets"}
    assert KitTick.objects.count() == 3
    assert AuditEntry.objects.filter(verb="tick_kit").count() == 2


def test_who_is_not_of_it_ticks_nothing(world: World, outing_id: UUID, now: datetime) -> None:
    commands.change_team(by=world.officer, now=now, outing_id=outing_id, team=[world.leader.id or UUID(int=0)])
    for stranger in (world.helper, world.viewer, world.city_officer):
        with pytest.raises(NotAllowed):
            commands.tick_kit(by=stranger, now=now, outing_id=outing_id, packed=["badge"])
    with pytest.raises(commands.ItemUnknown):
        commands.tick_kit(by=world.officer, now=now, outing_id=outing_id, packed=["badge", "market_table"])
    commands.cancel_outing(by=world.officer, now=now, outing_id=outing_id, reason="Mưa")
    with pytest.raises(commands.OutingStateForbids):
        commands.tick_kit(by=world.officer, now=now, outing_id=outing_id, packed=["badge"])
    assert packed(world, outing_id) == set()


def test_an_office_brings_its_own_list(world: World, outing_id: UUID, now: datetime, tmp_path: Path) -> None:
    commands.tick_kit(by=world.officer, now=now, outing_id=outing_id, packed=["badge", "phones"])
    own = tmp_path / "kit.csv"
    own.write_text("code,aim,site_kind,vi,en\nbadge,,,Thẻ đeo,Badge\nwater,,,Nước uống,\n", encoding="utf-8")
    with pytest.raises(NotAllowed):
        commands.load_kit(by=world.officer, now=now, path=own)
    assert commands.load_kit(by=SYSTEM, now=now, path=own) == 2
    lines = queries.kit(world.officer, queries.outing(world.officer, outing_id))
    assert [(one.name, one.is_packed) for one in lines] == [("Thẻ đeo", True), ("Nước uống", False)]
    assert KitTick.objects.filter(item__code="phones", is_packed=True).exists()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("code,aim,site_kind,vi,en\na,,,,\n", "dòng 2"),
        ("code,aim,site_kind,vi,en\na,,,Một,\na,,,Hai,\n", "dòng 3"),
        ("code,aim,site_kind,vi,en\na,dance,,Một,\n", "dòng 2"),
        ("code,vi\na,Một\n", "dòng 2"),
    ],
)
def test_a_wrong_list_changes_nothing(world: World, now: datetime, tmp_path: Path, text: str, line: str) -> None:
    before = KitItem.objects.filter(is_listed=True).count()
    own = tmp_path / "kit.csv"
    own.write_text(text, encoding="utf-8")
    for path in (own, tmp_path / "none.csv"):
        with pytest.raises(commands.KitUnreadable) as refused:
            commands.load_kit(by=SYSTEM, now=now, path=path)
        assert (line in str(refused.value)) is (path == own)
    assert KitItem.objects.filter(is_listed=True).count() == before
