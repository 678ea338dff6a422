"""Many figures at once for a board, each on its own: one that cannot be read leaves the others standing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic
from uuid import UUID

from raquan.analytics import engine
from raquan.analytics.queries import activity, counting
from raquan.analytics.queries.counting import Facts
from raquan.analytics.queries.crossing import Cross, cross_figure
from raquan.analytics.queries.figures import Where, make_figure
from raquan.analytics.queries.guarding import sight
from raquan.analytics.queries.stores import FactsAhead
from raquan.analytics.rules import DIMENSIONS, MEASURES, Figure, Kind, dimension, measure
from raquan.capture import queries as capture
from raquan.kernel.actor import Actor
from raquan.people import commands as people
from raquan.people.rules import Action

UNREAD = (engine.Unanswered, FactsAhead)
"""What stops a figure, and not the page that it stands on."""

Wanted = tuple[str, str]
"""A measure and a dimension, by their keys."""


class Allowance:
    """How many seconds a page may still spend on its numbers, and the facts that all of them are of.

    One query, and one more for the mark.
    """

    def __init__(self, seconds: float) -> None:
        self._until = monotonic() + seconds
        self._facts: dict[tuple[UUID, frozenset[Kind]], Facts] = {}
        self._upto = capture.max_fact_seq()
        self._acts: activity.Acts | None = None

    def facts(self, campaign_id: UUID, actor: Actor) -> Facts:
        """Give the live facts of a campaign for a reader, the same ones for the whole page."""
        sees = sight(actor)
        made = Facts(None, campaign_id, upto=self._upto, acts=self._acts, sees=sees)
        return self._facts.setdefault((campaign_id, sees), made)

    @property
    def mark(self) -> str:
        """Give what stays the same as long as no live figure can have changed; one query, to be asked first."""
        self._acts = activity.all_acts()
        return f"{self._upto}-{activity.mark_of(self._acts)}"

    @property
    def left(self) -> float:
        """Give the seconds that are left; a moment at least, in which what is remembered is found."""
        return max(self._until - monotonic(), 0.05)


def figures_or_none(
    actor: Actor,
    wanted: Sequence[Wanted],
    *,
    campaign_id: UUID,
    allowance: Allowance,
    filters: Where = (),
    now: datetime | None = None,
    named: bool = True,
) -> Mapping[Wanted, Figure | None]:
    """Count live as `figures` does; None for what could not be read, or not in time. Raises NotAllowed.

    Rows that are not to be `named` have their keys for labels, which spares the looking up.
    """
    people.check(actor, Action.FIGURE_READ)
    facts = allowance.facts(campaign_id, actor)
    asked = [(measure(key), dimension(by)) for key, by in dict.fromkeys(wanted)]
    asked += [(MEASURES[one.of], counting.any_split(one)) for one, _ in asked if one.of]
    where = [(dimension(name), key) for name, key in filters]
    try:
        with engine.answering(allowance.left):
            counting.prepare(facts, asked, where)
    except UNREAD:  # each is tried alone: what is wrong with one table is not with another
        pass
    found: dict[Wanted, Figure | None] = {}
    for key, by in dict.fromkeys(wanted):
        try:
            with engine.answering(allowance.left):
                found[key, by] = make_figure(facts, key, by, filters, now, named=named)
        except UNREAD:
            found[key, by] = None
    return found


def cross_or_none(
    actor: Actor,
    wanted: tuple[str, str, str],
    *,
    campaign_id: UUID,
    allowance: Allowance,
    filters: Where = (),
    now: datetime,
    size: int,
) -> Cross | None:
    """Count a measure by two dimensions, live; None where it could not be read, or not in time. Raises NotAllowed."""
    key, by, across = wanted
    try:
        with engine.answering(allowance.left):
            return cross_figure(
                actor,
                key,
                by,
                across,
                campaign_id=campaign_id,
                filters=filters,
                now=now,
                size=size,
                facts=allowance.facts(campaign_id, actor),
            )
    except UNREAD:
        return None


def live_mark() -> str:
    """Give the mark of the facts as they stand; two queries."""
    return Allowance(0).mark


STAGE_MEASURES: Mapping[str, str] = {
    one.stage: one.key for one in MEASURES.values() if one.stage and one.source == "assist"
}
"""The measure that counts assists which reached a stage of the ladder or a higher one."""

PLACES = (DIMENSIONS["commune"].key, DIMENSIONS["district"].key)
