"""The catalogue of measures and dimensions, generated from their declarations."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from raquan.analytics.queries import wording
from raquan.analytics.rules import (
    DIMENSIONS,
    GRADE_NAMES,
    MEASURES,
    Dimension,
    Measure,
    dimensions_of,
    formula_text,
    measure,
)
from raquan.analytics.rules.dimensions import STAGE_NAMES
from raquan.analytics.rules.words import KIND_WORDS


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """A measure as the catalogue has it: all texts are in the language of the page, "" where there is none."""

    measure: Measure
    words: str
    notation: str
    source: str
    since: str
    grade: str
    rung: str
    part_of: str
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class CatalogueGroup:
    """The measures that are counted from the same facts."""

    source: str
    entries: tuple[MeasureEntry, ...]


def catalogue(*, public_only: bool = False) -> tuple[CatalogueGroup, ...]:
    """List every measure by its source, or those that anybody may see. Asks the database for nothing."""
    return _catalogue(get_language(), public_only)


@lru_cache(maxsize=16)
def _catalogue(_language: str | None, public_only: bool) -> tuple[CatalogueGroup, ...]:
    groups: dict[str, list[MeasureEntry]] = {}
    for one in MEASURES.values():
        if one.is_public or not public_only:
            groups.setdefault(wording.source_words(one), []).append(entry(one))
    return tuple(CatalogueGroup(source, tuple(entries)) for source, entries in groups.items())


def public_entry(key: str) -> MeasureEntry | None:
    """Give a measure that anybody may see; None where it is for the staff. Raises NoSuchMeasure."""
    found = measure(key)
    return entry(found) if found.is_public else None


def dimensions_known() -> tuple[tuple[Dimension, str], ...]:
    """List every dimension, with the kinds of facts that know it."""
    return tuple((one, ", ".join(wording.said(KIND_WORDS[kind]) for kind in one.kinds)) for one in DIMENSIONS.values())


def entry(of: Measure) -> MeasureEntry:
    """Describe a measure."""
    part_of = MEASURES[of.of].name if of.of else None
    return MeasureEntry(
        measure=of,
        words=wording.formula_words(of),
        notation=formula_text(of.formula),
        source=wording.source_words(of),
        since=wording.since_words(of),
        grade=wording.said(GRADE_NAMES[of.grade]),
        rung=wording.said(STAGE_NAMES[of.stage]) if of.stage else "",
        part_of=wording.said(part_of) if part_of else "",
        dimensions=dimensions_of(of),
    )
