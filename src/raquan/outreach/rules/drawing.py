"""What is drawn: the words and colors that stand on a design, and the texts of those that are no pictures."""

import html
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from raquan.kernel.text import fold, nfc
from raquan.outreach.rules.designs import Design, Slot

COLORS: Mapping[str, str] = {"ground": "#0b5d4e", "ink": "#ffffff", "accent": "#ffb81c", "warm": "#a4262c"}
"""The colors that an identity kit begins with, the portal's own."""

_COLOR = re.compile(r"#[0-9a-f]{6}")
SYLLABLES_A_MINUTE = 160
"""How fast a text is read to loudspeakers: slower than news (about 200), so that it is heard across a village."""


@dataclass(frozen=True, slots=True)
class Wording:
    """All that may stand on an artwork; `emblem` and `qr` are SVG, `address` is what the code leads to, as people
    read it. What was approved is kept in this shape, so that a later change of the kit changes no approved artwork."""

    slogan: str
    campaign: str
    host: str
    second: str = ""
    line: str = ""
    unit_name: str = ""
    doer: str = ""
    call: str = ""
    address: str = ""
    link: str = ""
    colors: Mapping[str, str] | None = None
    emblem_sha256: str = ""

    def of_unit(self, name: str) -> "Wording":
        """Give the same for another unit."""
        return replace(self, unit_name=nfc(name))

    def as_data(self) -> dict[str, Any]:
        """Give it as it is stored."""
        return asdict(self)


def is_color(text: str) -> bool:
    """Tell whether a text is a color as the kit takes it: #0b5d4e."""
    return _COLOR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colors, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def drawn(design: Design, said: Wording, *, emblem: str = "", qr: str = "", note: str = "", stamp: str = "") -> Any:
    """Give what data/artwork.typ draws a design from; `emblem` and `qr` are SVG, `note` stands where it is cut off."""
    return {
        "layout": design.layout,
        "unit": design.unit,
        "width": design.width,
        "height": design.height,
        "bleed": design.bleed,
        "outside": design.outside,
        "slogan": nfc(said.slogan),
        "campaign": nfc(said.campaign),
        "host": nfc(said.host),
        "second": _if(design, Slot.SECOND, said.second),
        "line": _if(design, Slot.LINE, said.line),
        "unit_name": _if(design, Slot.UNIT, said.unit_name),
        "doer": _if(design, Slot.DOER, said.doer),
        "call": _if(design, Slot.LINK, said.call),
        "address": _if(design, Slot.LINK, said.address),
        "qr": qr if design.has(Slot.LINK) else "",
        "emblem": emblem,
        "colors": dict(said.colors or COLORS),
        "note": nfc(note),
        "stamp": nfc(stamp),
    }


def note_of(design: Design, code: str, unit: str, approved_on: date | None) -> str:
    """Give what stands beside a printed page, for the print shop: what it is, for whom, by which approval."""
    size = f"{design.width:g} × {design.height:g} mm, tràn lề {design.bleed:g} mm"
    approved = f"duyệt {approved_on:%d/%m/%Y}" if approved_on else "CHƯA DUYỆT"
    return " · ".join(one for one in (code, design.name["vi"], size, unit, approved) if one)


def stamp_of(is_synthetic: bool) -> str:
    """Give what is stamped on artwork of a campaign that nobody holds."""
    return "DỮ LIỆU MẪU" if is_synthetic else ""


def plain_name(name: str) -> str:
    """Name a file by a unit, in letters that every disk takes."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(name))
    return "-".join(plain.split())[:80]


def spoken(said: Wording) -> str:
    """Give the text that is read to loudspeakers, a sentence a line; addresses are not read out."""
    parts = (said.host, said.campaign, said.slogan, said.second, said.line, said.unit_name)
    return "\n".join(f"{' '.join(nfc(one).split()).rstrip('.')}." for one in parts if one.strip())


def reading_seconds(text: str) -> int:
    """Estimate how many seconds it takes to read a text to loudspeakers: Vietnamese is a syllable a word."""
    return round(len(text.split()) * 60 / SYLLABLES_A_MINUTE + 0.4 * text.count("\n"))


def email_text(said: Wording) -> str:
    """Give the footer of an e-mail as plain text."""
    rows = ("-- ", said.slogan, said.second, said.campaign, said.unit_name, said.link, said.doer)
    return nfc("\n".join(" ".join(one.split()) if one != "-- " else one for one in rows if one))


def email_html(said: Wording) -> str:
    """Give the footer of an e-mail as HTML that mail programs take: a table, styles in place, no picture."""
    colors = said.colors or COLORS
    row = '<div style="{style}">{text}</div>'
    rows = [row.format(style="font-size:18px;font-weight:bold;line-height:1.5", text=_escaped(said.slogan))]
    small = "font-size:14px;line-height:1.5"
    rows += [row.format(style=small, text=_escaped(one)) for one in (said.second, said.campaign, said.unit_name) if one]
    if said.link:
        shown = _escaped(said.address or said.link)
        link = f'<a href="{_escaped(said.link)}" style="color:{colors["ground"]}">{shown}</a>'
        rows.append(row.format(style=small, text=link))
    if said.doer:
        rows.append(row.format(style="font-size:12px;line-height:1.5;color:#4a5158", text=_escaped(said.doer)))
    cell = f"border-left:6px solid {colors['ground']};padding:8px 16px;font-family:Arial,sans-serif;color:#1b1f23"
    body = "".join(rows)
    return f'<table role="presentation" cellpadding="0" cellspacing="0"><tr><td style="{cell}">{body}</td></tr></table>'


def _escaped(text: str) -> str:
    return html.escape(nfc(text), quote=True)


def _if(design: Design, slot: Slot, text: str) -> str:
    return nfc(text) if design.has(slot) else ""


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
