"""The quick report: a text short enough to paste into a message."""

from collections.abc import Sequence
from dataclasses import dataclass

QUICK_LIMIT = 900


@dataclass(frozen=True, slots=True)
class QuickFacts:
    """What the quick report says; `figures` are names and numbers as written, `behind` the units not yet heard from."""

    title: str
    period: str
    figures: Sequence[tuple[str, str]]
    submitted: int
    approved: int
    units: int
    behind: Sequence[str]
    as_of: str
    synthetic: bool


def quick_text(facts: QuickFacts) -> str:
    """Write the text, at most QUICK_LIMIT characters: of the units behind as many are named as fit."""
    lines = ["[SỐ LIỆU MÔ PHỎNG]"] if facts.synthetic else []
    lines += ["BÁO CÁO NHANH", facts.title[:150], facts.period]
    lines += [f"- {name}: {value}" for name, value in facts.figures]
    lines.append(f"Đã duyệt {facts.approved}/{facts.units} đơn vị, chờ duyệt {facts.submitted}.")
    end = facts.as_of[:150]
    room = QUICK_LIMIT - len("\n".join([*lines, end])) - 1
    named = _named(facts.behind, room)
    return "\n".join([*lines, *([named] if named else []), end])[:QUICK_LIMIT]


def _named(behind: Sequence[str], room: int) -> str:
    for count in range(len(behind), -1, -1):
        rest = len(behind) - count
        names = "; ".join(behind[:count]) + (f" và {rest} đơn vị khác" if rest and count else "")
        said = f"Chưa nộp ({len(behind)}): {names}." if count else f"Chưa nộp: {len(behind)} đơn vị."
        if len(said) <= room:
            return said if behind else ""
    return ""
