"""Every route says who may use it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from raquan.ui.access import access_of


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give each route: its address as the configuration writes it, and its view."""
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from routes(entry, address)


def test_every_route_declares_who_may_use_it() -> None:
    undeclared = [address for address, view in routes(get_resolver()) if access_of(view) is None]
    assert undeclared == []


def test_every_action_that_a_route_names_is_known() -> None:
    from raquan.people.rules import Action

    declared = {found.action for _, view in routes(get_resolver()) if (found := access_of(view)) and found.action}
    assert declared <= {action.value for action in Action}
