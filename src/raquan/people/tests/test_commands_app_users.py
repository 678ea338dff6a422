"""App users are made many at once for a unit, known by their names, and their keys are never kept."""

import json
from base64 import b64decode
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4
from zlib import decompress

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.kernel.actor import Duty as ActorDuty
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.people import commands, queries
from raquan.people.models import Device
from raquan.people.rules import DeviceKind, Level, Role
from raquan.people.rules.app_users import MOST_NAMES, collect_payload, read_names

DAY = date(2023, 10, 5)


def make(now: datetime, *names: str, by: Actor = SYSTEM, unit: UUID | None = None) -> tuple[commands.AppUserMade, ...]:
    return commands.make_app_users(by=by, now=now, names=names, organization_id=unit)


def test_each_name_has_a_key_that_lets_it_send_for_its_unit(cu_mgar: UUID, now: datetime) -> None:
    first, second = make(now, " Y  Bhăm  Niê ", "H’Ler", unit=cu_mgar)
    assert (first.name, second.number, first.already) == ("Y Bhăm Niê", first.number + 1, False)
    keys = queries.app_user_keys(SYSTEM, [first.device_id, second.device_id])
    assert len(set(keys.values())) == 2
    actor = queries.actor_by_device_key(keys[first.device_id], DAY)
    assert actor == Actor(
        ActorKind.DEVICE, first.device_id, "Y Bhăm Niê", first.number, (ActorDuty(Role.HELPER, cu_mgar),)
    )
    assert keys[first.device_id] not in str(list(Device.objects.values()))
    assert queries.owner_of_device(first.device_id) is None


def test_the_same_name_again_is_the_same_app_user(cu_mgar: UUID, now: datetime) -> None:
    (first,) = make(now, "Y Bhăm", unit=cu_mgar)
    again, other = make(now, "Y Bhăm", "H’Ler", unit=cu_mgar)
    assert (again.device_id, again.already, other.already) == (first.device_id, True, False)
    (everybodys,) = make(now, "Y Bhăm")
    assert everybodys.device_id != first.device_id
    commands.revoke_device(by=SYSTEM, now=now, device_id=first.device_id)
    (fresh,) = make(now, "Y Bhăm", unit=cu_mgar)
    assert not fresh.already
    assert queries.app_user_keys(SYSTEM, [first.device_id]) == {}
    entry = AuditEntry.objects.filter(verb="make_app_users").latest("id")
    assert entry.detail["ids"] == [str(fresh.device_id)]


@pytest.mark.parametrize(
    ("names", "refusal"),
    [
        ([" ", ""], commands.NamesMissing),
        (["A", "B", "a ".strip().upper()], commands.NamesRepeated),
        (["A" * 101], commands.NameTooLong),
        ([str(n) for n in range(MOST_NAMES + 1)], commands.TooManyNames),
    ],
)
def test_a_list_that_cannot_be_is_refused_whole(
    cu_mgar: UUID, now: datetime, names: list[str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        make(now, *names, unit=cu_mgar)
    assert not Device.objects.exists()


def test_who_manages_a_unit_makes_its_own_alone(local_administrator: Actor, cu_mgar: UUID, now: datetime) -> None:
    other = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Lắk", level=Level.DISTRICT)
    (own,) = make(now, "Y Bhăm", by=local_administrator, unit=cu_mgar)
    for unit in (other, None):
        with pytest.raises(NotAllowed):
            make(now, "H’Ler", by=local_administrator, unit=unit)
    (foreign,) = make(now, "H’Ler", unit=other)
    with pytest.raises(NotAllowed):
        commands.revoke_device(by=local_administrator, now=now, device_id=foreign.device_id)
    with pytest.raises(NotFound):
        make(now, "Ai đó", unit=uuid4())
    ids = [own.device_id, foreign.device_id]
    assert set(queries.app_user_keys(local_administrator, ids)) == {own.device_id}
    assert [one.name for one in queries.app_users(local_administrator).items] == ["Y Bhăm"]
    assert queries.app_user_ids(local_administrator, [own.number, foreign.number]) == {own.number: own.device_id}
    with pytest.raises(NotAllowed):
        queries.collect_sheet(local_administrator, [foreign.device_id], year=2023)


def test_a_hundred_cost_as_much_as_one(
    cu_mgar: UUID, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        made = make(now, *[f"Máy {n}" for n in range(100)], unit=cu_mgar)
    with django_assert_max_num_queries(2):
        sheet = queries.collect_sheet(SYSTEM, [one.device_id for one in made], year=2023)
    assert (sheet.project, len(sheet.cards)) == ("Ra quân 2023", 100)
    with django_assert_max_num_queries(2):
        page = queries.app_users(SYSTEM, organization_id=cu_mgar, size=30)
    assert (page.total, len(page.items), page.items[0].organization_name) == (100, 30, "UBND huyện Cư M’gar")


def test_a_public_link_is_no_app_user(cu_mgar: UUID, now: datetime) -> None:
    (link,) = commands.make_app_users(
        by=SYSTEM, now=now, names=["Góp ý"], organization_id=cu_mgar, kind=DeviceKind.PUBLIC_LINK
    )
    key = queries.app_user_keys(SYSTEM, [link.device_id])[link.device_id]
    assert queries.actor_by_device_key(key, DAY) is None
    actor = queries.actor_by_public_link(key, DAY)
    assert actor is not None
    assert actor.assigned_only
    assert queries.app_users(SYSTEM).total == 0
    assert queries.app_users(SYSTEM, kind=DeviceKind.PUBLIC_LINK).total == 1
    (user,) = make(now, "Y Bhăm")
    assert queries.actor_by_public_link(queries.app_user_keys(SYSTEM, [user.device_id])[user.device_id], DAY) is None


def test_last_seen_is_noted_once_an_hour(cu_mgar: UUID, now: datetime) -> None:
    (made,) = make(now, "Y Bhăm", unit=cu_mgar)
    actor = queries.actor_by_device_key(queries.app_user_keys(SYSTEM, [made.device_id])[made.device_id], DAY)
    assert actor is not None
    for minutes, seen in ((0, 0), (30, 0), (61, 61)):
        commands.note_seen(by=actor, now=now + timedelta(minutes=minutes))
        assert Device.objects.get().last_seen_at == now + timedelta(minutes=seen)
    commands.note_seen(by=SYSTEM, now=now)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_make_the_same_list_at_once(now: datetime) -> None:
    unit = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Lắk", level=Level.DISTRICT)
    start, made = Barrier(2), []

    def officer() -> None:
        try:
            start.wait(10)
            made.append({one.device_id for one in make(now, "A", "B", "C", unit=unit)})
        finally:
            connection.close()

    officers = [Thread(target=officer) for _ in range(2)]
    for one in officers:
        one.start()
    for one in officers:
        one.join()
    assert len(made) == 2
    assert made[0] == made[1]
    assert Device.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Y Bhăm\n\n  H’Ler  \r\n", ("Y Bhăm", "H’Ler")),
        ('\ufeffHọ và tên,Thôn\nY Bhăm,Buôn A\n"Niê, H’Ler",Buôn B\n', ("Y Bhăm", "Niê, H’Ler")),
        ("name;x\nA;1\nB;2", ("A", "B")),
        ("A\tBuôn 1\nB\tBuôn 2", ("A", "B")),
        ('"Út\nH’Ler "Ama" Êban', ('"Út', 'H’Ler "Ama" Êban')),
        ('"' + "a" * 140_000 + "\nB", ('"' + "a" * 140_000, "B")),
        ("", ()),
    ],
)
def test_names_are_read_as_they_are_pasted(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


def test_collect_reads_its_settings_from_the_code() -> None:
    said = json.loads(decompress(b64decode(collect_payload("https://x/v1/key/k/projects/2023", "Đợt", with_key=True))))
    assert said == {
        "general": {
            "server_url": "https://x/v1/key/k/projects/2023",
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": "Đợt"},
    }
