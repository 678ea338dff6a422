"""What a form that records assists must ask, and what is wrong with one that does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_

ASSIST_FIELDS: tuple[str, ...] = ("started", "outing", "service", "result", "how", "bottleneck", "language", "card")
"""The fields of an assist that a form's questions may feed; the form says which (bind::raquan:assist)."""

REQUIRED_FIELDS = frozenset({"started", "outing", "service", "result", "how"})
"""What a form of kind "assist" must ask."""

UNFIT_TYPES = frozenset({"binary", "geopoint", "geotrace", "geoshape", "group", "repeat"})
"""Types whose answers are no short text, so that no field of an assist can be read from them."""

MOMENT_TYPES = frozenset({"dateTime", "date", "string"})
"""Types that can say when an assist began; a text is read as one too, since calculations are texts."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A question (its path and type) that a form declares to feed a field; `repeated` when it is asked many times."""

    field: str
    path: str
    type: str
    repeated: bool


class FaultKind(StrEnum):
    """What can be wrong with a declaration."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    TWICE = "twice"
    REPEATED = "repeated"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: with which field, and at which question ("" where no question feeds it)."""

    kind: FaultKind
    field: str
    path: str = ""


FAULT_TEXTS: dict[FaultKind, str] = {
    FaultKind.MISSING: N_("chưa có câu hỏi nào cho mục “{field}”"),
    FaultKind.UNKNOWN: N_("câu hỏi “{path}” khai mục “{field}” mà hệ thống không có"),
    FaultKind.TWICE: N_("câu hỏi “{path}” khai mục “{field}” đã có câu hỏi khác khai"),
    FaultKind.REPEATED: N_("câu hỏi “{path}” (mục “{field}”) nằm trong nhóm lặp, nên một bản ghi có nhiều câu trả lời"),
    FaultKind.UNFIT: N_("câu hỏi “{path}” thuộc kiểu không dùng được cho mục “{field}”"),
}


def faults_of(declared: Sequence[Declared]) -> tuple[Fault, ...]:
    """List what keeps a form from recording assists; a form that declares nothing is of another kind, and right."""
    if not declared:
        return ()
    found: list[Fault] = []
    seen: set[str] = set()
    for one in declared:
        kind = _fault(one, seen)
        seen.add(one.field)
        if kind is not None:
            found.append(Fault(kind, one.field, one.path))
    missing = sorted(REQUIRED_FIELDS - seen, key=ASSIST_FIELDS.index)
    return (*found, *(Fault(FaultKind.MISSING, field) for field in missing))


def _fault(one: Declared, seen: set[str]) -> FaultKind | None:
    if one.field not in ASSIST_FIELDS:
        return FaultKind.UNKNOWN
    if one.field in seen:
        return FaultKind.TWICE
    if one.repeated:
        return FaultKind.REPEATED
    if one.type in UNFIT_TYPES or (one.field == "started" and one.type not in MOMENT_TYPES):
        return FaultKind.UNFIT
    return None
