"""Calendars are kept, understood, put right and taken in; nothing is made twice."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from raquan.calendars import commands, queries
from raquan.calendars.gateways import FIRST_ROW, write_template
from raquan.calendars.models import Calendar, CalendarLine
from raquan.calendars.queries import LineView
from raquan.calendars.rules import CalendarState, Doubt, Show, Use
from raquan.calendars.tests.conftest import SAMPLES
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings import commands as outing_commands
from raquan.outings.models import Outing, Site
from raquan.outings.tests.conftest import World, plan_arguments
from raquan.readings.tests.books import book, saved

HEADINGS = ("Ngày", "Giờ", "Xã", "Địa điểm", "Đơn vị", "Tổ trưởng", "Dịch vụ")
GOOD = ("6/10/2023", "7h30 - 11h", "Ea Tul", "Chợ Ea Tul", "", "Nguyễn Thị Lan", "Đăng ký khai sinh")


def start(
    world: World, now: datetime, *rows: tuple[Any, ...], by: Actor | None = None, name: str = "lịch.xlsx"
) -> UUID:
    data = saved(book(Lịch=[("LỊCH RA QUÂN",), HEADINGS, *rows]))
    by = by or world.officer
    started = commands.start_calendar(by=by, now=now, organization_id=world.cumgar_id, data=data, file_name=name)
    return started.calendar_id


def lines(world: World, calendar_id: UUID, show: Show = Show.ALL) -> list[LineView]:
    page = queries.calendar_page(world.officer, calendar_id, show)
    return [one for one in page.lines.items if one.use is not Use.SAID]


def doubts(line: LineView) -> dict[str, tuple[str, str]]:
    return {one.doubt.value: (one.address, one.text) for one in line.doubts}


def wanted(world: World, **changes: Any) -> commands.LineWanted:
    said: dict[str, Any] = {
        "held_on": date(2023, 10, 6),
        "starts_at": time(8),
        "ends_at": time(10),
        "organization_id": world.cumgar_id,
        "place_code": "",
        "site_id": world.site_id,
        "site_name": "",
        "site_kind": "",
        "team": [world.leader.id],
        "service_codes": ["birth_registration"],
    }
    return commands.LineWanted(**said | changes)


def test_a_good_row_becomes_an_outing_at_a_new_site(world: World, now: datetime) -> None:
    calendar = start(world, now, GOOD)
    (line,) = lines(world, calendar)
    assert line.is_ready
    assert doubts(line) == {"site_new": ("D3", "Chợ Ea Tul")}
    assert line.team == (world.leader.id,)
    assert line.service_codes == ("birth_registration",)
    assert commands.take_in(by=world.officer, now=now, calendar_id=calendar) == commands.Taking(1, goes_on=False)
    outing = Outing.objects.get()
    assert (outing.held_on, outing.starts_at, outing.ends_at) == (date(2023, 10, 6), time(7, 30), time(11))
    assert (outing.site.name, outing.site.kind, outing.site.place_code) == ("Chợ Ea Tul", "market", "24277")
    assert lines(world, calendar, Show.TAKEN)[0].outing_code == outing.code


def test_the_same_file_is_the_same_calendar_and_makes_nothing_twice(world: World, now: datetime) -> None:
    calendar = start(world, now, GOOD)
    commands.take_in(by=world.officer, now=now, calendar_id=calendar)
    data = saved(book(Lịch=[("Khác",), HEADINGS, GOOD]))
    again = commands.start_calendar(
        by=world.officer, now=now, organization_id=world.cumgar_id, data=data, file_name="khác.xlsx"
    )
    (line,) = lines(world, again.calendar_id)
    assert "exists" in doubts(line)
    assert line.is_open
    same = commands.start_calendar(
        by=world.officer, now=now, organization_id=world.cumgar_id, data=data, file_name="khác.xlsx"
    )
    assert same == commands.CalendarStarted(again.calendar_id, already=True)
    with pytest.raises(commands.NothingToTake):
        commands.take_in(by=world.officer, now=now, calendar_id=calendar)
    assert Outing.objects.count() == 1
    assert Calendar.objects.count() == 2


def test_what_is_doubtful_says_its_cell(world: World, now: datetime) -> None:
    calendar = start(
        world,
        now,
        ("5/10", "11h - 7h", "Ea Tul", "Chợ", "", "Nguyễn Thị Lan", "Đăng ký khai sinh"),
        ("5/10", "7h - 9h", "Thống Nhất", "Nhà văn hóa", "", "Trần Không Ai", "Làm bánh; khai sinh"),
        ("5/10", "7h - 9h", "Buôn Lạ", "Chợ", "", "", "Dịch vụ công trực tuyến"),
        ("5/10", "7h - 9h", "Ea Tiêu", "Chợ", "Sở Không Có", "", "khai tử"),
        ("5/10", "7h - 9h", "Quảng Phú", "Bộ phận một cửa huyện", "UBND thành phố Buôn Ma Thuột", "", "khai tử"),
    )
    first, old, unknown, several, other = lines(world, calendar)
    assert doubts(first)["hours_reversed"] == ("B3", "")
    assert doubts(old)["place_old"] == ("C4", "xã Thống Nhất → xã Cư Suê")
    assert old.place_code == "24280"
    assert doubts(old)["leader_unknown"] == ("F4", "Trần Không Ai")
    assert doubts(old)["service_unknown"] == ("G4", "Làm bánh")
    assert doubts(unknown)["place_unknown"] == ("C5", "Buôn Lạ")
    assert "service_group" in doubts(unknown)
    assert len(unknown.service_codes) > 5
    assert doubts(several)["unit_unknown"] == ("E6", "Sở Không Có")
    assert doubts(several)["place_several"][0] == "C6"
    assert "place_not_yours" in doubts(other)
    assert all(line.is_open for line in (first, unknown, several, other))


def test_of_two_communes_of_a_name_the_unit_s_own_is_taken(world: World, now: datetime) -> None:
    calendar = start(world, now, ("5/10", "7h - 9h", "xã Ea Tiêu", "Chợ Ea Tiêu", "", "", "Đăng ký khai sinh"))
    (line,) = lines(world, calendar)
    assert line.place_code == "24301"


def test_a_row_said_twice_is_taken_once(world: World, now: datetime) -> None:
    calendar = start(world, now, GOOD, GOOD)
    first, second = lines(world, calendar)
    assert first.is_ready
    assert doubts(second)["twice"] == ("", "Lịch!3")


def test_an_officer_puts_a_row_right(world: World, now: datetime) -> None:
    calendar = start(world, now, ("", "", "", "Đâu đó", "", "", "khai tử"))
    (line,) = lines(world, calendar)
    assert line.is_open
    commands.correct_calendar_line(
        by=world.officer, now=now, line_id=line.id, version=line.version, wanted=wanted(world)
    )
    (line,) = lines(world, calendar)
    assert line.is_ready
    assert line.site_name == "Bộ phận một cửa huyện"
    with pytest.raises(commands.CalendarLineChanged):
        commands.correct_calendar_line(by=world.officer, now=now, line_id=line.id, version=1, wanted=wanted(world))
    wrong = wanted(world, ends_at=time(7), site_id=None, service_codes=[], team=[], held_on=date(2023, 12, 1))
    commands.correct_calendar_line(by=world.officer, now=now, line_id=line.id, version=line.version, wanted=wrong)
    (line,) = lines(world, calendar)
    said = {"day_outside", "hours_reversed", "site_missing", "place_missing", "services_missing", "leader_missing"}
    assert set(doubts(line)) == said
    assert line.is_open


def test_a_row_is_set_aside_and_taken_back(world: World, now: datetime) -> None:
    calendar = start(world, now, GOOD)
    (line,) = lines(world, calendar)
    commands.dismiss_calendar_line(by=world.officer, now=now, line_id=line.id, version=line.version)
    with pytest.raises(commands.NothingToTake):
        commands.take_in(by=world.officer, now=now, calendar_id=calendar)
    with pytest.raises(commands.CalendarLineChanged):
        commands.dismiss_calendar_line(by=world.officer, now=now, line_id=line.id, version=2)
    commands.restore_calendar_line(by=world.officer, now=now, line_id=line.id, version=2)
    assert commands.take_in(by=world.officer, now=now, calendar_id=calendar, line_ids=[line.id]).asked == 1


def test_a_row_that_is_refused_says_why_and_the_rest_goes_on(world: World, now: datetime) -> None:
    later = ("6/10/2023", "13h - 15h", *GOOD[2:])
    calendar = start(world, now, GOOD, later)
    first, _ = lines(world, calendar)
    CalendarLine.objects.filter(id=first.id).update(service_codes=["no_such"])
    commands.take_in(by=world.officer, now=now, calendar_id=calendar)
    first, second = lines(world, calendar)
    assert "no_such" in doubts(first)["refused"][1]
    assert first.use is Use.WAITING
    assert second.use is Use.TAKEN
    assert Site.objects.filter(name="Chợ Ea Tul").count() == 1


def test_taking_in_goes_on_where_it_was_stopped(world: World, now: datetime) -> None:
    rows = [(f"{day}/10/2023", *GOOD[1:]) for day in range(1, 13)]
    calendar = start(world, now, *rows)
    assert commands.take_in(by=world.officer, now=now, calendar_id=calendar).goes_on
    assert Outing.objects.count() == 0
    assert commands.continue_taking(now=now, calendar_id=calendar, most=5)
    assert Outing.objects.count() == 5
    assert not commands.resume_taking(by=world.officer, now=now, calendar_id=calendar), "a worker is asked already"
    assert not commands.continue_taking(now=now, calendar_id=calendar)
    assert not commands.continue_taking(now=now, calendar_id=calendar)
    assert Outing.objects.count() == 12


def test_who_is_first_in_the_team_leads_where_nobody_is_named_to(world: World, now: datetime) -> None:
    headings = ("Ngày", "Giờ", "Xã", "Địa điểm", "Thành viên", "Dịch vụ")
    row = ("6/10", "7h - 9h", "Ea Tul", "Chợ Ea Tul", "Người Lạ, H’Trang Niê", "Đăng ký khai sinh")
    data = saved(book(A=[headings, row]))
    started = commands.start_calendar(
        by=world.officer, now=now, organization_id=world.cumgar_id, data=data, file_name="a.xlsx"
    )
    (line,) = lines(world, started.calendar_id)
    assert line.team == (world.helper.id,)
    assert {"leader_assumed", "member_unknown"} <= set(doubts(line))


def test_a_calendar_that_is_discarded_while_it_is_taken_in_makes_no_more(world: World, now: datetime) -> None:
    calendar = start(world, now, *((f"{day}/10/2023", *GOOD[1:]) for day in range(1, 13)))
    commands.take_in(by=world.officer, now=now, calendar_id=calendar)
    commands.continue_taking(now=now, calendar_id=calendar, most=5)
    commands.discard_calendar(by=world.officer, now=now, calendar_id=calendar)
    assert not commands.continue_taking(now=now, calendar_id=calendar)
    assert Outing.objects.count() == 5


def test_reading_goes_on_where_it_was_stopped(world: World, now: datetime) -> None:
    rows = [(f"{1 + at % 14}/10/2023", "7h - 9h", "Ea Tul", f"Thôn {at}", "", "", "khai tử") for at in range(160)]
    calendar = start(world, now, *rows)
    assert Calendar.objects.get().done == 0
    assert commands.continue_calendar(now=now, calendar_id=calendar, most=50)
    assert CalendarLine.objects.count() == 50
    assert not commands.resume_calendar(by=world.officer, now=now, calendar_id=calendar)
    with pytest.raises(commands.CalendarClosed):
        commands.take_in(by=world.officer, now=now, calendar_id=calendar)
    assert not commands.continue_calendar(now=now, calendar_id=calendar)
    assert not commands.continue_calendar(now=now, calendar_id=calendar)
    assert CalendarLine.objects.count() == 162
    assert Calendar.objects.get().state == CalendarState.READ.value


def test_who_may_not_plan_there_gets_nothing(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        start(world, now, GOOD, by=world.city_officer)
    calendar = start(world, now, GOOD)
    (line,) = lines(world, calendar)
    for stranger in (world.city_officer, world.viewer):
        with pytest.raises(NotAllowed):
            commands.take_in(by=stranger, now=now, calendar_id=calendar)
        with pytest.raises(NotAllowed):
            commands.dismiss_calendar_line(by=stranger, now=now, line_id=line.id, version=1)
        with pytest.raises(NotAllowed):
            queries.calendar(stranger, calendar)
    assert not queries.calendars(world.city_officer).items
    with pytest.raises(NotFound):
        commands.discard_calendar(by=world.officer, now=now, calendar_id=UUID(int=1))


def test_a_discarded_calendar_is_read_anew(world: World, now: datetime) -> None:
    data = (SAMPLES / "01_plain_table.xlsx").read_bytes()
    ask: dict[str, Any] = {"by": world.officer, "now": now, "organization_id": world.cumgar_id}
    first = commands.start_calendar(**ask, data=data, file_name="a.xlsx")
    commands.discard_calendar(by=world.officer, now=now, calendar_id=first.calendar_id)
    commands.discard_calendar(by=world.officer, now=now, calendar_id=first.calendar_id)
    (line, *_) = lines(world, first.calendar_id)
    with pytest.raises(commands.CalendarClosed):
        commands.dismiss_calendar_line(by=world.officer, now=now, line_id=line.id, version=1)
    assert not commands.start_calendar(**ask, data=data, file_name="a.xlsx").already


def test_what_is_no_calendar_is_refused(world: World, now: datetime) -> None:
    data = saved(book(A=[("Họ tên", "Điện thoại"), ("Lan", "0905")]))
    ask: dict[str, Any] = {"by": world.officer, "now": now, "organization_id": world.cumgar_id}
    with pytest.raises(commands.NotACalendar):
        commands.start_calendar(**ask, data=data, file_name="a.xlsx")
    assert not Calendar.objects.exists()


def test_a_sample_becomes_outings_without_a_correction(world: World, now: datetime) -> None:
    data = (SAMPLES / "01_plain_table.xlsx").read_bytes()
    started = commands.start_calendar(
        by=world.officer, now=now, organization_id=world.cumgar_id, data=data, file_name="a.xlsx"
    )
    found = lines(world, started.calendar_id)
    assert [line.is_ready for line in found] == [True, True, True]
    assert found[2].site_id == world.site_id
    assert found[0].team == (world.leader.id, world.helper.id, world.officer.id)
    assert commands.take_in(by=world.officer, now=now, calendar_id=started.calendar_id).asked == 3
    assert Outing.objects.count() == 3


def test_the_template_comes_back_without_a_doubt(world: World, now: datetime) -> None:
    lists = queries.template_lists(world.officer, world.cumgar_id, now=now)
    assert "Nguyễn Thị Lan" in lists.people
    assert any(name.startswith("xã Ea Tul") for name in lists.places)
    made = openpyxl.load_workbook(BytesIO(write_template(lists)))
    sheet = made["Lịch ra quân"]
    assert {str(one.type) for one in sheet.data_validations.dataValidation} == {"date", "list"}
    place = next(name for name in lists.places if "Quảng Phú" in name)
    for at, day in enumerate((4, 5)):
        values = (date(2023, 10, day), time(7, 30), time(11), place, lists.sites[0], "Nguyễn Thị Lan", "H’Trang Niê",
                  *lists.services[:2], None, 40, "Mang loa")  # fmt: skip
        for column, value in enumerate(values, start=1):
            sheet.cell(FIRST_ROW + 1 + at, column, value)
    started = commands.start_calendar(
        by=world.officer, now=now, organization_id=world.cumgar_id, data=saved(made), file_name="mẫu.xlsx"
    )
    found = lines(world, started.calendar_id)
    assert queries.calendar(world.officer, started.calendar_id).total == 5, "the lists of the drop-downs are no rows"
    assert [doubts(line) for line in found] == [{}, {}]
    assert [len(line.service_codes) for line in found] == [2, 2]
    assert found[0].site_id == world.site_id
    assert found[0].expected_people == 40
    commands.take_in(by=world.officer, now=now, calendar_id=started.calendar_id)
    assert Outing.objects.count() == 2


def test_an_outing_of_the_same_day_at_other_hours_is_only_told(world: World, now: datetime) -> None:
    outing_commands.plan_outing(now=now, **plan_arguments(world) | {"held_on": date(2023, 10, 6)})
    place, site = "Quảng Phú", "Bộ phận một cửa huyện"
    calendar = start(
        world,
        now,
        ("6/10/2023", "17h - 18h", place, site, "", "", "khai tử"),
        ("6/10/2023", "8h - 10h", place, site, "", "", "khai tử"),
    )
    evening, morning = lines(world, calendar)
    assert Doubt.SAME_DAY.value in doubts(evening)
    assert evening.is_ready
    assert Doubt.EXISTS.value in doubts(morning)
