"""Help desks: set up once, changed, closed, ended, and when they are open; on both databases."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from raquan.helpdesks import commands, queries
from raquan.helpdesks.models import Closure, HelpDesk, OpeningHours
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ledger.models import AuditEntry
from raquan.outings import commands as outings
from raquan.outings.tests.conftest import World, make_world

MORNINGS = [Span(day, time(7, 30), time(11)) for day in range(1, 6)]
THURSDAY_AFTERNOON = Span(4, time(13, 30), time(16, 30))
FIRST = date(2023, 10, 2)


def desk_arguments(world: World, now: datetime) -> dict[str, Any]:
    """Give the arguments of a good desk at the one-stop shop of Cư M’gar."""
    return {
        "by": world.officer,
        "now": now,
        "organization_id": world.cumgar_id,
        "site_id": world.site_id,
        "service_codes": ["birth_registration", "mobile_money"],
        "hours": [*MORNINGS, THURSDAY_AFTERNOON],
        "valid_from": FIRST,
    }


@pytest.fixture
def desk(world: World, now: datetime) -> dict[str, Any]:
    """The arguments of a good desk."""
    return desk_arguments(world, now)


@pytest.fixture
def desk_id(desk: dict[str, Any]) -> UUID:
    """A desk that is open on weekday mornings and Thursday afternoons."""
    return commands.set_up_help_desk(**desk)


def test_a_desk_is_set_up_once(desk: dict[str, Any], desk_id: UUID) -> None:
    again = desk | {"service_codes": ["mobile_money", "birth_registration"], "hours": [*desk["hours"], *MORNINGS]}
    assert commands.set_up_help_desk(**again, request_id=uuid4()) == desk_id
    with pytest.raises(commands.DeskDiffers):
        commands.set_up_help_desk(**desk | {"hours": MORNINGS})
    assert HelpDesk.objects.count() == AuditEntry.objects.filter(verb="set_up_help_desk").count() == 1
    assert OpeningHours.objects.count() == 6


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hours": []}, "help_desk.hours_missing"),
        ({"hours": [Span(1, time(11), time(7))]}, "help_desk.hours_clash"),
        ({"hours": [MORNINGS[0], Span(1, time(10), time(12))]}, "help_desk.hours_clash"),
        ({"valid_to": date(2023, 10, 1)}, "help_desk.ends_before_start"),
        ({"service_codes": []}, "outing.services_missing"),
        ({"service_codes": ["nothing"]}, "outing.service_unknown"),
        ({"language": "xx"}, "outing.language_unknown"),
        ({"by": SYSTEM, "site_id": uuid4()}, "outing.site_unknown"),
        ({"by": SYSTEM, "organization_id": uuid4()}, "outing.organization_unknown"),
        ({"by": SYSTEM, "valid_from": date(2025, 10, 1)}, "site.place_unknown"),
    ],
)
def test_a_wrong_desk_is_refused(desk: dict[str, Any], changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        commands.set_up_help_desk(**desk | changes)
    assert refused.value.code == code
    assert not HelpDesk.objects.exists()


def test_strangers_change_nothing(world: World, desk: dict[str, Any], desk_id: UUID, now: datetime) -> None:
    for stranger in (world.city_officer, world.viewer, world.helper):
        act: dict[str, Any] = {"by": stranger, "now": now}
        with pytest.raises(NotAllowed):
            commands.set_up_help_desk(**desk | act)
        with pytest.raises(NotAllowed):
            commands.change_hours(**act, desk_id=desk_id, hours=MORNINGS)
        with pytest.raises(NotAllowed):
            commands.close_days(**act, desk_id=desk_id, first_on=FIRST, last_on=FIRST, reason="Nghỉ")
        with pytest.raises(NotAllowed):
            commands.end_help_desk(**act, desk_id=desk_id, on=FIRST, reason="x")
    with pytest.raises(NotAllowed):  # every desk is closed only by who plans everywhere
        commands.close_days(by=world.officer, now=now, first_on=FIRST, last_on=FIRST, reason="Nghỉ")
    with pytest.raises(NotFound):
        commands.change_hours(by=SYSTEM, now=now, desk_id=uuid4(), hours=MORNINGS)


def test_hours_change_and_what_they_were_is_kept(world: World, desk_id: UUID, now: datetime) -> None:
    for _ in range(2):
        commands.change_hours(by=world.officer, now=now, desk_id=desk_id, hours=MORNINGS)
    with pytest.raises(commands.HoursMissing):
        commands.change_hours(by=world.officer, now=now, desk_id=desk_id, hours=[])
    entry = AuditEntry.objects.get(verb="change_hours")
    assert "4 13:30-16:30" in entry.detail["before"]
    assert "4 13:30-16:30" not in entry.detail["after"]
    view = queries.help_desk(desk_id, now=now)
    assert view is not None
    assert [(one.days, one.hours) for one in view.hours] == [("Thứ Hai – Thứ Sáu", "07:30–11:00")]


def seen(desk_id: UUID, at: datetime) -> tuple[bool, str, str]:
    view = queries.help_desk(desk_id, now=at)
    assert view is not None
    moments = [f"{one:%d %H:%M}" if one else "" for one in (view.opens_at, view.closes_at)]
    return view.is_open, moments[0], moments[1]


def test_a_desk_says_when_it_is_open(desk_id: UUID, now: datetime) -> None:
    """5 October 2023 was a Thursday; `now` is its 09:00 in Viet Nam."""
    assert seen(desk_id, now) == (True, "05 07:30", "05 11:00")
    assert seen(desk_id, now + timedelta(hours=2)) == (False, "05 13:30", "05 16:30")  # 11:00 belongs no more to it
    assert seen(desk_id, now + timedelta(hours=4, minutes=30)) == (True, "05 13:30", "05 16:30")
    assert seen(desk_id, now + timedelta(days=2)) == (False, "09 07:30", "09 11:00")  # a Saturday


def test_holidays_close_every_desk_and_repairs_one(world: World, desk_id: UUID, now: datetime) -> None:
    def close(**days: Any) -> UUID:
        usual: dict[str, Any] = {"by": SYSTEM, "now": now, "first_on": now.date(), "reason": "Nghỉ lễ"}
        return commands.close_days(**usual | days)

    holiday = close(last_on=date(2023, 10, 6))
    assert close(last_on=date(2023, 10, 6)) == holiday
    assert seen(desk_id, now) == (False, "09 07:30", "09 11:00")
    close(first_on=date(2023, 10, 9), last_on=date(2023, 10, 9), desk_id=desk_id, reason="Sửa điện")
    assert seen(desk_id, now) == (False, "10 07:30", "10 11:00")
    view = queries.help_desk(desk_id, now=now)
    assert view is not None
    assert [(one.reason, one.is_everywhere) for one in view.closures] == [("Nghỉ lễ", True), ("Sửa điện", False)]
    with pytest.raises(NotAllowed):
        commands.reopen_days(by=world.officer, now=now, closure_id=holiday)
    for _ in range(2):
        commands.reopen_days(by=SYSTEM, now=now, closure_id=holiday)
    assert seen(desk_id, now)[0]
    assert AuditEntry.objects.filter(verb="reopen_days").count() == 1
    assert close(last_on=date(2023, 10, 6)) != holiday
    with pytest.raises(commands.DeskReasonMissing):
        close(last_on=now.date(), reason=" ")
    with pytest.raises(commands.DeskEndsBeforeStart):
        close(last_on=now.date() - timedelta(days=1))


def test_a_desk_ends_and_its_site_may_end_after_it(world: World, desk_id: UUID, now: datetime) -> None:
    last = date(2023, 10, 5)
    act: dict[str, Any] = {"by": world.officer, "now": now}
    with pytest.raises(outings.SiteHasDesk):
        outings.end_site(**act, site_id=world.site_id, on=last, reason="Dời")
    with pytest.raises(commands.DeskReasonMissing):
        commands.end_help_desk(**act, desk_id=desk_id, on=last, reason="")
    with pytest.raises(commands.DeskEndsBeforeStart):
        commands.end_help_desk(**act, desk_id=desk_id, on=FIRST - timedelta(days=1), reason="Dời")
    for _ in range(2):
        commands.end_help_desk(**act, desk_id=desk_id, on=last, reason="Dời")
    with pytest.raises(commands.DeskEndedOtherwise):
        commands.end_help_desk(**act, desk_id=desk_id, on=FIRST, reason="Dời")
    assert AuditEntry.objects.filter(verb="end_help_desk").count() == 1
    assert seen(desk_id, now)[0]
    assert seen(desk_id, now + timedelta(hours=8)) == (False, "", "")
    assert queries.help_desks(now=now).total == 1
    assert queries.help_desks(now=now + timedelta(days=1)).total == 0
    outings.end_site(**act, site_id=world.site_id, on=last, reason="Dời")


def test_desks_are_listed_by_place_in_few_queries(world: World, desk: dict[str, Any], now: datetime) -> None:
    for number in range(5):
        hall: dict[str, Any] = {"name": f"Nhà văn hóa {number}", "kind": "village_hall", "place_code": "24259"}
        site_id = outings.add_site(by=SYSTEM, now=now, **hall)
        commands.set_up_help_desk(**desk | {"site_id": site_id})
    city = desk | {"by": SYSTEM, "organization_id": world.city_id, "site_id": world.city_site_id}
    commands.set_up_help_desk(**city)

    def asked(size: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.help_desks(["648"], now=now, size=size)
        return len(captured)

    assert asked(1) == asked(5) <= 9
    assert queries.help_desks(now=now).total == 6
    assert [one.place_name for one in queries.help_desks(["643"], now=now).items] == [
        "phường Thắng Lợi, thành phố Buôn Ma Thuột"
    ]
    page = queries.help_desks(["648", "643"], now=now, page=2, size=4)
    assert (len(page.items), page.total) == (2, 6)


def test_an_office_closes_every_desk(world: World, now: datetime) -> None:
    office = replace(world.officer, duties=(replace(world.officer.duties[0], organization_id=None),))
    commands.close_days(by=office, now=now, first_on=FIRST, last_on=FIRST, reason="Nghỉ lễ")
    assert Closure.objects.get().desk_id is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_many_at_once_sets_it_up_and_closes_it(now: datetime) -> None:
    arguments = desk_arguments(make_world(now), now)

    def set_up(_turn: int) -> UUID:
        try:
            return commands.set_up_help_desk(**arguments)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        (desk_id,) = set(pool.map(set_up, range(4)))

    def change(turn: int) -> None:
        try:
            commands.change_hours(by=SYSTEM, now=now, desk_id=desk_id, hours=MORNINGS[: 1 + turn % 4])
            commands.close_days(by=SYSTEM, now=now, first_on=FIRST, last_on=FIRST, reason="Nghỉ")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(8)))
    assert HelpDesk.objects.count() == Closure.objects.count() == 1
    assert 1 <= OpeningHours.objects.filter(ended_at__isnull=True).count() <= 4


def test_a_desk_has_a_code_of_its_place(desk: dict[str, Any], desk_id: UUID, now: datetime) -> None:
    code = HelpDesk.objects.get().code
    assert re.fullmatch("CMG-[2-9A-Z]{5}", code)
    view = queries.help_desk_by_code(code.lower().replace("-", " "), now=now)
    assert view is not None
    assert view.id == desk_id
    assert queries.help_desk_by_code("CMG-22222", now=now) is None
    later = desk | {"valid_from": date(2023, 10, 3)}
    with pytest.raises(commands.DeskCodeTaken):
        commands.set_up_help_desk(**later, code=code)
    with pytest.raises(commands.DeskCodeWrong):  # an outing's
        commands.set_up_help_desk(**later, code="CMG-7K2Q")


def test_hours_of_before_are_kept_for_late_records(world: World, desk_id: UUID, now: datetime) -> None:
    code = HelpDesk.objects.get().code
    commands.change_hours(by=world.officer, now=now, desk_id=desk_id, hours=[THURSDAY_AFTERNOON])
    found = queries.help_desks_by_codes([code, "CMG-7K2Q"])[code]
    assert found.was_open(now - timedelta(minutes=1))  # Thursday morning, before the change
    assert not found.was_open(now + timedelta(days=7))
    assert found.was_open(now + timedelta(days=7, hours=5))
    assert OpeningHours.objects.filter(ended_at=now).count() == 6
    with CaptureQueriesContext(connection) as captured:
        assert queries.help_desks_by_codes(["CMG-7K2Q", ""]) == {}
    assert len(captured) == 0


def test_a_site_that_ended_takes_no_desk(world: World, desk: dict[str, Any], now: datetime) -> None:
    last = date(2023, 10, 31)
    outings.end_site(by=world.officer, now=now, site_id=world.site_id, on=last, reason="Dời")
    with pytest.raises(outings.SiteEnded):
        commands.set_up_help_desk(**desk)
    assert not HelpDesk.objects.exists()
    commands.set_up_help_desk(**desk, valid_to=last)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_site_ends_or_gets_a_desk_never_both(now: datetime) -> None:
    world = make_world(now)
    arguments = desk_arguments(world, now)

    def act(turn: int) -> str:
        try:
            if turn:
                commands.set_up_help_desk(**arguments)
            else:
                outings.end_site(by=world.officer, now=now, site_id=world.site_id, on=FIRST, reason="Dời")
        except (outings.SiteEnded, outings.SiteHasDesk):
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, range(2))) == ["done", "refused"]
