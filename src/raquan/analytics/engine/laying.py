"""Lays facts before the engine: Parquet files, what is in none of them yet, and rollups, as views of fixed names."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raquan.analytics.engine.running import engine_here
from raquan.analytics.rules import ASSISTS, ROLLUP_COLUMNS, Table

FILED, TAIL, ROLLED = "filed", "tail", "rolled"
SETTLED, LATER = "settled", "later"
"""Rollups apart: those of which it is known what they say, and those that came since."""

ADDED, TAKEN = "added", "taken"
"""What came since the rollups, apart: the facts to be put on, and those to be taken off."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where to count: Parquet files, facts that are in none of them yet (or an Arrow table of them), of one campaign.

    Two sources of the same `mark` hold the same facts; "" tells nothing. `rollups` are files that together add up what
    `files` hold; `replaced` are the facts in `files` that the tail has later versions of.
    """

    files: tuple[Path, ...] = ()
    tail: Any = ()
    campaign_id: str | None = None
    mark: str = ""
    table: Table = ASSISTS
    rollups: tuple[Path, ...] = ()
    replaced: Any = ()


def laid(source: Source) -> tuple[str, ...]:
    """Lay a source's facts before this thread's engine; give the names of the views."""
    views: list[str] = []
    if source.files:
        engine_here().lay_files(FILED, source.files, source.table.columns)
        views.append(FILED)
    if len(source.tail) or not source.files:
        engine_here().lay_facts(TAIL, source.tail, source.table)
        views.append(TAIL)
    return tuple(views)


def laid_rollups(source: Source) -> tuple[str, ...]:
    """Lay a source's rollups, and the facts that are to be added and taken off; give the names of the views."""
    engine_here().lay_files(ROLLED, source.rollups, ROLLUP_COLUMNS)
    return (ROLLED, *_laid_moves(source))


def laid_since(source: Source, settled: tuple[Path, ...], *, only_settled: bool = False) -> tuple[str, ...]:
    """Lay the settled rollups apart from those that came since, and from the facts to be added and taken off."""
    engine_here().lay_files(SETTLED, settled, ROLLUP_COLUMNS)
    if only_settled:
        return (SETTLED,)
    later = tuple(path for path in source.rollups if path not in settled)
    if later:
        engine_here().lay_files(LATER, later, ROLLUP_COLUMNS)
    return (SETTLED, *([LATER] if later else []), *_laid_moves(source))


def _laid_moves(source: Source) -> tuple[str, ...]:
    views = []
    for name, facts in zip((ADDED, TAKEN), moves(source.tail, source.replaced), strict=True):
        if facts:
            engine_here().lay_facts(name, facts, source.table)
            views.append(name)
    return tuple(views)


def moves(tail: Any, replaced: Any) -> tuple[list[Any], list[Any]]:
    """Give the facts of a tail that are to be put on what files add up to, and those to be taken off.

    `replaced` is what the files say of assists that the tail corrects. Each later version takes the former off; so
    a tail that grows only adds to both.
    """
    said = {one.assist_id: one for one in replaced}
    added, taken = [], []
    for fact in tail:
        before = said.get(fact.assist_id)
        if before is not None and before.version >= fact.version:
            continue
        if before is not None and not before.withdrawn:
            taken.append(before)
        if not fact.withdrawn:
            added.append(fact)
        said[fact.assist_id] = fact
    return added, taken
