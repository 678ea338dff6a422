"""Works out in which form Word shows letters and paragraphs: what is said on them, by their styles, by default."""

from collections.abc import Sequence
from dataclasses import dataclass

from raquan.xml import reading as xml

Element = xml.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORD_FONT, _WORD_SIZE = "Times New Roman", 10.0
"""What Word shows where a document says nothing at all."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of letters: size in pt, color in hexadecimal."""

    font: str
    size: float
    bold: bool
    italic: bool
    color: str


@dataclass(frozen=True, slots=True)
class Lengths:
    """The form of a paragraph, lengths in twentieths of a point; `spacing` in lines, None where it is exact."""

    align: str
    first_line: float
    before: float
    after: float
    spacing: float | None


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._styles = {} if root is None else {value(one, "styleId") or "": one for one in root.iter(f"{W}style")}
        self._default_run = child(root, "docDefaults", "rPrDefault", "rPr")
        self._default_paragraph = child(root, "docDefaults", "pPrDefault", "pPr")
        self._normal = next(
            (name for name, one in self._styles.items() if value(one, "type") == "paragraph" and is_default(one)), ""
        )
        self._theme = {} if theme is None else _theme_fonts(theme)

    def of_run(self, run: Element, paragraph: Element) -> Form:
        """Give the form of a run's letters."""
        own = child(run, "rPr")
        styles = self._chain(value(child(own, "rStyle"), "val"))
        return self._form([own, *(child(one, "rPr") for one in styles), *self._paragraph_runs(paragraph)])

    def of_paragraph(self, paragraph: Element) -> Form:
        """Give the form that a paragraph's letters have where they say nothing themselves."""
        return self._form(self._paragraph_runs(paragraph))

    def lengths(self, paragraph: Element) -> Lengths:
        """Give the form of a paragraph."""
        said = [child(paragraph, "pPr"), *(child(one, "pPr") for one in self._of(paragraph)), self._default_paragraph]
        line = _nearest(said, "spacing", "line")
        exact = _nearest(said, "spacing", "lineRule") in ("exact", "atLeast")
        hanging = _nearest(said, "ind", "hanging")
        return Lengths(
            align=_nearest(said, "jc", "val") or "left",
            first_line=-_number(hanging) if hanging else _number(_nearest(said, "ind", "firstLine")),
            before=_number(_nearest(said, "spacing", "before")),
            after=_number(_nearest(said, "spacing", "after")),
            spacing=None if exact else _number(line) / 240 if line else 1.0,
        )

    def _paragraph_runs(self, paragraph: Element) -> list[Element | None]:
        return [*(child(one, "rPr") for one in self._of(paragraph)), self._default_run]

    def _of(self, paragraph: Element) -> list[Element]:
        return self._chain(value(child(paragraph, "pPr", "pStyle"), "val") or self._normal)

    def _chain(self, name: str | None) -> list[Element]:
        found: list[Element] = []
        while name and name in self._styles and self._styles[name] not in found:
            found.append(self._styles[name])
            name = value(child(found[-1], "basedOn"), "val")
        return found

    def _form(self, said: Sequence[Element | None]) -> Form:
        size = _nearest(said, "sz", "val")
        return Form(
            font=self._font(said),
            size=_number(size) / 2 if size else _WORD_SIZE,
            bold=_switch(said, "b"),
            italic=_switch(said, "i"),
            color=_nearest(said, "color", "val") or "",
        )

    def _font(self, said: Sequence[Element | None]) -> str:
        for one in said:
            fonts = child(one, "rFonts")
            if fonts is None:
                continue
            theme = value(fonts, "asciiTheme") or value(fonts, "hAnsiTheme")
            if theme:
                return self._theme.get("major" if theme.startswith("major") else "minor", "")
            named = value(fonts, "ascii") or value(fonts, "hAnsi")
            if named:
                return named
        return _WORD_FONT


def child(element: Element | None, *path: str) -> Element | None:
    """Give what lies down a path of WordprocessingML names; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return element


def value(element: Element | None, name: str) -> str | None:
    """Give an attribute."""
    return None if element is None else element.get(f"{W}{name}")


def is_on(element: Element) -> bool:
    """Tell whether a switch is on: it is where it says nothing."""
    return (value(element, "val") or "1") not in ("0", "false", "off")


def is_default(style: Element) -> bool:
    """Tell whether a style is that of paragraphs that name none."""
    return value(style, "default") in ("1", "true", "on")


def tag(element: Element) -> str:
    """Give an element's name without its namespace; "" for what is none."""
    return xml.name_of(element) if isinstance(element.tag, str) else ""


def _nearest(said: Sequence[Element | None], name: str, attribute: str) -> str | None:
    for one in said:
        found = value(child(one, name), attribute)
        if found is not None:
            return found
    return None


def _switch(said: Sequence[Element | None], name: str) -> bool:
    for one in said:
        found = child(one, name)
        if found is not None:
            return is_on(found)
    return False


def _number(said: str | None) -> float:
    try:
        return float(said or 0)
    except ValueError:
        return 0


def _theme_fonts(theme: Element) -> dict[str, str]:
    found = {}
    for kind in ("major", "minor"):
        latin = next((one.find(f"{A}latin") for one in theme.iter(f"{A}{kind}Font")), None)
        if latin is not None:
            found[kind] = latin.get("typeface", "")
    return found
