"""Knows a document that amends a plan: which plan, and whether it replaces the whole list of tasks."""

import re
from collections.abc import Iterable

from raquan.kernel.text import fold, normalize

_AMENDS = re.compile(r"\b(?:sua doi|bo sung|dieu chinh)\b")
_BEGINS = re.compile(r"(?:ke hoach )?(?:ve )?(?:viec )?(?:sua doi|bo sung|dieu chinh)\b")
_SYMBOL = r"[A-ZĐ][A-ZĐ0-9&]*"
_PLAN = re.compile(rf"[Kk](?:ế hoạch|Ế HOẠCH) số:?\s*(\d+)\s*(/\s*{_SYMBOL}(?:-{_SYMBOL})*|-\s*{_SYMBOL}/{_SYMBOL})")
_WHOLE = re.compile(r"\bthay the\b.{0,40}\b(?:phu luc|danh muc|bang phan cong|toan bo|noi dung nhiem vu)|\(thay the\)")


def amended_number(title: str | None, lines: Iterable[str]) -> str | None:
    """Give the number of the plan that a document amends, said in its title or in a line that says it amends.

    A plan that only rests on another one ("Thực hiện Kế hoạch số …") amends nothing.
    """
    said = normalize(title or "")
    if not _BEGINS.match(fold(said)):
        return None
    for text in (said, *(normalize(line) for line in lines)):
        if _AMENDS.search(fold(text)) and (found := _PLAN.search(text)):
            return found[1] + re.sub(r"\s", "", found[2])
    return None


def replaces_list(lines: Iterable[str]) -> bool:
    """Tell whether a document says that its list of tasks stands in place of the plan's."""
    return any(_WHOLE.search(fold(line)) for line in lines)
