"""The public's pages as they came, shown by a browser without a server."""

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from playwright.sync_api import Route

from tests.matrix.case import Write
from tests.matrix.cases import CASES
from tests.matrix.test_matrix import ask, words
from tests.matrix.world import World

HOST = "https://raquan.example"
NOTHING_SAID = Write({"nothing": ""})
"""A form that was sent with every field empty; a request without any field would pass for a first look at it."""


class LateFonts:
    """Fonts that come after all else: each page waits for them until it is told that they come."""

    def __init__(self) -> None:
        self._are_late = True
        self._waiting: list[Route] = []

    def take(self, route: Route) -> None:
        """Let a font wait, or give it when fonts have begun to come."""
        if self._are_late:
            self._waiting.append(route)
        else:
            give(route)

    def begin(self) -> None:
        """Be late again, for the next page."""
        self._are_late, self._waiting = True, []

    def come(self) -> None:
        """Give what waits, and what is asked for from now on."""
        self._are_late = False
        for route in self._waiting:
            give(route)


def public_pages(world: World) -> dict[str, bytes]:
    """Ask for every public page and for what each of their forms says when it is sent empty."""
    pages = {}
    for route, case in CASES.items():
        if not case.is_public or route.startswith(("v1/", "api/", "field/", "styleguide/")):
            continue
        nobody = world.visitors["nobody"]
        for query in case.queries if case.get is not None else ():
            answer = ask(world, nobody, route, case, query=query)
            if is_page(answer):
                pages[route + query] = answer.content
        for number, _write in enumerate(case.writes):
            with transaction.atomic():
                answer = ask(world, nobody, route, case, method="POST", write=NOTHING_SAID)
                transaction.set_rollback(True)
            if is_page(answer):
                pages[f"{route} sent empty {number}"] = answer.content
    return pages


def is_page(answer: HttpResponse) -> bool:
    """Tell whether a browser would show the answer as a page of its own; close what is a file."""
    if answer.streaming:
        words(answer)  # which closes the file that it is read from
        return False
    return b"<html" in answer.content and answer.headers["Content-Type"].startswith("text/html")


def address(name: str) -> str:
    """Give the address under which `serve` shows a page."""
    return f"{HOST}/?{quote(name)}"


def serve(route: Route, pages: Mapping[str, bytes], fonts: LateFonts | None = None) -> None:
    """Give the browser a page as it came, and what it asks for from the static files; `fonts` may be late."""
    asked = urlsplit(route.request.url)
    if route.request.is_navigation_request():
        route.fulfill(body=pages[unquote(asked.query)], content_type="text/html; charset=utf-8")
    elif fonts is not None and asked.path.endswith(".woff2"):
        fonts.take(route)
    else:
        give(route)


def give(route: Route) -> None:
    """Give the browser a static file."""
    path = urlsplit(route.request.url).path
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if found:
        route.fulfill(path=str(found))
    else:
        route.fulfill(status=404)
