"""Works out what Word writes before a paragraph that it numbers by itself: "III.", "1.2", "a)"."""

import re
from collections import defaultdict

from docx.oxml.ns import qn

from raquan.readings.gateways.elements import Element, child, value
from raquan.readings.gateways.fonts import Styles

_ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DASH = "-"


class Numbering:
    """Counts down a document's numbered paragraphs as Word does."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else list(root)
        self._lists = {value(one, "abstractNumId"): one for one in found if one.tag == qn("w:abstractNum")}
        self._numbers = {value(one, "numId"): one for one in found if one.tag == qn("w:num")}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def is_numbered(self, paragraph: Element) -> bool:
        """Tell whether Word numbers a paragraph; does not count it."""
        return self._place(paragraph) is not None

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and give what stands before it, "" for nothing."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        levels = self._levels(number)
        if depth not in levels:
            return ""
        counts = self._counts[value(child(self._numbers[number], "abstractNumId")) or number]
        counts[depth] = counts.get(depth, _start(levels[depth]) - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return _written(levels, depth, counts)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        settings = [child(paragraph, "pPr", "numPr")]
        settings += [child(style, "pPr", "numPr") for style in self._styles.of_paragraph(paragraph)]
        number = next((found for one in settings if (found := value(child(one, "numId")))), None)
        if number is None or number == "0" or number not in self._numbers:
            return None
        depth = next((found for one in settings if (found := value(child(one, "ilvl")))), "0")
        return number, int(depth) if depth.isdigit() else 0

    def _levels(self, number: str) -> dict[int, Element]:
        listed = self._lists.get(value(child(self._numbers[number], "abstractNumId")))
        levels = [] if listed is None else listed.findall(qn("w:lvl"))
        return {int(value(one, "ilvl") or 0): one for one in levels}


def _start(level: Element) -> int:
    said = value(child(level, "start")) or "1"
    return int(said) if said.isdigit() else 1


def _written(levels: dict[int, Element], depth: int, counts: dict[int, int]) -> str:
    if value(child(levels[depth], "numFmt")) == "bullet":
        return _DASH
    pattern = value(child(levels[depth], "lvlText")) or ""

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at not in levels:
            return ""
        return _sign(value(child(levels[at], "numFmt")) or "decimal", counts.get(at, _start(levels[at])))

    return re.sub(r"%([1-9])", one, pattern).strip()


def _sign(form: str, number: int) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman, rest = "", number
        for size, sign in _ROMANS:
            roman, rest = roman + sign * (rest // size), rest % size
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return "" if form == "none" else str(number)
