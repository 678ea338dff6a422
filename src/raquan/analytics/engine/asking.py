"""What statements are made from: a question put to rollups or to the facts, and the rows that answer it."""

from dataclasses import dataclass, replace
from typing import Any

from raquan.analytics.engine.laying import Source, laid, laid_rollups
from raquan.analytics.engine.rolling import rolled
from raquan.analytics.engine.rows import Filters, Where, columns_and_keys, kept, matches, number
from raquan.analytics.rules import ASSISTS, DISTINCT, Dimension, Formula, Rollup, Table, chosen, is_alone


@dataclass(frozen=True, slots=True)
class Question:
    """What statements are made from, and found again by; `views` are those that the facts lie in."""

    views: tuple[str, ...]
    campaign_id: str | None
    formula: Formula
    column: str
    where: Where = ()
    table: Table = ASSISTS
    across: str = ""
    rollup: Rollup | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """Give the columns that are asked for."""
        own = [self.column, *(column for column, _ in self.where), *([self.across] if self.across else [])]
        return tuple(dict.fromkeys(own))


def questions(
    source: Source, formula: Formula, by: Dimension, filters: Filters, across: Dimension | None = None
) -> tuple[Question, Question | None]:
    """Put what adds up, and what must be told apart, both to rollups or both to the facts."""
    adding = Question((), source.campaign_id, formula, by.column, columns_and_keys(filters), source.table)
    adding = replace(adding, across=across.column if across else "")
    telling = replace(adding) if isinstance(formula, DISTINCT) else None
    rollups = _rollups(source, formula, adding.asked)
    views = laid_rollups(source) if rollups else laid(source)
    adds, tells = rollups or (None, None)
    return replace(adding, views=views, rollup=adds), telling and replace(telling, views=views, rollup=tells)


def is_added_up(source: Source, formula: Formula, by: Dimension, filters: Filters = ()) -> bool:
    """Tell whether `evaluate` would read rollups for a question, not the facts."""
    return _rollups(source, formula, (by.column, *(column for column, _ in columns_and_keys(filters)))) is not None


def _rollups(source: Source, formula: Formula, asked: tuple[str, ...]) -> tuple[Rollup, Rollup | None] | None:
    """Choose the rollups that know all that is asked, for what adds up and what is told apart; None: read the facts."""
    adds = chosen(asked) if source.rollups else None
    tells = chosen(asked, formula) if isinstance(formula, DISTINCT) else None
    return None if adds is None or (tells is None and isinstance(formula, DISTINCT)) else (adds, tells)


def rows_of(question: Question, *, telling: bool = False) -> Any:
    """Give rows with the columns asked for, how many `records` each stands for and what they `add` up to."""
    if question.rollup is not None:
        formula = None if telling else question.formula
        rows = rolled(question.views, question.rollup, question.campaign_id, question.where, formula)
        return rows.filter(matches(rows, question.formula)) if telling else rows
    rows = kept(question.views, question.table, question.campaign_id, question.where)
    if telling or (is_alone(question.formula) and not isinstance(question.formula, DISTINCT)):
        rows = rows.filter(matches(rows, question.formula))
    return rows.mutate(records=1, adds=number(rows, question.formula))
