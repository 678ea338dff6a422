"""What a number still waits for, and what has come to a frozen one since: nobody should take it for more than it is."""

from dataclasses import dataclass
from datetime import datetime

from raquan.analytics.queries.counting import counted, facts_of
from raquan.analytics.rules import Figure, Kind, Number, dimension, kinds_of
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.people import commands as people
from raquan.people import queries as persons
from raquan.people.rules import Action
from raquan.tallies import queries as tallies


@dataclass(frozen=True, slots=True)
class Standing:
    """What is still out, and what came after the cut-off.

    `phones` have records that have not come: `unsent` by their own word, `gaps` by their numbering. `sheets` were
    handed out up to today and not entered. `now_total` is what the same figure is live, `since` the difference: both
    None for a live figure or where one of them is not known.
    """

    phones: int
    unsent: int
    gaps: int
    sheets: int
    now_total: Number | None
    since: Number | None

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is known to be out."""
        return not (self.phones or self.sheets)


def standing(actor: Actor, of: Figure, *, now: datetime) -> Standing:
    """Say what a figure waits for. Raises NotAllowed."""
    people.check(actor, Action.FIGURE_READ)
    counts_assists = Kind.ASSIST in kinds_of(of.measure)
    awaited = persons.awaited_records() if counts_assists else persons.Awaited(0, 0, 0)
    sheets = tallies.sheets_out(of.campaign_id, upto=local_date(now)) if counts_assists and of.campaign_id else 0
    now_total = _live_total(actor, of) if of.snapshot else None
    known = now_total is not None and of.total is not None
    return Standing(
        phones=awaited.phones,
        unsent=awaited.unsent,
        gaps=awaited.gaps,
        sheets=sheets,
        now_total=now_total,
        since=(now_total or 0) - (of.total or 0) if known else None,
    )


def _live_total(actor: Actor, of: Figure) -> Number | None:
    filters = [(dimension(name), key) for name, key in of.filters]
    return counted(facts_of(None, of.campaign_id, actor), of.measure, of.by, filters).total
