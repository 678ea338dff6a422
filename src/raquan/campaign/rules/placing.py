"""Where the tasks that an amendment adds come to stand among those that the plan has."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A task or section by its key; `section` is the key of the one that it stands under, "" for none."""

    key: str
    section: str = ""


def placed(plan: Sequence[Entry], document: Sequence[Entry], *, whole: bool) -> list[str]:
    """Give the keys of the plan in their order, with those that only the document has put between them.

    A new entry follows the one before it in the document; the first ones stand before the one that the plan has. Where
    the document does not stand for the `whole` list, a new task that follows nothing but its section's heading comes
    after the tasks that the section has.
    """
    order = [one.key for one in plan]
    sections = {one.key: one.section for one in plan}
    before: str | None = None
    for one in document:
        if one.key not in sections:
            first = next((order.index(it.key) for it in document if it.key in sections), len(order))
            at = first if before is None else order.index(before) + 1
            if before is not None and before == one.section and not whole:
                while at < len(order) and sections[order[at]] == one.section:
                    at += 1
            order.insert(at, one.key)
            sections[one.key] = one.section
        before = one.key
    return order
