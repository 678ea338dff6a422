"""Whose reports an actor may touch: those of the own unit, and of the units of the own place."""

from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.people import queries as people
from raquan.people.rules import Action, may


def units_of(actor: Actor, action: Action) -> frozenset[UUID] | None:
    """Give the units for which a duty allows an action: a duty within a place reaches the units of that place.

    None means every one.
    """
    return people.organizations_of(actor, action) if may(actor, action) else frozenset()


def reads_of(actor: Actor) -> frozenset[UUID] | None:
    """Give the units whose reports an actor may know of: those that they write for or decide on; None is every one."""
    deciding, writing = units_of(actor, Action.REPORT_DECIDE), units_of(actor, Action.REPORT_WRITE)
    return None if deciding is None or writing is None else deciding | writing
