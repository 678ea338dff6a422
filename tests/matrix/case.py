"""A case of the matrix: what a route is asked with, and who may have its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from raquan.people.rules import Action
from tests.matrix.world import World

Body = Mapping[str, Any] | bytes
NEW = "018b0000-0000-7000-8000-00000000000a"


@dataclass(frozen=True)
class Write:
    """A change that is good in itself: who may not make it must be stopped by that alone, and nothing be written.

    `action` must cover the unit's thing; None when the route's own declaration is all there is. `owner` names the one
    visitor whose thing it is. `keeps` is a change that writes nothing even when it is allowed.
    """

    body: Callable[[World], Body] | Body = field(default_factory=dict)
    action: Action | None = None
    owner: str = ""
    method: str = "POST"
    query: str = ""
    keeps: bool = False


@dataclass(frozen=True)
class Case:
    """A route: how it is read and changed.

    `action` must cover the unit's thing that the address names. `shows` are the marks that stand on the page for each
    of their readers. `queries` are further addresses that try to get more out of it. `get` is the status for who may;
    None for a route that is not read. `lets_in` is what it asks beside its declaration, any of these. What
    `is_slow` is tried by fewer visitors.
    """

    action: Action | None = None
    owner: str = ""
    shows: tuple[str, ...] = ()
    queries: tuple[str, ...] = ("",)
    get: int | None = 200
    writes: tuple[Write, ...] = ()
    fills: Mapping[str, Any] = field(default_factory=dict)
    lets_in: tuple[Action, ...] = ()
    is_public: bool = False
    is_slow: bool = False


def thing(action: Action, *shows: str, **more: Any) -> Case:
    """Make the case of a page about a unit's thing."""
    return Case(action=action, shows=shows, **more)


def listing(*shows: str, **more: Any) -> Case:
    """Make the case of a page that everybody whom the route lets in may open, each with their own rows."""
    return Case(shows=shows, **more)


def change(action: Action | None, body: Callable[[World], Body] | Body | None = None, **more: Any) -> Case:
    """Make the case of a route that is only written to."""
    return Case(get=None, writes=(Write(body or {}, action, **more),))


def both(*names: str) -> tuple[str, ...]:
    """Name the marks of both units."""
    return tuple(f"{unit} {name}" for unit in ("own", "other") for name in names)


PUBLIC = Case(is_public=True)
A = Action
FORMS_GIVEN = (A.FORM_FILL, A.FORM_PUBLISH)
FORMS_TOLD = (*FORMS_GIVEN, A.RECORD_READ)
OUTING, RECORD = A.OUTING_READ, A.RECORD_READ
OFFICER, OFFICE = "unit_officer@own", "steering_officer@whole"
