"""Who finds what, in which order, in how many queries."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Duty
from raquan.kernel.refused import NotFound
from raquan.kernel.remembering import forget_everything
from raquan.outings import commands as outings
from raquan.outings.models import Outing
from raquan.outings.tests.conftest import World, planned, world
from raquan.people import commands as people
from raquan.people.rules import Level, Role
from raquan.search import queries
from raquan.search.commands import refresh
from raquan.search.models import Entry, Word
from raquan.search.queries import find, find_public, thing
from raquan.search.rules import Entry as Said
from raquan.search.rules import code_of, index_words, spoken_key, title_key

__all__ = ["planned", "world"]

pytestmark = pytest.mark.django_db
OFFICE = Actor(ActorKind.USER, uuid4(), "Cơ quan", duties=(Duty(Role.STEERING_OFFICER),))


def put(title: str, *, kind: str = "organization", line: str = "", code: str = "", at: date | None = None) -> int:
    """Put an entry into the index, of nothing."""
    said = Said(uuid4(), title, "/", line=line, code=code)
    row = Entry.objects.create(
        kind=kind,
        object_id=said.id,
        title=title,
        line=line,
        code=code_of(code),
        title_key=title_key(title),
        spoken_key=spoken_key(f"{title} {line}"),
        at=None if at is None else datetime.combine(at, time(5), tzinfo=UTC),
    )
    Word.objects.bulk_create([Word(entry=row, word=word) for word in index_words(said)])
    return row.pk


def titles(actor: Actor, text: str, **other: Any) -> list[str]:
    """Name what an actor finds, the best first."""
    found = find(actor, text, kind="organization", **other)
    return [hit.title for hit in found.hits.items] if found.hits else []


def test_words_in_any_order_the_last_one_begun(db: None) -> None:
    put("Chợ Ea Tul")
    for text in ("cho ea tul", "TUL chợ", "ea t", "tul  EA", "chợ, ea-tul"):
        assert titles(OFFICE, text) == ["Chợ Ea Tul"], text
    for text in ("ch tul", "cho ea tulu", "", "  ", "%", "_"):
        assert titles(OFFICE, text) == [], text


def test_the_order_is_code_marks_beginning_title_rest_then_newer(db: None) -> None:
    put("Ở gần chợ")
    put("Nơi khác", line="chợ")
    put("Chợ cũ", at=date(2023, 10, 1))
    put("Chợ mới", at=date(2023, 10, 9))
    put("Chó mới", at=date(2023, 10, 30))
    put("Mang mã", code="CHỢ")
    assert titles(OFFICE, "chợ") == ["Mang mã", "Chợ mới", "Chợ cũ", "Ở gần chợ", "Nơi khác", "Chó mới"]
    assert titles(OFFICE, "cho")[:2] == ["Mang mã", "Chó mới"]
    put("Nhiệm vụ của kế hoạch", line="138/KH-UBND", at=date(2023, 12, 1))
    put("Kế hoạch năm", code="138/KH-UBND")
    assert titles(OFFICE, "138/kh")[0] == "Kế hoạch năm"


def test_pages_hold_each_hit_once(db: None) -> None:
    for number in range(45):
        put(f"Tổ công nghệ số {number:02d}")
    seen = [title for page in (1, 2, 3, 4) for title in titles(OFFICE, "to cong nghe", page=page)]
    assert len(seen) == len(set(seen)) == 45


def test_too_many_are_cut_and_said_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_FOUND", 5)
    for number in range(8):
        put(f"Tổ {number}")
    found = find(OFFICE, "to")
    assert (found.total, found.is_cut) == (5, True)


def test_who_sees_little_finds_it_among_much(
    world: World, planned: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A common word leads to the few things of one unit, however many others bear it."""
    monkeypatch.setattr(queries, "MOST_FOUND", 5)
    outings.plan_outing(now=now, **planned())
    while refresh():
        pass
    for _ in range(20):
        put("Bộ phận một cửa huyện", kind="outing")
    found = find(world.officer, "huyen", kind="outing")
    assert [hit.title for hit in found.hits.items] == ["Bộ phận một cửa huyện"]  # type: ignore[union-attr]
    assert [(group.key, group.count) for group in found.groups if group.key == "outing"] == [("outing", 1)]


def test_other_units_things_are_neither_found_nor_counted(world: World, planned: Any, now: datetime) -> None:
    mine = outings.plan_outing(now=now, **planned())
    theirs = outings.plan_outing(
        now=now,
        **planned(by=SYSTEM, organization_id=world.city_id, site_id=world.city_site_id, team=[]),
    )
    while refresh():
        pass
    code = Outing.objects.get(id=theirs).code
    assert [one.key for one in find(world.city_officer, code).groups] == ["outing"]
    assert find(world.officer, code).groups == ()
    found = find(world.officer, "bo phan mot cua huyen")
    assert {hit.object_id for group in found.groups if group.key == "outing" for hit in group.hits} == {mine}
    assert found.total == sum(group.count for group in found.groups)
    assert find(ANONYMOUS, "bo phan mot cua huyen").total == 0


def test_people_are_found_by_who_may_read_them(world: World, now: datetime) -> None:
    people.create_user(by=SYSTEM, now=now, full_name="Y Bhăm Niê", login="0912345678", password="mật khẩu dài đủ")
    while refresh():
        pass
    assert [one.key for one in find(OFFICE, "5678").groups] == ["person"]
    assert find(world.officer, "5678").total == 0
    assert find(world.officer, "bham").total == 0


def test_organizations_are_found_by_their_abbreviations(now: datetime) -> None:
    people.register_organization(
        by=SYSTEM, now=now, name="Sở Thông tin và Truyền thông", level=Level.DEPARTMENT, short_name="Sở TT&TT"
    )
    while refresh():
        pass
    assert titles(OFFICE, "so tt&tt") == ["Sở Thông tin và Truyền thông"]


def test_a_search_costs_few_queries(
    world: World, planned: Any, now: datetime, settings: Settings, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """However many hits there are, rooms are asked once who may see what.

    For who is there for a place, rooms ask which organizations lie there: two queries, which the rooms after the first
    find remembered.
    """
    settings.RAQUAN_REMEMBER_SECONDS = 60.0
    for hour in (7, 8, 9):
        outings.plan_outing(now=now, **planned(starts_at=time(hour)))
    while refresh():
        pass
    around = Actor(ActorKind.USER, uuid4(), "Huyện", duties=(Duty(Role.UNIT_OFFICER, None, "648"),))
    for actor, most in ((OFFICE, 8), (world.officer, 8), (around, 10)):
        forget_everything()
        with django_assert_max_num_queries(most):
            assert find(actor, "bo phan mot cua huyen quang phu").total >= 3
    forget_everything()


def test_a_thing_is_told_of_to_who_may_see_it(world: World, planned: Any, now: datetime) -> None:
    outing = outings.plan_outing(now=now, **planned())
    told = thing(world.officer, "outing", outing)
    assert (told.title, told.acts) == ("Bộ phận một cửa huyện", (("outings.Outing", (str(outing),)),))
    for actor, kind, object_id in (
        (world.city_officer, "outing", outing),
        (ANONYMOUS, "outing", outing),
        (world.officer, "outing", UUID(int=7)),
        (world.officer, "person", world.helper.id or UUID(int=8)),
        (world.officer, "nothing", outing),
    ):
        with pytest.raises(NotFound):
            thing(actor, kind, object_id)


def test_everybody_finds_what_is_public_and_its_public_page(world: World, planned: Any, now: datetime) -> None:
    outing = outings.plan_outing(now=now, **planned())
    people.create_user(by=SYSTEM, now=now, full_name="Quảng Phú Niê", login="0912345678", password="mật khẩu dài đủ")
    while refresh():
        pass
    found = find_public("quang phu")
    assert [(group.key, group.hits[0].href) for group in found.groups if group.key != "place"] == [
        ("outing", f"/2023/outings/{Outing.objects.get(id=outing).code}/")
    ]
    assert find_public("5678").total == find_public("138/kh-ubnd").total == 0
    assert find_public("").total == 0


def test_a_persons_history_tells_of_the_duties_that_the_reader_may_read(world: World, now: datetime) -> None:
    leader = world.leader.id
    assert leader
    people.give_duty(
        by=SYSTEM, now=now, user_id=leader, role=Role.HELPER, organization_id=world.city_id, starts_on=date(2023, 9, 1)
    )
    manager = Actor(ActorKind.USER, uuid4(), "Quản trị", duties=(Duty(Role.ADMINISTRATOR, world.cumgar_id),))
    everywhere, here = thing(OFFICE, "person", leader), thing(manager, "person", leader)
    assert len(dict(everywhere.acts)["people.Duty"]) == 2
    assert len(dict(here.acts)["people.Duty"]) == 1
