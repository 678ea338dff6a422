"""Compares the tasks of a plan with those of a document that amends it: which is which, and what is different."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from raquan.kernel.refused import N_
from raquan.kernel.text import fold

_ALIKE = 0.8  # of the words of two titles, those that both have, where nothing else says that they are one task
_ALIKE_IN_PLACE = 0.6  # where both stand under the same number


class ChangeKind(StrEnum):
    """What an amendment does to a task."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


CHANGE_NAMES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: N_("Thêm"),
    ChangeKind.CHANGED: N_("Sửa"),
    ChangeKind.REMOVED: N_("Bỏ"),
    ChangeKind.SAME: N_("Giữ nguyên"),
}

FIELD_NAMES: Mapping[str, str] = {
    "title": N_("Tên nhiệm vụ"),
    "lead_units": N_("Đơn vị chủ trì"),
    "cooperating_units": N_("Đơn vị phối hợp"),
    "starts_on": N_("Bắt đầu"),
    "due_on": N_("Hạn hoàn thành"),
    "deliverable": N_("Sản phẩm"),
}

Value = str | date | tuple[str, ...] | None


class Comparable(Protocol):
    """A task of either side, known by its `key` there."""

    @property
    def key(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def lead_units(self) -> tuple[str, ...]: ...
    @property
    def cooperating_units(self) -> tuple[str, ...]: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def deliverable(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a task: its key in the plan (`before`), in the document (`after`), and each field old and new."""

    kind: ChangeKind
    before: str | None
    after: str | None
    path: str
    title: str
    fields: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)


def differences(
    old: Sequence[Comparable], new: Sequence[Comparable], *, whole: bool = True, apart: Collection[str] = ()
) -> tuple[Change, ...]:
    """List what becomes of each task: those of the document in its order, then those that only the plan has.

    A task that the document does not name is removed when the document replaces the `whole` list, else it stays.
    `apart` are keys of the document whose tasks somebody said are new ones. A task is the same under another number.
    """
    pairs = _pairs(old, [one for one in new if one.key not in apart])
    found = [_change(pairs.get(one.key), one) for one in new]
    kept = {one.key for one in pairs.values()}
    kind = ChangeKind.REMOVED if whole else ChangeKind.SAME
    return (*found, *(Change(kind, one.key, None, one.path, one.title) for one in old if one.key not in kept))


def _change(before: Comparable | None, after: Comparable) -> Change:
    if before is None:
        return Change(ChangeKind.ADDED, None, after.key, after.path, after.title)
    fields: dict[str, tuple[Value, Value]] = {}
    for name in FIELD_NAMES:
        was, now = getattr(before, name) or None, getattr(after, name) or None
        if _plain(was) != _plain(now):
            fields[name] = (was, now)
    kind = ChangeKind.CHANGED if fields else ChangeKind.SAME
    return Change(kind, before.key, after.key, after.path, after.title, fields)


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return fold(value)
    return [fold(one) for one in value] if isinstance(value, tuple) else value


def _pairs(old: Sequence[Comparable], new: Sequence[Comparable]) -> dict[str, Comparable]:
    """Give the plan's task of each of the document's: by title and number, by title, then by likeness, best first."""
    pairs: dict[str, Comparable] = {}
    free = {one.key: one for one in old}
    for same in (lambda one: (fold(one.title), one.path), lambda one: fold(one.title)):
        waiting: dict[object, list[Comparable]] = {}
        for one in free.values():
            waiting.setdefault(same(one), []).append(one)
        for one in new:
            if one.key not in pairs and waiting.get(same(one)):
                pairs[one.key] = waiting[same(one)].pop(0)
                del free[pairs[one.key].key]
    for _, after, before in sorted(_alike(list(free.values()), [one for one in new if one.key not in pairs])):
        if before in free and after not in pairs:
            pairs[after] = free.pop(before)
    return pairs


def _alike(old: Sequence[Comparable], new: Sequence[Comparable]) -> Iterator[tuple[float, str, str]]:
    words = {one.key: Counter(fold(one.title).split()) for one in old}
    for after in new:
        own = Counter(fold(after.title).split())
        for before in old:
            both = (own & words[before.key]).total()
            likeness = 2 * both / max(own.total() + words[before.key].total(), 1)
            if likeness >= (_ALIKE_IN_PLACE if before.path == after.path else _ALIKE):
                yield -likeness, after.key, before.key
