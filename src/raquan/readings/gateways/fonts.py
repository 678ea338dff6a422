"""Refuses documents set in fonts from before Unicode, whose letters are not what they seem."""

import re

from docx.oxml.ns import qn

from raquan.kernel.refused import N_, Refused
from raquan.readings.gateways.elements import Element, child, text_of, value

_OLD = re.compile(r"\.Vn|VNI[- ]", re.IGNORECASE)


class OldFont(Refused):
    """The text is set in TCVN3 or VNI: its letters cannot be read as they stand."""

    code = "plan.old_font"
    message = N_(
        "Văn bản dùng phông chữ cũ “{font}” (bảng mã TCVN3 hoặc VNI) nên không đọc đúng được tiếng Việt. "
        "Hãy chuyển văn bản sang Unicode, ví dụ phông Times New Roman, rồi nạp lại."
    )


def is_old_font(font: str) -> bool:
    """Tell whether a font by its name is one of TCVN3 or VNI."""
    return _OLD.match(font.strip()) is not None


class Styles:
    """The styles of a document: which font and which numbering a paragraph takes from them."""

    def __init__(self, root: Element) -> None:
        self._styles = {value(one, "styleId"): one for one in root.iter(qn("w:style"))}
        self._default = _font(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._normal = next(
            (
                name
                for name, one in self._styles.items()
                if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true", "on")
            ),
            None,
        )

    def chain(self, name: str | None) -> list[Element]:
        """Give a style and those that it is based on, nearest first."""
        found: list[Element] = []
        while name in self._styles and self._styles[name] not in found:
            found.append(self._styles[name])
            name = value(child(found[-1], "basedOn"))
        return found

    def of_paragraph(self, paragraph: Element) -> list[Element]:
        """Give the styles of a paragraph, nearest first."""
        return self.chain(value(child(paragraph, "pPr", "pStyle")) or self._normal)

    def name_of(self, paragraph: Element) -> str:
        """Give the name of a paragraph's style, as Word shows it."""
        return next((value(child(one, "name")) or "" for one in self.of_paragraph(paragraph)), "")

    def font_of(self, run: Element, paragraph: Element | None) -> str:
        """Give the font that a run is shown in, or "" where a theme decides."""
        styles = self.chain(value(child(run, "rPr", "rStyle")))
        styles += self.of_paragraph(paragraph) if paragraph is not None else []
        said = (_font(one) for one in [child(run, "rPr"), *(child(style, "rPr") for style in styles)])
        return next((font for font in said if font is not None), self._default or "")


def refuse_old_fonts(body: Element, styles: Styles) -> None:
    """Raise OldFont when a letter is shown in a font from before Unicode."""
    for paragraph in body.iter(qn("w:p")):
        for run in paragraph.iter(qn("w:r")):
            font = styles.font_of(run, paragraph)
            if is_old_font(font) and any(c.isalpha() for c in text_of(run)):
                raise OldFont(font=font)


def _font(settings: Element | None) -> str | None:
    fonts = child(settings, "rFonts")
    if fonts is None:
        return None
    if value(fonts, "asciiTheme") or value(fonts, "hAnsiTheme"):
        return ""
    return value(fonts, "ascii") or value(fonts, "hAnsi")
