"""What commands of outings do, refuse, and do only once; on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ledger.commands import RequestReused
from raquan.ledger.models import AuditEntry
from raquan.outings import commands
from raquan.outings.models import Assignment, Outing, OutingService, Site
from raquan.outings.tests.conftest import DAY, World, make_world, plan_arguments

Plan = Callable[..., dict[str, Any]]


def test_an_officer_plans_an_outing(world: World, planned: Plan, now: datetime) -> None:
    outing_id = commands.plan_outing(**planned(now=now))
    outing = Outing.objects.get(id=outing_id)
    assert (outing.state, outing.place_path, outing.code[:4]) == ("planned", "/66/648/24259/", "CMG-")
    assert set(OutingService.objects.values_list("service_code", flat=True)) == {
        "birth_registration",
        "mobile_money",
    }
    team = dict(Assignment.objects.values_list("user_id", "part"))
    assert team == {world.leader.id: "leader", world.helper.id: "helper"}
    entry = AuditEntry.objects.get(subject="outings.Outing")
    assert (entry.verb, entry.actor_id, entry.subject_id) == ("plan_outing", world.officer.id, str(outing_id))


def test_the_same_plan_again_is_the_same_outing(planned: Plan, now: datetime) -> None:
    first = commands.plan_outing(**planned(now=now))
    again = commands.plan_outing(**planned(now=now, service_codes=["mobile_money", "birth_registration"]))
    assert again == first
    assert Outing.objects.count() == AuditEntry.objects.filter(verb="plan_outing").count() == 1


def test_a_request_id_gives_its_first_answer_and_refuses_other_content(planned: Plan, now: datetime) -> None:
    request_id = uuid4()
    first = commands.plan_outing(**planned(now=now, request_id=request_id))
    assert commands.plan_outing(**planned(now=now, request_id=request_id)) == first
    with pytest.raises(RequestReused):
        commands.plan_outing(**planned(now=now, request_id=request_id, ends_at=time(10)))
    assert Outing.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"campaign_id": uuid4()}, "outing.campaign_unknown", ""),
        ({"held_on": date(2023, 9, 14)}, "outing.outside_window", "15/09/2023 đến hết 15/10/2023"),
        ({"held_on": date(2023, 10, 16)}, "outing.outside_window", "16/10/2023"),
        ({"ends_at": time(7, 30)}, "outing.ends_before_start", "07:30"),
        ({"task_id": uuid4()}, "outing.task_unknown", ""),
        ({"service_codes": []}, "outing.services_missing", ""),
        ({"service_codes": ["mobile_money", "dak_lak_digital"]}, "outing.service_unknown", "dak_lak_digital"),
        ({"language": "xx"}, "outing.language_unknown", "xx"),
        ({"site_id": uuid4()}, "outing.site_unknown", ""),
        ({"by": SYSTEM, "organization_id": uuid4()}, "outing.organization_unknown", ""),
    ],
)
def test_a_wrong_plan_is_refused_and_leaves_nothing(
    planned: Plan, now: datetime, changes: dict[str, Any], code: str, said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        commands.plan_outing(**planned(now=now, **({"by": SYSTEM} if "site_id" in changes else {}), **changes))
    assert refusal.value.code == code
    assert said in str(refusal.value)
    assert not Outing.objects.exists()


def test_both_ends_of_the_window_may_be_planned(planned: Plan, now: datetime) -> None:
    for day in (date(2023, 9, 15), date(2023, 10, 15)):
        commands.plan_outing(**planned(now=now, held_on=day))
    assert Outing.objects.count() == 2


def test_a_member_needs_a_duty_in_the_unit(world: World, planned: Plan, now: datetime) -> None:
    stranger = world.city_officer
    with pytest.raises(commands.MemberWithoutDuty) as refusal:
        commands.plan_outing(**planned(now=now, team=[world.leader.id, stranger.id]))
    assert "Trần Thị Hòa" in str(refusal.value)


def test_a_team_may_be_named_later(planned: Plan, now: datetime) -> None:
    commands.plan_outing(**planned(now=now, team=[]))
    assert not Assignment.objects.exists()


def test_nobody_plans_for_another_unit_or_without_the_duty(world: World, planned: Plan, now: datetime) -> None:
    for actor in (world.city_officer, world.viewer, world.helper):
        with pytest.raises(NotAllowed):
            commands.plan_outing(**planned(now=now, by=actor))
    assert not Outing.objects.exists()


def test_an_hour_is_taken_until_its_outing_is_called_off(world: World, planned: Plan, now: datetime) -> None:
    first = commands.plan_outing(**planned(now=now))
    with pytest.raises(commands.HourTaken):
        commands.plan_outing(**planned(now=now, ends_at=time(10)))
    commands.cancel_outing(by=world.officer, now=now, outing_id=first, reason="Mưa lớn")
    assert commands.plan_outing(**planned(now=now, ends_at=time(10))) != first


def test_a_given_code_is_kept_and_belongs_to_one_outing(planned: Plan, now: datetime) -> None:
    first = commands.plan_outing(**planned(now=now, code="cmg 7k2q"))
    assert Outing.objects.get(id=first).code == "CMG-7K2Q"
    with pytest.raises(commands.CodeTaken):
        commands.plan_outing(**planned(now=now, code="CMG-7K2Q", starts_at=time(8)))


def test_a_site_whose_unit_is_gone_is_not_found_under_its_old_code(world: World, now: datetime) -> None:
    """24259 was the town of Quảng Phú; since the reform another unit bears the code."""
    after = datetime(2025, 10, 5, tzinfo=now.tzinfo)
    with pytest.raises(commands.PlaceUnknown):
        commands.plan_outing(**plan_arguments(world) | {"by": SYSTEM, "now": after, "held_on": after.date()})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_many_at_once_plans_the_hour(now: datetime) -> None:
    arguments = plan_arguments(make_world(now)) | {"now": now}

    def send(_: int) -> UUID:
        try:
            return commands.plan_outing(**arguments)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert len(answers) == Outing.objects.count() == 1
    assert AuditEntry.objects.filter(verb="plan_outing").count() == 1
    assert Assignment.objects.count() == 2


def test_a_site_is_added_once(world: World, now: datetime) -> None:
    site: dict[str, Any] = {"by": world.officer, "now": now, "kind": "market", "place_code": "24259"}
    first = commands.add_site(**site, name="Chợ  Quảng Phú")
    assert commands.add_site(**site, name=" Chợ Quảng Phú ") == first
    with pytest.raises(commands.SiteDiffers):
        commands.add_site(**site | {"kind": "school"}, name="Chợ Quảng Phú")
    assert Site.objects.get(id=first).place_path == "/66/648/24259/"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "site.name_missing"),
        ({"place_code": "99999"}, "site.place_unknown"),
        ({"lat": 12.8}, "site.coordinates"),
        ({"lat": 91.0, "lon": 108.0}, "site.coordinates"),
    ],
)
def test_a_wrong_site_is_refused(world: World, now: datetime, changes: dict[str, Any], code: str) -> None:
    before = Site.objects.count()
    site: dict[str, Any] = {"by": SYSTEM, "now": now, "name": "Chợ", "kind": "market", "place_code": "24259"}
    with pytest.raises(Refused) as refusal:
        commands.add_site(**site | changes)
    assert refusal.value.code == code
    assert Site.objects.count() == before


def test_a_viewer_adds_no_site(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.add_site(by=world.viewer, now=now, name="Chợ", kind="market", place_code="24259")


@pytest.fixture
def outing_id(planned: Plan, now: datetime) -> UUID:
    """A planned outing."""
    return commands.plan_outing(**planned(now=now))


def test_a_life_from_plan_to_done(world: World, outing_id: UUID, now: datetime) -> None:
    that_day = now + timedelta(days=1)
    for _ in range(2):
        commands.open_outing(by=world.officer, now=that_day, outing_id=outing_id)
    assert Outing.objects.get(id=outing_id).state == "open"
    for _ in range(2):
        commands.close_outing(by=world.officer, now=that_day, outing_id=outing_id)
    outing = Outing.objects.get(id=outing_id)
    assert (outing.state, outing.opened_at, outing.ended_at) == ("done", that_day, that_day)
    assert AuditEntry.objects.filter(verb="open_outing").count() == 1
    assert AuditEntry.objects.filter(verb="close_outing").count() == 1


def test_an_outing_is_not_opened_before_its_day(world: World, outing_id: UUID, now: datetime) -> None:
    with pytest.raises(commands.TooEarly) as refusal:
        commands.open_outing(by=world.officer, now=now, outing_id=outing_id)
    assert "06/10/2023" in str(refusal.value)
    assert Outing.objects.get(id=outing_id).state == "planned"


def test_steps_that_do_not_lead_on_are_refused(world: World, outing_id: UUID, now: datetime) -> None:
    act: dict[str, Any] = {"by": world.officer, "now": now + timedelta(days=1), "outing_id": outing_id}
    with pytest.raises(commands.OutingStateForbids):
        commands.close_outing(**act)
    commands.cancel_outing(**act, reason="Mưa lớn")
    commands.cancel_outing(**act, reason="Mưa lớn")
    steps: list[Callable[..., None]] = [commands.open_outing, commands.close_outing]
    for wrong in steps:
        with pytest.raises(commands.OutingStateForbids) as refusal:
            wrong(**act)
        assert "Đã hủy" in str(refusal.value)
    with pytest.raises(commands.OutingStateForbids):
        commands.cancel_outing(**act, reason="Lý do khác")
    assert Outing.objects.get(id=outing_id).cancel_reason == "Mưa lớn"


def test_an_outing_is_called_off_with_a_reason(world: World, outing_id: UUID, now: datetime) -> None:
    with pytest.raises(commands.ReasonMissing):
        commands.cancel_outing(by=world.officer, now=now, outing_id=outing_id, reason="  ")


def test_only_those_with_the_duty_take_steps(world: World, outing_id: UUID, now: datetime) -> None:
    act: dict[str, Any] = {"now": now + timedelta(days=1), "outing_id": outing_id}
    for actor in (world.city_officer, world.viewer):
        with pytest.raises(NotAllowed):
            commands.open_outing(by=actor, **act)
        with pytest.raises(NotAllowed):
            commands.cancel_outing(by=actor, reason="x", **act)
    with pytest.raises(NotFound):
        commands.open_outing(by=world.officer, **act | {"outing_id": uuid4()})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_that_open_at_once_one_does(now: datetime) -> None:
    world = make_world(now)
    outing_id = commands.plan_outing(**plan_arguments(world) | {"now": now})

    def send(_: int) -> None:
        try:
            commands.open_outing(by=world.officer, now=now + timedelta(days=1), outing_id=outing_id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert AuditEntry.objects.filter(verb="open_outing").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"aim": "sell"},
        {"ends_at": time(7)},
        {"state": "cancelled"},
        {"cancel_reason": "Mưa"},
    ],
)
def test_the_database_keeps_the_truth(outing_id: UUID, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Outing.objects.filter(id=outing_id).update(**changes)


def test_a_team_has_one_leader(world: World, outing_id: UUID) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(outing_id=outing_id).update(part="leader")


def test_a_duty_for_the_place_is_enough(world: World, planned: Plan, now: datetime) -> None:
    duty = replace(world.officer.duties[0], organization_id=None, place_code="648")
    district = replace(world.officer, duties=(duty,))
    assert commands.plan_outing(**planned(now=now, by=district))
    elsewhere = replace(world.officer, duties=(replace(duty, place_code="643"),))
    with pytest.raises(NotAllowed):
        commands.plan_outing(**planned(now=now, by=elsewhere, held_on=DAY + timedelta(days=1)))
