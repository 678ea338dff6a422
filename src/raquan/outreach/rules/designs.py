"""Designs as data: what kind of thing a design is, how large, what stands on it, and as what it can be had."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from raquan.kernel.localized import Localized
from raquan.kernel.refused import N_


class DesignKind(StrEnum):
    """What a design makes."""

    BANNER = "banner"
    STANDEE = "standee"
    POSTER = "poster"
    POST = "post"
    FRAME = "frame"
    LED = "led"
    EMAIL = "email"
    LOUDSPEAKER = "loudspeaker"


class Slot(StrEnum):
    """What may stand on a design beside the slogan and the campaign's name."""

    SECOND = "second"
    LINE = "line"
    UNIT = "unit"
    DOER = "doer"
    LINK = "link"


class Format(StrEnum):
    """As what an artwork can be had; `OUTLINED` is a PDF whose letters are drawn shapes, for any print shop."""

    PDF = "pdf"
    OUTLINED = "outlined"
    PNG = "png"
    SVG = "svg"
    HTML = "html"
    TXT = "txt"


KIND_NAMES: Mapping[DesignKind, str] = {
    DesignKind.BANNER: N_("Băng rôn"),
    DesignKind.STANDEE: N_("Standee"),
    DesignKind.POSTER: N_("Áp phích"),
    DesignKind.POST: N_("Ảnh mạng xã hội"),
    DesignKind.FRAME: N_("Khung ảnh đại diện"),
    DesignKind.LED: N_("Màn hình LED"),
    DesignKind.EMAIL: N_("Chân thư điện tử"),
    DesignKind.LOUDSPEAKER: N_("Lời đọc loa truyền thanh"),
}

FORMAT_NAMES: Mapping[Format, str] = {
    Format.PDF: N_("PDF để in (có tràn lề, dấu cắt)"),
    Format.OUTLINED: N_("PDF chữ đã chuyển nét (nhà in không cần phông)"),
    Format.PNG: N_("Ảnh PNG"),
    Format.SVG: N_("Ảnh SVG"),
    Format.HTML: N_("HTML để dán vào chữ ký thư"),
    Format.TXT: N_("Chữ"),
}

MEDIA_TYPES: Mapping[Format, str] = {
    Format.PDF: "application/pdf",
    Format.OUTLINED: "application/pdf",
    Format.PNG: "image/png",
    Format.SVG: "image/svg+xml",
    Format.HTML: "text/html; charset=utf-8",
    Format.TXT: "text/plain; charset=utf-8",
}

LAYOUTS = frozenset({"wide", "tall", "square", "frame", "board", "email", "spoken"})
"""Ways of drawing: those of data/artwork.typ, and two that are text."""

_FORMATS: Mapping[str, tuple[Format, ...]] = {
    "mm": (Format.PDF, Format.OUTLINED, Format.PNG),
    "px": (Format.PNG, Format.SVG),
}
_MOST_MM = 5080
"""A PDF page is at most 14,400 points wide."""


@dataclass(frozen=True, slots=True)
class Design:
    """A design; lengths are in its unit. `bleed` is cut off, up to `outside` stand the marks for the knife."""

    code: str
    kind: DesignKind
    name: Localized
    layout: str
    unit: str
    width: float
    height: float
    bleed: float
    outside: float
    slots: frozenset[Slot]

    @property
    def is_printed(self) -> bool:
        """Tell whether it is printed."""
        return self.unit == "mm"

    @property
    def is_drawn(self) -> bool:
        """Tell whether it is a picture; others are text."""
        return bool(self.unit)

    @property
    def formats(self) -> tuple[Format, ...]:
        """Give as what it can be had, the usual one first."""
        if self.kind is DesignKind.EMAIL:
            return (Format.HTML, Format.TXT)
        return _FORMATS.get(self.unit, (Format.TXT,))

    def has(self, slot: Slot) -> bool:
        """Tell whether something stands on it."""
        return slot in self.slots


def read_designs(text: str) -> tuple[Design, ...]:
    """Read designs from TOML; raises ValueError (tomllib's too) or KeyError for what is not of this shape."""
    designs = tuple(_design(row) for row in tomllib.loads(text)["design"])
    if len({one.code for one in designs}) != len(designs):
        raise ValueError("a design's code stands twice")
    return designs


def _design(row: Mapping[str, Any]) -> Design:
    made = Design(
        code=str(row["code"]),
        kind=DesignKind(row["kind"]),
        name=dict(row["name"]),
        layout=str(row["layout"]),
        unit=str(row["unit"]),
        width=float(row.get("width", 0)),
        height=float(row.get("height", 0)),
        bleed=float(row.get("bleed", 0)),
        outside=float(row.get("outside", row.get("bleed", 0))),
        slots=frozenset(Slot(one) for one in row["slots"]),
    )
    most = _MOST_MM if made.is_printed else 10_000
    whole = max(made.width, made.height) + 2 * made.outside
    if made.layout not in LAYOUTS or made.unit not in ("mm", "px", "") or whole > most:
        raise ValueError(made.code)
    if made.is_drawn != (min(made.width, made.height) > 0) or made.outside < made.bleed:
        raise ValueError(made.code)
    return made
