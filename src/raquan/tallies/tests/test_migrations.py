"""Sheets that stood in the room of records are all here after the move, rows and all; on both databases."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from raquan.capture.commands.counting import next_fact_seq
from raquan.kernel.actor import SYSTEM
from raquan.ledger.queries import history
from raquan.tallies import queries
from raquan.tallies.commands import issue_tally_sheets
from raquan.tallies.models import TallyCount, TallyEntry, TallyLine, TallySheet
from raquan.tallies.rules import TallyKey
from raquan.tallies.tests.world import Market, make_market

BEFORE: list[Any] = [("capture", "0014_photos"), ("tallies", None)]
NOBODY = UUID(int=0)
CELL = {"service_code": "birth_registration", "rung": "filed", "how": "guided"}


def _migrate(targets: list[Any]) -> StateApps:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state([one for one in targets if one[1]]).apps


def _latest() -> list[Any]:
    nodes: list[Any] = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return nodes


@pytest.fixture
def before(transactional_db: None, now: datetime) -> Iterator[tuple[StateApps, Market]]:
    """The installation as it was, with a market day; at the end it is as it is today."""
    latest, market = _latest(), make_market(now)
    yield _migrate(BEFORE), market
    _migrate(latest)


def _fill(apps: StateApps, market: Market, now: datetime) -> Any:
    """Store a corrected sheet, what figures count of it, one that was withdrawn, and what was done to the first."""

    def add(name: str, **fields: Any) -> Any:
        return apps.get_model("capture", name).objects.create(**fields)

    common: dict[str, Any] = {
        "outing_id": market.outing_id,
        "outing_code": market.outing_code,
        "service_codes": ["birth_registration"],
        "issued_at": now,
    }
    sheet = add("TallySheet", number="P01", position=1, state="entered", version=2, is_pending=True, **common)
    ended = {"state": "withdrawn", "withdrawn_at": now, "withdraw_reason": "In thử"}
    add("TallySheet", number="P02", position=2, **ended, **common)
    entry: dict[str, Any] = {"entered_at": now, "source": "page", "recorded_too": True, "is_synthetic": False}
    add("TallyEntry", sheet=sheet, version=1, total=12, photo_sha256="a" * 64, **entry)
    corrected = add("TallyEntry", sheet=sheet, version=2, total=9, reason="Đọc nhầm", **entry)
    add("TallyLine", entry=corrected, count=9, **CELL)
    add(
        "TallyCount",
        sheet=sheet,
        fact_seq=41,
        version=3,
        outing_id=market.outing_id,
        campaign_id=market.campaign_id,
        organization_id=market.cumgar_id,
        occurred_on=now.date(),
        occurred_at=now,
        said=9,
        quantity=7,
        is_synthetic=False,
        **CELL,
    )
    entries = apps.get_model("ledger", "AuditEntry").objects
    entries.create(
        actor_kind="system", verb="enter_tally_sheet", subject="capture.TallySheet", subject_id=str(sheet.id)
    )
    return sheet


def _check(market: Market, sheet_id: Any) -> None:
    shown = queries.tally_sheet(market.officer, "P01")
    assert [(one.version, one.total, one.reason) for one in shown.entries] == [(2, 9, "Đọc nhầm"), (1, 12, "")]
    key = TallyKey("birth_registration", "filed", "guided")
    assert (dict(shown.said), dict(shown.counted), shown.is_pending) == ({key: 9}, {key: 7}, True)
    assert queries.tally_sheet(market.officer, "P02").withdraw_reason == "In thử"
    (fact,) = queries.tally_facts(1, 100, 10)
    assert (fact.fact_seq, fact.version, fact.quantity) == (41, 3, 7)
    with transaction.atomic():
        assert next_fact_seq() == 42  # the numbers go on
    assert [one.verb for one in history(SYSTEM, "tallies.TallySheet", sheet_id).items] == ["enter_tally_sheet"]


def _check_protected() -> None:
    for found, changes in (
        (TallySheet.objects, {"number": "P02"}),
        (TallySheet.objects, {"outing_id": NOBODY}),
        (TallyEntry.objects, {"sheet_id": NOBODY}),
        (TallyEntry.objects, {"total": 0}),
        (TallyLine.objects, {"count": 1000}),
        (TallyCount.objects, {"quantity": 10}),
        (TallyCount.objects, {"sheet_id": NOBODY}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            found.update(**changes)


@pytest.mark.slow
def test_sheets_move_with_all_they_say(before: tuple[StateApps, Market], now: datetime) -> None:
    apps, market = before
    latest = _latest()
    sheet = _fill(apps, market, now)
    _migrate(latest)
    _check(market, sheet.id)
    _check_protected()  # what protected a row still protects it
    _migrate(BEFORE)  # and back, for who must return to the release before
    _migrate(latest)
    _check(market, sheet.id)
    code = market.outing_code
    assert issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=1) == (f"{code}-P03",)
