"""What the search finds for somebody, and whose history they may read, is what they may open: no more and no less."""

from collections.abc import Iterator

import pytest

from raquan.kernel.refused import NotFound
from raquan.search.queries import KINDS, find, thing
from raquan.search.rules import Entry, Kind
from tests.matrix.test_matrix import hold_back, words
from tests.matrix.world import Visitor, World

pytestmark = pytest.mark.django_db
WHO = ("unit_officer@own", "unit_officer@other", "steering_officer@whole", "administrator@own")
EACH = 2


def test_everything_in_the_world_has_a_kind(world: World) -> None:
    assert {kind.key for kind in KINDS.values() if not kind.rows().exists()} <= {"report", "indicator"}


@pytest.mark.parametrize("name", WHO)
def test_a_thing_is_found_and_its_history_told_to_who_may_open_it(world: World, name: str) -> None:
    visitor = world.visitors[name]
    wrong = []
    for kind, entry in _things():
        if not kind.is_listed and _is_told(visitor, kind, entry) is not _opens(visitor, entry.href):
            wrong.append((kind.key, entry.title))
    assert wrong == []


@pytest.mark.parametrize("name", WHO)
def test_histories_hold_no_mark_of_another_unit(world: World, name: str) -> None:
    visitor = world.visitors[name]
    visitor.client.cookies.update(visitor.cookies)
    for kind, entry in _things():
        answer = visitor.client.get(f"/desk/history/{kind.key}/{entry.id}/", secure=True)
        assert answer.status_code == (200 if _is_told(visitor, kind, entry) else 404), (kind.key, entry.title)
        hold_back(world, visitor, answer, words(answer))  # type: ignore[arg-type]  # the client's answer is one


@pytest.mark.parametrize("name", WHO[1:3])
def test_every_hit_opens(world: World, name: str) -> None:
    visitor = world.visitors[name]
    for text in ("n", "2023"):
        for group in find(visitor.actor, text).groups:
            for hit in group.hits[:1]:
                assert _opens(visitor, hit.href), f"{name}: {group.key} {hit.title}"


def _things() -> Iterator[tuple[Kind, Entry]]:
    """Give some things of each kind, the first and the last."""
    for kind in KINDS.values():
        ids = [*kind.rows().order_by("pk").values_list("pk", flat=True)]
        for entry in kind.entries(kind.rows().filter(pk__in={*ids[:EACH], *ids[-EACH:]})):
            yield kind, entry


def _is_told(visitor: Visitor, kind: Kind, entry: Entry) -> bool:
    try:
        return bool(thing(visitor.actor, kind.key, entry.id))
    except NotFound:
        return False


def _opens(visitor: Visitor, address: str) -> bool:
    visitor.client.cookies.update(visitor.cookies)
    return visitor.client.get(address, secure=True).status_code == 200
