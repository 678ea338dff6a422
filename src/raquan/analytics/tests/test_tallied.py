"""What paper sheets say stands in figures with its own grade, live, filed and frozen, and opens down to the sheet."""

from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.analytics import queries
from raquan.analytics.commands import extract_facts, freeze_snapshot
from raquan.analytics.tests.conftest import Send
from raquan.capture.commands import project_pending
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM
from raquan.tallies.commands import enter_tally_sheet, issue_tally_sheets
from raquan.tallies.rules import TallyKey, TallySource

FILED = TallyKey("birth_registration", "filed", "guided")


@pytest.fixture
def sheet(field: Field, send: Send, now: datetime) -> str:
    """Two records and a sheet of nine people, two of whom are those of the records."""
    send({}, {})
    (number,) = issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=1)
    enter_tally_sheet(
        by=field.officer, now=now, number=number, lines={FILED: 9}, recorded_too=True, source=TallySource.PAGE
    )
    project_pending(now=now)
    return number


def test_a_figure_says_how_much_of_it_was_tallied(field: Field, sheet: str, now: datetime) -> None:
    def parts(**where: object) -> dict[str, int]:
        found = queries.figure(SYSTEM, "assists", "service", **where)  # type: ignore[arg-type]
        assert found.total == 9
        return {part.grade: int(part.value) for part in found.parts}

    live = {"counted": 2, "tallied": 7}
    assert parts(campaign_id=field.campaign_id) == live
    extract_facts(by=SYSTEM, now=now)
    assert parts(campaign_id=field.campaign_id) == live
    assert parts(snapshot_id=freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)) == live


def test_a_record_that_comes_later_is_taken_off_the_sheet(field: Field, sheet: str, send: Send, now: datetime) -> None:
    frozen = freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    send({})
    live = queries.figure(SYSTEM, "assists", "service", campaign_id=field.campaign_id)
    assert live.total == 9
    assert {part.grade: part.value for part in live.parts} == {"counted": 3, "tallied": 6}
    then = queries.figure(SYSTEM, "assists", "service", snapshot_id=frozen)
    assert {part.grade: part.value for part in then.parts} == {"counted": 2, "tallied": 7}


def test_a_sheet_knows_no_hour_and_no_bottleneck(field: Field, sheet: str) -> None:
    hours = queries.figure(SYSTEM, "assists", "hour", campaign_id=field.campaign_id)
    assert {row.key: row.value for row in hours.rows} == {"08": 2, "": 7}
    stuck = queries.figure(SYSTEM, "stuck", "bottleneck", campaign_id=field.campaign_id)
    assert stuck.total == 0


def test_a_row_opens_down_to_the_sheet(field: Field, sheet: str) -> None:
    opened = queries.figure_records(
        field.officer, "assists", "service", "birth_registration", campaign_id=field.campaign_id
    )
    assert (opened.value, len(opened.page.items), opened.page.total, opened.hidden) == (9, 2, 3, 0)
    (cell,) = opened.tallied
    assert (cell.number, cell.said, cell.quantity) == (sheet, 9, 7)
    assert field.officer.id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=field.officer.id))
    page = client.get(opened.figure.rows[0].href).content.decode()
    assert f"/desk/records/tally/{sheet}/" in page
    stranger = queries.figure_records(
        field.city_officer, "assists", "service", "birth_registration", campaign_id=field.campaign_id
    )
    assert (stranger.tallied, stranger.hidden) == ((), 3)
