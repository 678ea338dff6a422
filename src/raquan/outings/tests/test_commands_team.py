"""Teams that change and people who check in: what stands, what is refused, two at once; on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Duty
from raquan.kernel.refused import NotAllowed, Refused
from raquan.ledger.commands import RequestReused
from raquan.ledger.models import AuditEntry
from raquan.outings import commands, queries
from raquan.outings.models import Assignment, CheckIn
from raquan.outings.tests.conftest import World, make_world, plan_arguments
from raquan.people.rules import Role

Plan = Callable[..., dict[str, Any]]
START = datetime(2023, 10, 6, 0, 30, tzinfo=UTC)  # 07:30 in Viet Nam
EVENING = START + timedelta(hours=10)


@pytest.fixture
def outing_id(planned: Plan, now: datetime) -> UUID:
    """A planned outing of 6 October, 07:30 to 11:00."""
    return commands.plan_outing(**planned(now=now, code="CMG-7K2Q"))


def team_of(outing_id: UUID) -> dict[UUID, str]:
    rows = Assignment.objects.filter(outing_id=outing_id, ended_at__isnull=True)
    return dict(rows.values_list("user_id", "part"))


def test_a_team_changes_and_its_past_is_kept(world: World, outing_id: UUID, now: datetime) -> None:
    assert world.helper.id
    assert world.officer.id
    assert world.leader.id
    change: dict[str, Any] = {"by": world.officer, "now": now, "outing_id": outing_id}
    new = [world.helper.id, world.officer.id]
    for _ in range(2):
        commands.change_team(**change, team=new, reason="Tổ trưởng ốm")
    assert team_of(outing_id) == {world.helper.id: "leader", world.officer.id: "helper"}
    view = queries.outing(world.officer, outing_id)
    assert view.team_names == ("H’Trang Niê", "Y Mek Ê Nuôl")
    past = queries.team_history(world.officer, view)
    assert {(one.name, one.part_name, one.reason, one.since, one.until) for one in past} == {
        ("Nguyễn Thị Lan", "Tổ trưởng", "Tổ trưởng ốm", None, now),
        ("H’Trang Niê", "Người hỗ trợ", "Tổ trưởng ốm", None, now),
    }
    entry = AuditEntry.objects.get(verb="change_team")
    assert entry.detail["before"] == {str(world.leader.id): "leader", str(world.helper.id): "helper"}
    assert queries.assigned_outings(world.leader, view.held_on) == ()
    commands.change_team(**change, team=[world.leader.id, world.helper.id])  # who left may come back
    assert team_of(outing_id) == {world.leader.id: "leader", world.helper.id: "helper"}


def test_a_wrong_team_is_refused(world: World, outing_id: UUID, now: datetime) -> None:
    assert world.leader.id
    assert world.city_officer.id
    change: dict[str, Any] = {"by": world.officer, "now": now, "outing_id": outing_id}
    before = team_of(outing_id)
    with pytest.raises(commands.TeamMissing):
        commands.change_team(**change, team=[])
    with pytest.raises(commands.MemberWithoutDuty):
        commands.change_team(**change, team=[world.leader.id, world.city_officer.id])
    for stranger in (world.leader, world.city_officer, world.viewer):
        with pytest.raises(NotAllowed):
            commands.change_team(**change | {"by": stranger}, team=[world.leader.id])
    commands.cancel_outing(**change, reason="Mưa")
    with pytest.raises(commands.OutingStateForbids):
        commands.change_team(**change, team=[world.leader.id])
    assert team_of(outing_id) == before


@pytest.mark.parametrize(("after", "presence"), [(-31, "early"), (-30, "on_time"), (10, "on_time"), (11, "late")])
def test_an_arrival_says_how_it_is(world: World, outing_id: UUID, after: int, presence: str) -> None:
    came = START + timedelta(minutes=after)
    done = commands.check_in(by=world.helper, now=EVENING, outing_code="cmg 7k2q", at=came)
    assert (done.presence, done.minutes, done.at, done.user_id) == (presence, after, came, world.helper.id)


def test_the_earliest_arrival_stands_however_often_it_is_sent(world: World, outing_id: UUID) -> None:
    send: dict[str, Any] = {"now": EVENING, "outing_code": "CMG-7K2Q", "user_id": world.helper.id}
    late, early, request_id = START + timedelta(minutes=20), START - timedelta(minutes=5), uuid4()
    first = commands.check_in(by=world.leader, at=late, request_id=request_id, **send)
    again = commands.check_in(by=world.leader, at=late, request_id=request_id, **send)
    assert again == first
    assert commands.check_in(by=world.helper, at=early, **send).at == early
    assert commands.check_in(by=world.leader, at=late, **send).at == early
    row = CheckIn.objects.get()
    assert (row.at, row.by_name) == (early, "")
    assert AuditEntry.objects.filter(verb="check_in").count() == 2
    with pytest.raises(RequestReused):
        commands.check_in(by=world.leader, at=early, request_id=request_id, **send)


def test_who_may_check_whom_in(world: World, outing_id: UUID) -> None:
    def come(by: Actor, person: Actor | None) -> Any:
        user_id = person.id if person else None
        return commands.check_in(by=by, now=EVENING, outing_code="CMG-7K2Q", at=START, user_id=user_id)

    phone = Actor(ActorKind.DEVICE, uuid4(), "Máy của đội", 7, (Duty(Role.HELPER, world.cumgar_id),))
    far_phone = Actor(ActorKind.DEVICE, uuid4(), "Máy khác", 8, (Duty(Role.HELPER, world.city_id),))
    for by, person in ((world.helper, world.leader), (far_phone, world.helper), (world.city_officer, world.helper)):
        with pytest.raises(NotAllowed):
            come(by, person)
    with pytest.raises(commands.PersonMissing):
        come(phone, None)
    with pytest.raises(commands.PersonMissing):
        come(ANONYMOUS, None)
    with pytest.raises(commands.NotInTeam):
        come(world.city_officer, world.city_officer)
    assert come(phone, world.helper).presence == "on_time"
    assert come(world.leader, world.leader).presence == "on_time"
    assert come(world.officer, world.officer).presence == "on_time"  # stands in for somebody
    assert dict(CheckIn.objects.values_list("user__full_name", "by_name")) == {
        "H’Trang Niê": "Máy của đội",
        "Nguyễn Thị Lan": "",
        "Y Mek Ê Nuôl": "",
    }


@pytest.mark.parametrize(
    ("code", "days", "refusal"),
    [("CMG-2222", 0, "check_in.code_unknown"), ("CMG-7K2Q", -1, "check_in.other_day")],
)
def test_a_wrong_check_in_is_refused(world: World, outing_id: UUID, code: str, days: int, refusal: str) -> None:
    came = START + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        commands.check_in(by=world.helper, now=EVENING, outing_code=code, at=came)
    assert refused.value.code == refusal
    assert not CheckIn.objects.exists()


def test_nobody_comes_to_what_was_called_off(world: World, outing_id: UUID, now: datetime) -> None:
    commands.cancel_outing(by=world.officer, now=now, outing_id=outing_id, reason="Mưa lớn")
    with pytest.raises(commands.OutingCalledOff) as refused:
        commands.check_in(by=world.helper, now=EVENING, outing_code="CMG-7K2Q", at=START)
    assert "Mưa lớn" in str(refused.value)


def test_an_arrival_from_the_future_is_now(world: World, outing_id: UUID) -> None:
    done = commands.check_in(by=world.helper, now=START, outing_code="CMG-7K2Q", at=EVENING)
    assert done.at == START


def test_the_list_says_who_came_and_who_is_awaited(world: World, outing_id: UUID) -> None:
    view = queries.outing(world.officer, outing_id)

    def seen(at: datetime) -> list[tuple[str, str, str]]:
        rows = queries.attendance(world.officer, view, at)
        return [(one.name, one.part_name, one.presence_name) for one in rows]

    commands.check_in(by=world.helper, now=START, outing_code="CMG-7K2Q", at=START)
    commands.check_in(by=world.officer, now=EVENING, outing_code="CMG-7K2Q", at=START + timedelta(hours=1))
    come = [("H’Trang Niê", "Người hỗ trợ", "Đúng giờ"), ("Y Mek Ê Nuôl", "Đi thay, ngoài danh sách", "Đến muộn")]
    assert seen(START) == [("Nguyễn Thị Lan", "Tổ trưởng", "Chưa điểm danh"), *come]
    assert seen(EVENING) == [("Nguyễn Thị Lan", "Tổ trưởng", "Vắng"), *come]
    with pytest.raises(NotAllowed):
        queries.attendance(world.city_officer, view, EVENING)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_one_arrival_and_one_leader(now: datetime) -> None:
    world = make_world(now)
    outing_id = commands.plan_outing(**plan_arguments(world) | {"now": now, "code": "CMG-7K2Q"})
    people = [one.id for one in (world.leader, world.helper, world.officer) if one.id]

    def send(turn: int) -> datetime:
        try:
            team = people[turn % 3 :] + people[: turn % 3]
            commands.change_team(by=SYSTEM, now=now, outing_id=outing_id, team=team)
            came = START + timedelta(minutes=turn)
            return commands.check_in(
                by=SYSTEM, now=EVENING, outing_code="CMG-7K2Q", at=came, user_id=world.helper.id
            ).at
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(6)))
    assert len(answers) == 6
    assert CheckIn.objects.get().at == START
    assert sorted(team_of(outing_id).values()) == ["helper", "helper", "leader"]


@pytest.fixture
def market_id(world: World, now: datetime) -> UUID:
    """A market at Quảng Phú."""
    return commands.add_site(by=world.officer, now=now, name="Chợ Quảng Phú", kind="market", place_code="24259")


def test_a_site_is_corrected(world: World, market_id: UUID, now: datetime) -> None:
    true: dict[str, Any] = {
        "name": "Chợ  trung tâm",
        "kind": "street",
        "address": "Đường Hùng Vương",
        "lat": 12.8,
        "lon": 108.1,
    }
    for _ in range(2):
        commands.correct_site(by=world.officer, now=now, site_id=market_id, **true)
    site = queries.site(world.officer, market_id)
    assert (site.name, site.kind, site.address, site.lat) == ("Chợ trung tâm", "street", "Đường Hùng Vương", 12.8)
    entry = AuditEntry.objects.get(verb="correct_site")
    assert entry.detail["before"]["name"] == "Chợ Quảng Phú"
    assert "place_code" not in entry.detail["after"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, "site.name_missing"),
        ({"lat": 12.0}, "site.coordinates"),
        ({"name": "Bộ phận một cửa huyện"}, "site.name_taken"),
    ],
)
def test_a_wrong_correction_is_refused(
    world: World, market_id: UUID, now: datetime, changes: dict[str, Any], refusal: str
) -> None:
    said: dict[str, Any] = {"name": "Chợ", "kind": "market"} | changes
    with pytest.raises(Refused) as refused:
        commands.correct_site(by=world.officer, now=now, site_id=market_id, **said)
    assert refused.value.code == refusal
    assert queries.site(world.officer, market_id).name == "Chợ Quảng Phú"


def test_a_site_ends_and_its_past_stays(world: World, market_id: UUID, planned: Plan, now: datetime) -> None:
    last, later = date(2023, 10, 6), date(2023, 10, 7)
    end: dict[str, Any] = {"by": world.officer, "now": now, "site_id": market_id, "on": last}
    planned_id = commands.plan_outing(**planned(now=now, site_id=market_id, held_on=later))
    with pytest.raises(commands.SiteReasonMissing):
        commands.end_site(**end, reason=" ")
    with pytest.raises(commands.SiteInUse):
        commands.end_site(**end, reason="Chợ dời đi")
    commands.cancel_outing(by=world.officer, now=now, outing_id=planned_id, reason="Chợ dời đi")
    for _ in range(2):
        commands.end_site(**end, reason="Chợ dời đi")
    with pytest.raises(commands.SiteEndedOtherwise):
        commands.end_site(**end | {"on": later}, reason="Chợ dời đi")
    assert AuditEntry.objects.filter(verb="end_site").count() == 1
    commands.plan_outing(**planned(now=now, site_id=market_id, held_on=last))
    with pytest.raises(commands.SiteEnded):
        commands.plan_outing(**planned(now=now, site_id=market_id, held_on=later))
    assert [one.name for one in queries.sites(world.officer, later)] == ["Bộ phận một cửa huyện"] * 2
    assert market_id not in {one.id for one in queries.own_sites(world.officer, later).items}
    fresh = commands.add_site(by=world.officer, now=now, name="Chợ Quảng Phú", kind="market", place_code="24259")
    assert fresh != market_id


def test_strangers_leave_sites_alone(world: World, market_id: UUID, now: datetime) -> None:
    for stranger in (world.viewer, world.helper, world.city_officer):
        with pytest.raises(NotAllowed):
            commands.correct_site(by=stranger, now=now, site_id=market_id, name="Chợ", kind="market")
        with pytest.raises(NotAllowed):
            commands.end_site(by=stranger, now=now, site_id=market_id, on=now.date(), reason="x")
    assert {one.name for one in queries.own_sites(world.city_officer, now.date()).items} == {"Bộ phận một cửa huyện"}
    assert queries.own_sites(SYSTEM, now.date()).total == 3
