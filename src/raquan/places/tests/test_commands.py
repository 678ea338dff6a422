"""Loading units: once, again, corrected, refused, and two at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections, transaction

from raquan.kernel.actor import ANONYMOUS, Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry
from raquan.places import commands, queries
from raquan.places.commands import LoadedUnits, UnitsUnsound
from raquan.places.models import Succession, Unit
from raquan.places.rules import ChangeRow, Level, UnitRow

START, LAST, REFORM = date(2023, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
PROVINCE = UnitRow("66", START, None, Level.PROVINCE, "tỉnh", "Đắk Lắk", "", None, None)
OLD = UnitRow("24265", START, LAST, Level.COMMUNE, "xã", "Ea Kiết", "66", None, None)
OTHER = UnitRow("24262", START, LAST, Level.COMMUNE, "xã", "Ea Kuêh", "66", None, None)
NEW = UnitRow("24265", REFORM, None, Level.COMMUNE, "xã", "Ea Kiết", "66", Decimal("12.9"), Decimal("108"))
UNITS = [PROVINCE, OLD, OTHER, NEW]
CHANGES = [
    ChangeRow("24265", START, "24265", REFORM, is_default=True, share=Decimal(1)),
    ChangeRow("24262", START, "24265", REFORM, is_default=True, share=None),
]


def load(
    by: Actor, now: datetime, units: Sequence[UnitRow] = UNITS, changes: Sequence[ChangeRow] = CHANGES
) -> LoadedUnits:
    return commands.load_units(by=by, now=now, units=units, changes=changes)


@pytest.mark.django_db
def test_units_are_loaded_and_recorded(system: Actor, now: datetime) -> None:
    assert load(system, now) == LoadedUnits(added=4, changed=0, unchanged=0)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.detail["added"]) == ("load_units", "places.Unit", 4)
    assert Succession.objects.count() == 2


@pytest.mark.django_db
def test_the_same_again_changes_nothing(system: Actor, now: datetime) -> None:
    load(system, now)
    ids = set(Unit.objects.values_list("id")) | set(Succession.objects.values_list("id"))
    assert load(system, now) == LoadedUnits(added=0, changed=0, unchanged=4)
    assert set(Unit.objects.values_list("id")) | set(Succession.objects.values_list("id")) == ids
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_another_content_corrects_the_unit_and_keeps_its_id(system: Actor, now: datetime) -> None:
    load(system, now)
    before = Unit.objects.get(code="24262")
    renamed = replace(OTHER, name="Ea Kuếh", lat=Decimal("12.9"), lon=Decimal("108.1"))
    assert load(system, now, [PROVINCE, OLD, renamed, NEW]) == LoadedUnits(0, 1, 3)
    after = Unit.objects.get(code="24262")
    assert (after.id, after.name, after.lat) == (before.id, "Ea Kuếh", Decimal("12.9"))
    assert AuditEntry.objects.order_by("at").last().detail["ids"] == ["24262"]  # type: ignore[union-attr]


@pytest.mark.django_db
def test_changes_are_replaced_also_when_the_default_moves(system: Actor, now: datetime) -> None:
    second = UnitRow("24277", REFORM, None, Level.COMMUNE, "xã", "Ea Tul", "66", None, None)
    load(system, now, [*UNITS, second], [*CHANGES, ChangeRow("24262", START, "24277", REFORM, False, None)])
    moved = [replace(CHANGES[1], is_default=False), ChangeRow("24262", START, "24277", REFORM, True, None)]
    load(system, now, [*UNITS, second], [CHANGES[0], *moved])
    assert [s.unit.code for s in queries.successors("24262", LAST)] == ["24277", "24265"]
    load(system, now, [*UNITS, second], CHANGES)
    assert [s.unit.code for s in queries.successors("24262", LAST)] == ["24265"]


@pytest.mark.django_db
def test_units_that_are_not_given_stay(system: Actor, now: datetime) -> None:
    load(system, now)
    load(system, now, [PROVINCE], [])
    assert Unit.objects.count() == 4
    assert Succession.objects.count() == 2


@pytest.mark.django_db
def test_what_contradicts_the_stored_units_is_refused(system: Actor, now: datetime) -> None:
    load(system, now)
    with pytest.raises(UnitsUnsound) as refusal:
        load(system, now, [replace(NEW, valid_from=date(2025, 8, 1))], [])
    assert "two units in force" in refusal.value.text()
    assert Unit.objects.count() == 4


@pytest.mark.django_db
def test_a_unit_given_twice_is_refused(system: Actor, now: datetime) -> None:
    with pytest.raises(UnitsUnsound):
        load(system, now, [PROVINCE, PROVINCE], [])


@pytest.mark.django_db
@pytest.mark.parametrize("by", [ANONYMOUS, Actor(kind=ActorKind.USER, name="Y Mek Ê Nuôl")])
def test_only_the_system_loads_units(by: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        load(by, now)
    assert not Unit.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_leave_one_set(system: Actor, now: datetime) -> None:
    def run(_: int) -> int:
        try:
            return load(system, now).added
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        added = list(pool.map(run, range(2)))
    assert max(added) == 4
    assert (Unit.objects.count(), Succession.objects.count()) == (4, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"valid_to": date(2022, 1, 1)},
        {"level": "quarter"},
        {"type": "huyện"},
        {"parent_code": ""},
        {"lat": Decimal(12)},
        {"lat": Decimal(12), "lon": Decimal(200)},
    ],
)
def test_the_database_itself_refuses_a_wrong_unit(wrong: dict[str, object]) -> None:
    right = {"code": "24265", "valid_from": START, "level": "commune", "type": "xã", "name": "Ea Kiết"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(**{**right, "parent_code": "66", **wrong})
