"""How a route declares who may use it; a route that does not is refused, and fails a test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks of its visitor: nothing, a sign-in, or a duty that allows `action` somewhere.

    Whether the action is allowed on the very object is checked again by the command or query.
    """

    kind: str
    action: str = ""
    reason: str = ""


def public(view: View) -> View:
    """Declare that anybody may use this route."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Declare that any signed-in person may use this route."""
    view.access = Access("signed_in")  # type: ignore[attr-defined]
    return view


def allow(action: str) -> Callable[[View], View]:
    """Declare that the visitor needs a duty which allows `action` somewhere."""

    def mark(view: View) -> View:
        view.access = Access("allow", action=action)  # type: ignore[attr-defined]
        return view

    return mark


def by_key(view: View) -> View:
    """Declare that the route itself authenticates a device by the key in its address."""
    view.access = Access("by_key")  # type: ignore[attr-defined]
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """Give a view's declaration, or None where it has none."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None
