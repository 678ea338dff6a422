"""What the desk says waits, for whom, and with how many questions to the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import PASSWORD, Field, envelope, instance, set_up_desk
from raquan.desk import pages
from raquan.helpdesks import commands as helpdesks
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.outings import commands as outings
from raquan.outings.queries import outing
from raquan.outings.tests.test_views_field import client_of
from raquan.people import commands as people
from raquan.press import commands as press
from raquan.press.rules import PressItemSaid
from raquan.rounds import commands as rounds
from raquan.rounds.tests.conftest import open_rounds

MOST_QUERIES = 14
"""Two of them are of what is remembered for some seconds, which tests remember for none."""


def queues(actor: Actor, now: datetime) -> dict[str, int]:
    return {queue.name: queue.count for queue in pages.home_page(actor, now=now).queues}


def plan(field: Field, now: datetime, day: date, hour: int = 13, team: Sequence[UUID] = ()) -> UUID:
    return outings.plan_outing(
        by=SYSTEM,
        now=now,
        campaign_id=field.campaign_id,
        task_id=None,
        organization_id=field.cumgar_id,
        site_id=outing(SYSTEM, field.outing_id).site_id,
        held_on=day,
        starts_at=time(hour),
        ends_at=time(hour, 45),
        service_codes=["birth_registration"],
        team=team,
    )


def send(field: Field, now: datetime, *payloads: bytes) -> None:
    receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    project_pending(now=now)


def test_an_officer_sees_the_days_outings_of_the_unit(field: Field, now: datetime) -> None:
    assert queues(field.officer, now) == {"buổi ra quân hôm nay": 1}
    assert queues(field.office, now) == {"buổi ra quân hôm nay": 2}
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=field.outing_id, reason="Mưa lớn")
    assert queues(field.officer, now) == {}


def test_an_outing_without_records_is_asked_about_the_day_after(field: Field, now: datetime) -> None:
    tomorrow = now + timedelta(days=1)
    silent = "buổi hôm qua chưa có bản ghi"
    assert queues(field.officer, tomorrow) == {silent: 1}
    assert queues(field.office, tomorrow) == {silent: 2}
    send(field, now, instance(field.outing_code))
    assert queues(field.officer, tomorrow) == {}
    assert queues(field.office, tomorrow) == {silent: 1}
    assert silent not in queues(field.helper, tomorrow)


def test_reports_and_calls_wait_for_those_whose_they_are(field: Field, now: datetime) -> None:
    open_rounds(field, now)
    assert queues(field.officer, now)["báo cáo phải nộp"] == 2
    assert "báo cáo quá hạn" not in queues(field.officer, now)
    assert queues(field.office, now)["báo cáo quá hạn"] == 4
    assert "báo cáo phải nộp" not in queues(field.helper, now)
    again = now + timedelta(hours=1)
    of: dict[str, Any] = {"campaign_id": field.campaign_id, "organization_id": field.cumgar_id, "again_at": again}
    rounds.record_call(by=field.office, now=now, said="Chiều nộp", **of)
    call = "cuộc gọi đến giờ gọi lại"
    assert call not in queues(field.office, now)
    assert queues(field.office, again)[call] == 1
    both = replace(field.office, duties=(*field.office.duties, *field.officer.duties))  # one list for every duty
    assert set(queues(both, again)) >= {"báo cáo phải nộp", "báo cáo quá hạn", call, "buổi ra quân hôm nay"}


def test_an_outing_left_open_is_to_be_closed(field: Field, now: datetime) -> None:
    outings.open_outing(by=SYSTEM, now=now, outing_id=field.outing_id)
    late = "buổi quá giờ chưa kết thúc"
    assert late not in queues(field.officer, now)
    assert queues(field.officer, now + timedelta(hours=3))[late] == 1


def test_doubtful_records_wait_for_those_who_review(field: Field, now: datetime) -> None:
    send(field, now, instance(field.outing_code, result="no_such_rung"), instance(field.outing_code))
    assert queues(field.officer, now)["bản ghi cần xem lại"] == 1
    assert "bản ghi cần xem lại" not in queues(field.city_officer, now)
    assert "bản ghi cần xem lại" not in queues(field.helper, now)


def test_a_helper_finds_the_own_shifts(field: Field, now: datetime) -> None:
    assert field.helper.id is not None
    mine = plan(field, now, date(2023, 10, 5), team=[field.helper.id])
    assert [one.id for one in pages.home_page(field.helper, now=now).shifts] == [mine]
    assert pages.home_page(field.officer, now=now).shifts == ()


def test_a_helper_finds_the_own_desks(field: Field, now: datetime) -> None:
    assert field.helper.id is not None
    desk_id = set_up_desk(field, Span(4, time(8), time(11)), Span(5, time(8), time(11)))
    act: dict[str, Any] = {"by": SYSTEM, "now": now, "desk_id": desk_id, "first_on": date(2023, 10, 5)}
    helpdesks.put_on_roster(**act, user_id=field.helper.id, weekdays=[4])
    assert [one.id for one in pages.home_page(field.helper, now=now).desks] == [desk_id]
    assert pages.home_page(field.helper, now=now + timedelta(days=1)).desks == ()
    assert pages.home_page(field.officer, now=now).desks == ()


def test_outings_of_the_next_days_stand_apart_from_those_of_today(field: Field, now: datetime) -> None:
    assert field.helper.id is not None
    mine = plan(field, now, date(2023, 10, 7), team=[field.helper.id])
    plan(field, now, date(2023, 10, 13), team=[field.helper.id])
    page = pages.home_page(field.helper, now=now)
    assert (page.shifts, [one.id for one in page.coming]) == ((), [mine])


def test_an_administrator_looks_after_accounts(field: Field, now: datetime) -> None:
    office = replace(field.office, duties=(replace(field.office.duties[0], role="administrator"),))
    people.create_user(by=SYSTEM, now=now, full_name="Chưa Đến", login="chua@example.vn", password=None)
    people.create_user(by=SYSTEM, now=now, full_name="Không Việc", login="khong@example.vn", password=PASSWORD)
    found = pages.home_page(office, now=now)
    assert queues(office, now) == {"người chưa nhận lời mời": 1, "tài khoản không có phân công": 1}
    assert [name for name, _ in found.parts] == ["Cần để ý"]
    assert "người chưa nhận lời mời" not in queues(field.office, now)


def test_a_unit_sees_how_it_stands(field: Field, now: datetime) -> None:
    plan(field, now, date(2023, 10, 6))
    panel = pages.unit_panel(field.officer, now=now)
    assert panel.names == ("Ủy ban nhân dân huyện Cư M’gar",)
    assert panel.planned == 2
    assert pages.unit_panel(field.office, now=now).outings == ()
    assert pages.home_page(field.officer, now=now).has_unit


def test_the_office_sees_who_is_behind(field: Field, now: datetime) -> None:
    assert pages.behind_panel(field.office, now=now).total == 0
    open_rounds(field, now)
    assert pages.behind_panel(field.office, now=now).total == 2


def test_the_days_to_the_day_are_counted(field: Field, now: datetime) -> None:
    left = [pages.home_page(field.officer, now=now + timedelta(days=n)).days_left for n in (0, 5, 6)]
    assert left == [5, 0, None]


@pytest.mark.slow
def test_the_home_asks_little_of_the_database_however_much_there_is(field: Field, now: datetime) -> None:
    assert field.helper.id is not None
    leader = replace(field.helper, duties=(replace(field.helper.duties[0], role="team_leader"),))
    actors = (field.office, field.officer, leader, field.helper)

    def asked(actor: Actor) -> int:
        with CaptureQueriesContext(connection) as seen:
            pages.home_page(actor, now=now)
        return len(seen)

    plan(field, now, date(2023, 10, 4), team=[field.helper.id])
    plan(field, now, date(2023, 10, 5), team=[field.helper.id])
    before = [asked(actor) for actor in actors]
    for hour in range(14, 18):
        for day in (date(2023, 10, 4), date(2023, 10, 5)):
            plan(field, now, day, hour=hour, team=[field.helper.id])
    assert [asked(actor) for actor in actors] == before
    assert max(before) <= MOST_QUERIES


def test_the_latest_records_are_the_own_units(field: Field, now: datetime) -> None:
    send(field, now, instance(field.outing_code), instance(field.city_outing_code))
    assert [one.outing_code for one in pages.latest_panel(field.officer, now=now).records] == [field.outing_code]
    assert len(pages.latest_panel(field.office, now=now).records) == 2
    with CaptureQueriesContext(connection) as seen:
        pages.latest_panel(field.office, now=now)
    assert len(seen) <= MOST_QUERIES + 2


def test_replies_to_the_press_that_are_overdue_wait_for_the_office(field: Field, now: datetime) -> None:
    late = "tin bài quá hạn phản hồi"
    wrote = now - timedelta(days=1)
    said = PressItemSaid(outlet="Báo Thử", title="Thiếu sóng ở buôn", published_at=wrote, reply_due_on=now.date())
    known: dict[str, Any] = {"by": field.office, "item_id": uuid7()}
    press.note_press_item(**known, now=now, campaign_id=field.campaign_id, said=said)
    tomorrow = now + timedelta(days=1)
    assert late not in queues(field.office, now)  # the day itself is still in time
    assert queues(field.office, tomorrow)[late] == 1
    assert late not in queues(field.officer, tomorrow)
    (line,) = [one for one in pages.home_page(field.office, now=tomorrow).queues if one.name == late]
    listed = client_of(field.office).get(line.href)
    assert "Thiếu sóng ở buôn" in listed.content.decode()
    press.reply_to_press_item(**known, now=tomorrow, seen=1, how="Công văn 15", replied_at=tomorrow, who="Ban")
    assert late not in queues(field.office, tomorrow)
