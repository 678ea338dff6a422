"""Desks that stood in the room of outings are all here after the move, rows and all; on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from raquan.ledger.models import AuditEntry
from raquan.outings.rules import is_desk_code

BEFORE = [("outings", "0004_kit"), ("helpdesks", None)]
FIRST = date(2023, 10, 2)


def _migrate(targets: list[Any]) -> StateApps:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state([one for one in targets if one[1]]).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[StateApps]:
    """The installation as it was, and at the end as it is."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    yield _migrate(BEFORE)
    _migrate(latest)


def _desk(apps: StateApps) -> Any:
    unit = apps.get_model("places", "Unit").objects.create(
        code="648", valid_from=date(2023, 1, 1), level="district", type="huyện", name="Cư M’gar", parent_code="66"
    )
    owner = apps.get_model("people", "Organization").objects.create(name="UBND huyện Cư M’gar", level="district")
    site = apps.get_model("outings", "Site").objects.create(
        name="Bộ phận một cửa", kind="one_stop_shop", place=unit, place_code="648", place_path="/66/648/", sort_key="b"
    )
    desk = apps.get_model("outings", "HelpDesk").objects.create(
        organization=owner,
        site=site,
        place_path="/66/648/",
        language="vi",
        valid_from=FIRST,
        set_up_at=datetime(2023, 10, 1, tzinfo=UTC),
    )
    apps.get_model("outings", "HelpDeskService").objects.create(desk=desk, service_code="mobile_money", position=0)
    for hour in (7, 13):
        apps.get_model("outings", "OpeningHours").objects.create(
            desk=desk, weekday=1, opens_at=time(hour), closes_at=time(hour + 3)
        )
    apps.get_model("outings", "Closure").objects.create(desk=desk, first_on=FIRST, last_on=FIRST, reason="Nghỉ")
    AuditEntry.objects.create(
        verb="set_up_help_desk",
        subject="outings.HelpDesk",
        subject_id=str(desk.id),
        actor_kind="system",
    )
    return desk


@pytest.mark.slow
def test_a_desk_moves_with_all_it_has(before: StateApps) -> None:
    old = _desk(before)
    apps = _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    desk = apps.get_model("helpdesks", "HelpDesk").objects.get()
    assert (desk.id, desk.site_id, desk.organization_id) == (old.id, old.site_id, old.organization_id)
    assert is_desk_code(desk.code)
    assert desk.code.startswith("CMG-")
    assert list(desk.services.values_list("service_code", flat=True)) == ["mobile_money"]
    assert desk.hours.filter(begun_at__isnull=True, ended_at__isnull=True).count() == 2
    assert desk.closures.get().reason == "Nghỉ"
    entry = AuditEntry.objects.get(subject_id=str(desk.id))
    assert (entry.subject, entry.verb) == ("helpdesks.HelpDesk", "set_up_help_desk")
    hold = apps.get_model("outings", "SiteHold").objects.get()
    assert (hold.holder_id, hold.site_id, hold.until) == (desk.id, desk.site_id, None)
    with pytest.raises(IntegrityError), transaction.atomic():  # what protected a row still protects it
        desk.closures.create(first_on=FIRST, last_on=FIRST, reason="Nghỉ")
    with pytest.raises(IntegrityError), transaction.atomic():
        desk.hours.create(weekday=1, opens_at=time(7), closes_at=time(9))
