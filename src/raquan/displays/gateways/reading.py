"""Finds the pictures that a page shows: in tags, in lists of widths, put off until scrolled to, behind, in SVG."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

MOST_PICTURES = 60
MOST_STYLESHEETS = 4

_LAZY = ("data-src", "data-original", "data-lazy", "data-lazy-src", "data-bg", "data-background", "data-image")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "imagesrcset")
_CSS_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\s]*))\s*\)", re.IGNORECASE)
_SHOWS = {"img": "src", "source": "src", "input": "src", "video": "poster", "embed": "src", "object": "data"}


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.stylesheets: list[str] = []
        self.base = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value for name, value in attrs if value}
        if tag == "base" and not self.base:
            self.base = said.get("href", "")
        if tag in _SHOWS:
            self.found.append(said.get(_SHOWS[tag], ""))
        if tag in ("image", "use", "feimage"):  # inside SVG
            self.found += [said.get("href", ""), said.get("xlink:href", "")]
        if tag == "link" and "stylesheet" in said.get("rel", "").lower():
            self.stylesheets.append(said.get("href", ""))
        self.found += [said[name] for name in _LAZY if name in said]
        for name in _SETS:
            self.found += _of_set(said.get(name, ""))
        self.found += pictures_in_css(said.get("style", ""))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found += pictures_in_css(data)


def pictures_in(page: str, url: str) -> tuple[list[str], list[str]]:
    """Give the addresses of a page's pictures and of its stylesheets, whole, each once, in the page's order.

    Pictures of `noscript` count: that is where pages without scripts show what they put off. A data: address stays.
    """
    finder = _Finder()
    finder.feed(page)
    base = urljoin(url, finder.base)
    return _whole(finder.found, base)[:MOST_PICTURES], _whole(finder.stylesheets, base)[:MOST_STYLESHEETS]


def pictures_in_css(text: str) -> list[str]:
    """Give the addresses in url(…) of a style."""
    return ["".join(found) for found in _CSS_URL.findall(text)]  # one of the three ways of quoting


def whole_pictures(found: list[str], base: str) -> list[str]:
    """Give addresses whole, each once."""
    return _whole(found, base)


def _of_set(text: str) -> list[str]:
    """Read `a.jpg 400w, b.jpg 2x`; the largest copies are the easiest to know, so all are given."""
    return [part.split()[0] for part in re.split(r",\s+|,(?=https?:|/)", text) if part.split()]


def _whole(found: list[str], base: str) -> list[str]:
    whole = []
    for one in found:
        try:
            address = one.strip() if one.strip().startswith("data:image/") else urljoin(base, one.strip())
        except ValueError:
            continue
        if one.strip() and address.startswith(("http://", "https://", "data:image/")):
            whole.append(address.partition("#")[0])
    return list(dict.fromkeys(whole))
