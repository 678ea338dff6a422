"""Every public page as people see it: on the narrowest screen, with large letters, on paper, while it loads, by ear."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from raquan.ui.tests.test_in_a_browser import launch
from tests.matrix.shown import LateFonts, address, public_pages, serve
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.front]

NARROWEST, PHONE, PAPER = 320, 360, 673
"""Pixels: 1,280 enlarged four times (WCAG 1.4.10), a phone, A4 between its margins."""

MOST_SHIFT = 0.1
"""What is called good (Core Web Vitals, cumulative layout shift)."""

WIDER = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > width + 1 && one.checkVisibility())
  .map(one => one.outerHTML.slice(0, 120)).slice(0, 3).concat(String(document.documentElement.scrollWidth))"""

CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
  const style = getComputedStyle(one)
  return one.checkVisibility() && !one.matches('svg *, .govuk-visually-hidden, input, select, textarea') &&
    ['hidden', 'clip'].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 2
}).map(one => one.outerHTML.slice(0, 120))"""

WATCH = """window.moved = []
new PerformanceObserver(list => {
  for (const one of list.getEntries()) {
    if (!one.hadRecentInput) {
      moved.push([one.value, one.sources.map(source => source.node?.outerHTML?.slice(0, 100) ?? String(source.node))])
    }
  }
}).observe({ type: 'layout-shift', buffered: true })"""

LANDMARKS = """() => {
  const of = { HEADER: 'banner', NAV: 'navigation', MAIN: 'main', FOOTER: 'contentinfo' }
  return [...document.querySelectorAll('body > header, header nav, main, body > footer')]
    .filter(one => one.checkVisibility()).map(one => of[one.tagName])
}"""

APART = ("<int:year>/widget/", "<int:year>/messages/banner/", "counter/")
"""Pages without the shell: two stand in other sites' pages, one is an app that scripts draw."""

FIRST_STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(one => one.tabIndex >= 0 && (one.checkVisibility() || one.matches('.govuk-skip-link')))
  .slice(0, 2).map(one => one.getAttribute('href') ?? one.tagName)"""


@pytest.fixture(scope="module")
def pages(world: World) -> dict[str, bytes]:
    """The public pages, and what forms say that were sent empty."""
    return public_pages(world)


@pytest.fixture
def browse(pages: dict[str, bytes]) -> Iterator[Callable[..., Iterator[tuple[str, Page]]]]:
    """Show each page in a window of a width; `before` runs ahead of its scripts, `fonts` may be late.

    While a browser is there, Django takes its loop for another task, which has another connection: hence one a test.
    """
    with launch() as browser:

        def shown(width: int, *, before: str = "", fonts: LateFonts | None = None) -> Iterator[tuple[str, Page]]:
            context = browser.new_context(viewport={"width": width, "height": 740}, bypass_csp=True)
            if before:
                context.add_init_script(before)
            page = context.new_page()
            page.route("**/*", lambda route: serve(route, pages, fonts))
            for name in pages:
                if fonts:
                    fonts.begin()
                page.goto(address(name), wait_until="load" if fonts is None else "domcontentloaded")
                yield name, page
            context.close()

        yield shown


Browse = Callable[..., Iterator[tuple[str, Page]]]


def test_nothing_is_wider_than_the_narrowest_screen(browse: Browse) -> None:
    assert {name: wide for name, page in browse(NARROWEST) if (wide := page.evaluate(WIDER, NARROWEST))} == {}


def test_letters_of_twice_the_size_fit(browse: Browse) -> None:
    """Text alone is enlarged (WCAG 1.4.4): nothing is pushed off a phone's screen, nothing is cut off."""
    found = {}
    for name, page in browse(PHONE):
        page.add_style_tag(content="html { font-size: 200% !important }")
        if wrong := page.evaluate(WIDER, PHONE) + page.evaluate(CUT):
            found[name] = wrong
    assert found == {}


def test_paper_holds_all_of_it(browse: Browse) -> None:
    found = {}
    for name, page in browse(PAPER):
        page.emulate_media(media="print")
        if wide := page.evaluate(WIDER, PAPER):
            found[name] = wide
    assert found == {}


def test_nothing_jumps_while_a_page_loads(browse: Browse) -> None:
    """The fonts come last, after a first look at the page: the worst that a slow line does."""
    found = {}
    fonts = LateFonts()
    for name, page in browse(PHONE, before=WATCH, fonts=fonts):
        page.wait_for_timeout(60)
        fonts.come()
        page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 60)))")
        moved = page.evaluate("moved")
        if sum(value for value, _nodes in moved) > MOST_SHIFT:
            found[name] = moved[:3]
    assert found == {}


def test_ears_find_the_same_parts_in_the_same_order(browse: Browse) -> None:
    found = {}
    for name, page in browse(PHONE):
        parts = page.evaluate(LANDMARKS)
        if name in APART:
            continue
        titles = page.evaluate("[document.title.trim().length > 10, document.querySelectorAll('h1').length]")
        stops = page.evaluate(FIRST_STOPS)
        if parts != ["banner", "navigation", "navigation", "main", "contentinfo"] or titles != [True, 1]:
            found[name] = [parts, titles]
        elif stops[0] != "#main":
            found[name] = stops
    assert found == {}
