"""Every list of the desk sorts, and is written whole: the rows that this visitor sees, each once, and no others."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
import pytest
from lxml import html

from raquan.ui import lists
from tests.architecture.house import SOURCE
from tests.matrix.cases import CASES
from tests.matrix.test_matrix import ask, hold_back, reads, words
from tests.matrix.world import Visitor, World

pytestmark = pytest.mark.django_db

LISTS: Mapping[str, str] = {
    "desk/outings/": "?on_from=1/1/2023",
    "desk/outings/sites/": "",
    "desk/people/": "",
    "desk/people/organizations/": "",
    "desk/rounds/": "",
    "desk/rounds/waiting/": "?only=late",
    "desk/rounds/<uuid:round_id>/": "",
    "desk/rounds/behind/": "",
    "desk/rounds/tasks/": "",
    "desk/campaign/": "",
    "desk/campaign/readings/": "",
    "desk/campaign/sub-plans/": "",
    "desk/help-desks/": "?all=1",
    "desk/feedback/": "?state=all",
    "desk/outings/calendars/": "",
    "desk/offers/": "",
    "desk/offers/registrations/": "?state=all",
    "desk/offers/results/": "",
    "desk/vouchers/": "",
    "desk/vouchers/counters/": "",
    "desk/vouchers/redemptions/": "",
    "desk/vouchers/failures/": "",
    "desk/exhibitions/": "",
    "desk/exhibitions/applications/": "",
    "desk/exhibitions/contacts/": "",
    "desk/cards/": "",
    "desk/displays/": "",
    "desk/displays/reports/": "",
    "desk/displays/shares/": "",
    "desk/displays/sites/": "",
    "desk/links/": "",
    "desk/links/counts/": "",
    "desk/outreach/": "",
    "desk/outreach/slogans/": "",
    "desk/outreach/posts/": "",
    "desk/press/": "",
    "desk/press/items/": "",
    "desk/recordings/": "?state=all",
    "desk/forms/": "",
    "desk/figures/snapshots/": "",
    "desk/reports/": "",
    "desk/reports/templates/": "",
    "desk/exchange/exports/": "",
    "desk/exchange/imports/": "",
    "desk/exchange/imports/<uuid:import_id>/": "",
    "desk/exchange/webhooks/<uuid:webhook_id>/": "",
    "desk/notices/": "?all=1",
    "desk/notices/sent/": "",
    "desk/collect/": "",
}
"""Each list's route, and the query with which it holds most."""

OWNERS: Mapping[str, str] = {
    "desk/notices/": "unit_officer@own",
    "desk/notices/sent/": "administrator@whole",
    "desk/exchange/exports/": "unit_officer@own",
    "desk/exhibitions/contacts/": "enterprise_officer@firm",
}
"""Whose rows there are, of lists of which the office has none."""

OTHERS = {
    "components.html": "the pager itself",
    "styleguide.html": "shows it",
    "outings.html": "the public's: nobody sorts or downloads there",
    "public_list.html": "the public's",
    "public_offers.html": "the public's",
    "public_booths.html": "the public's",
    "unit.html": "the public's",
    "reading.html": "a document, line by line, in its own order",
    "bring.html": "as above",
    "calendar.html": "a sheet, row by row, in its own order",
    "history.html": "a chronicle of one record",
    "compare_measure.html": "what changed between two snapshots, of a figure that is downloaded by itself",
    "cross.html": "a figure by two dimensions, which has files of its own",
    "records.html": "the records of a figure; a search for them is exported by the exchange",
    "keyset_pager.html": "records: sorted by their own search, exported by the exchange",
    "choose.html": "the things that a board can be of: each leads to its board",
    "published.html": "what everybody may read of a year: a few reports, the last first",
}
"""Templates that turn pages and are no such list, and why."""

OFFICE = "steering_officer@whole"
OFFICERS = ("unit_officer@own", "unit_officer@other", "officer@place")


def test_every_paged_template_is_a_list() -> None:
    found, other = set(), set()
    for path in SOURCE.rglob("templates/**/*.html"):
        text = path.read_text()
        if re.search(r"\bui\.list_(turn|table|block)\(", text):
            found.add(path)
        elif re.search(r"\bpager\(", text):
            other.add(path.name)
    assert other <= set(OTHERS), "give it the list component, or say why it is no list"
    assert len(found) == len(LISTS), "each of them is tried below"


@pytest.mark.parametrize("route", LISTS)
def test_a_list_sorts_and_is_written_whole(world: World, route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorted by each column both ways, in pages of two, every row comes once; a sort link leads to where it says."""
    monkeypatch.setattr(lists, "MAX_SIZE", 2)
    visitor = world.visitors[OWNERS.get(route, OFFICE)]
    page = _page(world, visitor, route, LISTS[route])
    rows = Counter(_first_cells(world, visitor, route, page))
    assert rows, "an empty list proves nothing"
    links = page.xpath("//a[@class='rq-table__sort']/@href")
    assert links
    keys = {re.search(r"[?&]sort=-?([a-z_]+)", link)[1] for link in links}  # type: ignore[index]  # it has one
    orders = [way + key for key in sorted(keys) for way in ("", "-")]
    for sort in orders:
        query = _with(LISTS[route], f"sort={sort}")
        written = Counter(_seen(row[0]) for row in _csv(world, visitor, route, query))
        assert written == rows, f"{route}{query}"
    shown = _page(world, visitor, route, _with(LISTS[route], f"sort={orders[-1]}"))
    said = shown.xpath("//*[@data-list]//thead/tr/th/@aria-sort")
    assert said == ["descending"] or shown.xpath("//p[@class='rq-orders']/a/span"), f"{route} {orders[-1]}"


@pytest.mark.parametrize("route", LISTS)
def test_a_file_holds_what_its_visitor_sees(world: World, route: str) -> None:
    for visitor in (world.visitors[name] for name in (OWNERS.get(route, OFFICE), *OFFICERS)):
        if not reads(world, visitor, route, CASES[route]):
            for kind in ("csv", "xlsx"):
                answer = ask(world, visitor, route, CASES[route], query=_with(LISTS[route], f"format={kind}"))
                assert answer.status_code in (403, 404), f"{visitor.name} {route} {kind}"
            continue
        seen = Counter(_first_cells(world, visitor, route, _page(world, visitor, route, LISTS[route])))
        lines = list(_csv(world, visitor, route, LISTS[route]))
        assert Counter(_seen(row[0]) for row in lines) == seen, f"{visitor.name} {route}"
        book = [["" if cell is None else str(cell) for cell in row] for row in _workbook(world, visitor, route)]
        assert book == [[cell.removeprefix("'") for cell in row] for row in lines], f"{visitor.name} {route}"


def _seen(cell: str) -> str:
    """Write a cell of a file as a page does: moments and days as people write them."""
    moment = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d):\d\d)?", cell)
    return f"{moment[4] + ' ' if moment[4] else ''}{moment[3]}/{moment[2]}/{moment[1]}" if moment else cell


def _with(query: str, more: str) -> str:
    return f"{query}&{more}" if query else f"?{more}"


def _page(world: World, visitor: Visitor, route: str, query: str) -> Any:
    answer = ask(world, visitor, route, CASES[route], query=query)
    assert answer.status_code == 200, f"{visitor.name} {route}{query}"
    return html.fromstring(answer.content.decode())


def _first_cells(world: World, visitor: Visitor, route: str, page: Any) -> Iterator[str]:
    """Give the first cells of a list's rows on all of its pages."""
    while True:
        for cell in page.xpath("//*[@data-list]//tbody/tr/*[1] | //*[@data-row]"):
            yield " ".join(cell.text_content().split())
        further = page.xpath("//a[@rel='next']/@href")
        if not further:
            return
        page = _page(world, visitor, route, further[0])


def _file(world: World, visitor: Visitor, route: str, query: str, kind: str) -> bytes:
    answer: Any = ask(world, visitor, route, CASES[route], query=_with(query, f"format={kind}"))
    assert answer.status_code == 200, f"{visitor.name} {route}{query}"
    data = b"".join(answer.streaming_content)
    answer.streaming_content = [data]
    hold_back(world, visitor, answer, words(answer))
    return data


def _csv(world: World, visitor: Visitor, route: str, query: str) -> Iterator[list[str]]:
    """Give the rows of a list's file; a cell as a page would show it."""
    _, *rows = csv.reader(io.StringIO(_file(world, visitor, route, query, "csv").decode("utf-8-sig"), newline=""))
    for row in rows:
        yield [" ".join(cell.split()) for cell in row]


def _workbook(world: World, visitor: Visitor, route: str) -> Iterator[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(_file(world, visitor, route, LISTS[route], "xlsx"))).active
    rows = list(sheet.iter_rows(values_only=True))
    # Above are what it is, its filters, its time and, as the clock is moved here, that it is synthetic.
    for row in rows[5:]:
        yield [" ".join(cell.split()) if isinstance(cell, str) else cell for cell in row]
