"""The index follows what is done, is read again as a whole, and forgets nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from raquan.campaign.models import Plan
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import record_many
from raquan.outings import commands as outings
from raquan.outings.tests.conftest import World, planned, world
from raquan.people import commands as people
from raquan.people.rules import Level
from raquan.search.commands import refresh, touch_everything
from raquan.search.models import Entry, Touched
from raquan.search.queries import KINDS, find, is_behind

__all__ = ["planned", "world"]

pytestmark = pytest.mark.django_db
Planned = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def nothing_waits(db: None) -> None:
    """Begin with an index that is up with everything."""
    Touched.objects.all().delete()


def up() -> None:
    """Read what was touched."""
    while refresh():
        pass


def titles(text: str) -> list[str]:
    """Name what the system finds."""
    return [hit.title for group in find(SYSTEM, text).groups for hit in group.hits]


def test_what_a_command_made_is_found(world: World, planned: Planned, now: datetime) -> None:
    outing = outings.plan_outing(now=now, **planned())
    assert is_behind()
    up()
    assert not is_behind()
    (group,) = [one for one in find(SYSTEM, "quang phu mot cua").groups if one.key == "outing"]
    assert [hit.object_id for hit in group.hits] == [outing]


def test_what_was_renamed_is_found_by_its_new_name_alone(world: World, planned: Planned, now: datetime) -> None:
    outings.plan_outing(now=now, **planned())
    up()
    outings.correct_site(by=SYSTEM, now=now, site_id=world.site_id, name="Chợ huyện mới", kind="market", address="")
    up()
    assert "Chợ huyện mới" in titles("cho huyen moi")
    assert {one.key for one in find(SYSTEM, "cho huyen moi").groups} == {"site", "outing"}
    assert world.site_id not in {hit.object_id for g in find(SYSTEM, "bo phan mot cua").groups for hit in g.hits}


def test_what_was_rolled_back_is_not_waited_for(now: datetime) -> None:
    with transaction.atomic():
        people.register_organization(by=SYSTEM, now=now, name="Sở Thử", level=Level.DEPARTMENT)
        assert is_behind()
        transaction.set_rollback(True)
    assert not is_behind()


def test_reading_everything_again_can_be_broken_off_and_repeated(world: World, now: datetime) -> None:
    up()
    before = set(Entry.objects.values_list("kind", "object_id", "title"))
    Entry.objects.filter(kind="organization").delete()
    touch_everything()
    for _ in range(3):
        refresh(limit=1)
    touch_everything()
    up()
    assert set(Entry.objects.values_list("kind", "object_id", "title")) >= before
    up()
    assert Entry.objects.count() == len(set(Entry.objects.values_list("kind", "object_id")))


def test_what_is_gone_leaves_the_index_with_the_next_whole_reading(world: World) -> None:
    up()
    Plan.objects.update(state="draft")  # its tasks have no page any more
    touch_everything()
    up()
    assert not Entry.objects.filter(kind="task").exists()


def test_an_act_upon_no_single_thing_reads_the_kind_again(world: World) -> None:
    up()
    Entry.objects.filter(kind="organization").delete()
    Touched.objects.create(subject="people.Organization")
    up()
    assert Entry.objects.filter(kind="organization").count() == 2


def test_what_changes_no_entry_is_not_read_again(world: World, planned: Planned, now: datetime) -> None:
    outing = outings.plan_outing(now=now, **planned())
    up()
    outings.change_team(
        by=world.officer, now=now, outing_id=outing, team=[world.leader.id or world.site_id], reason="Ốm"
    )
    assert not is_behind()


def test_acts_upon_many_touch_each(world: World, now: datetime) -> None:
    ids = [world.cumgar_id, world.city_id]
    Touched.objects.all().delete()
    with transaction.atomic():
        record_many(by=SYSTEM, verb="register_organizations", subject="people.Organization", subject_ids=ids)
    assert Touched.objects.count() == 2


def test_every_kind_says_what_stands_in_the_index(world: World) -> None:
    for kind in KINDS.values():
        for entry in kind.entries(kind.rows()):
            assert entry.title, kind.key
            assert entry.href.startswith("/"), kind.key
