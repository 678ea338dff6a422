"""Records of help desks become facts as those of outings do; on both databases."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from raquan.capture import commands, queries
from raquan.capture.models import Assist, Submission
from raquan.capture.queries import AssistFilter
from raquan.capture.rules import Issue
from raquan.capture.tests.world import DESK_CODE as CODE
from raquan.capture.tests.world import Field, envelope, instance, new_id, set_up_desk
from raquan.helpdesks import commands as helpdesks
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import SYSTEM


@pytest.fixture
def desk_id(field: Field) -> UUID:
    """A desk at the one-stop shop of Cư M’gar, open on Thursday mornings."""
    return set_up_desk(field, Span(4, time(7, 30), time(11)))


def record(field: Field, now: datetime, code: str = CODE, **answers: Any) -> Submission:
    """Send a record and let it become a fact."""
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(instance(code, **answers))])
    assert verdict.is_taken
    assert commands.project_pending(now=now) == 1
    return Submission.objects.get(instance_id=verdict.instance_id)


def test_a_desks_record_is_of_its_place_unit_and_days_campaign(field: Field, desk_id: UUID, now: datetime) -> None:
    row = record(field, now, " cmg 7k2qa ")
    assert row.issues == []
    assist = Assist.objects.get()
    assert (assist.help_desk_id, assist.outing_id, assist.outing_code) == (desk_id, None, CODE)
    assert (assist.campaign_id, assist.organization_id) == (field.campaign_id, field.cumgar_id)
    assert (assist.province_code, assist.district_code, assist.place_code) == ("66", "648", "24259")
    (fact,) = queries.facts_after(0, 5)
    assert (fact.outing_id, fact.outing_code, fact.commune_code, fact.under_review) == (None, CODE, "24259", False)


@pytest.mark.parametrize(
    ("started", "issues"),
    [
        ("2023-10-05T07:15:00+07:00", []),  # the first is often helped while the desk is being opened
        ("2023-10-05T05:30:00+07:00", [Issue.DESK_CLOSED]),
        ("2023-10-04T08:00:00+07:00", [Issue.DESK_CLOSED]),
        ("2023-08-31T08:00:00+07:00", [Issue.DESK_CLOSED, Issue.OUTSIDE_CAMPAIGN]),
        ("2023-09-07T08:00:00+07:00", [Issue.OUTSIDE_CAMPAIGN]),
    ],
)
def test_a_record_outside_the_hours_is_taken_and_doubted(
    field: Field, desk_id: UUID, now: datetime, started: str, issues: list[Issue]
) -> None:
    row = record(field, now, start=started)
    assert row.issues == [one.value for one in issues]
    assert Assist.objects.get().help_desk_id == desk_id


def test_a_holiday_is_doubted_and_hours_of_before_hold(field: Field, desk_id: UUID, now: datetime) -> None:
    helpdesks.change_hours(by=SYSTEM, now=now, desk_id=desk_id, hours=[Span(1, time(8), time(9))])
    assert record(field, now).issues == []  # made at 8:12, before the change at 9:00
    day = date(2023, 10, 5)
    helpdesks.close_days(by=SYSTEM, now=now, first_on=day, last_on=day, reason="Nghỉ lễ")
    assert record(field, now).issues == [Issue.DESK_CLOSED.value]


def test_a_correction_moves_a_record_from_a_desk_to_an_outing(field: Field, desk_id: UUID, now: datetime) -> None:
    first = new_id()
    record(field, now, instance_id=first)
    record(field, now, field.outing_code, deprecated_id=first)
    assist = Assist.objects.get()
    assert (assist.help_desk_id, assist.outing_id, assist.version) == (None, field.outing_id, 2)


def test_what_a_desk_has_brought_is_summed_up(field: Field, desk_id: UUID, now: datetime) -> None:
    record(field, now)
    record(field, now, start="2023-10-04T08:00:00+07:00")
    record(field, now, field.outing_code)
    panel = queries.desk_panel(field.officer, desk_id)
    assert (panel.total, panel.doubtful, len(panel.latest), panel.outing_id) == (2, 1, 2, None)
    assert queries.desk_panel(field.city_officer, desk_id).total == 0
    found = queries.assists(field.officer, filters=AssistFilter(help_desk_id=desk_id))
    assert {(one.help_desk_id, one.outing_code) for one in found.items} == {(desk_id, CODE)}
    assert found.total == 2
