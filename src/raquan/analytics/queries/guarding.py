"""Of which enterprises' numbers a reader may know: the office all of them, everybody else what tells of none."""

from collections.abc import Mapping

from raquan.analytics.rules import Kind
from raquan.kernel.actor import Actor
from raquan.people.queries import organizations_of
from raquan.people.rules import Action, may

_OPENED_BY: Mapping[Kind, Action] = {
    Kind.REDEMPTION: Action.OFFER_WRITE,
    Kind.RESULT: Action.OFFER_WRITE,
    Kind.BOOTH_DAY: Action.EXHIBITION_MANAGE,
}
"""What somebody must be allowed to do for every enterprise to know each one's numbers, as its own pages ask."""


def sight(actor: Actor) -> frozenset[Kind]:
    """Give the guarded kinds of which an actor may know each enterprise's numbers."""
    return frozenset(
        kind for kind, action in _OPENED_BY.items() if may(actor, action) and organizations_of(actor, action) is None
    )
