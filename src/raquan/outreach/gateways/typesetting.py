"""Draws artwork: one source (data/artwork.typ) as PDF, PDF with outlined letters, SVG and PNG; its texts too."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from raquan.files import queries as files
from raquan.outreach.gateways.emblems import as_svg
from raquan.outreach.rules import (
    MEDIA_TYPES,
    Design,
    DesignKind,
    Format,
    Wording,
    drawn,
    email_html,
    email_text,
    spoken,
)
from raquan.ui.typesetting import POINTS, set_type

PREVIEW = 1200
"""A printed design's PNG is so many pixels on its longer side: to look at and to post, not to print."""
_MM = 25.4

_OUTLINED = """#let d = json(bytes(sys.inputs.data))
#set page(width: d.width * 1mm, height: d.height * 1mm, margin: 0pt, bleed: d.outside * 1mm)
#place(dx: -d.outside * 1mm, dy: -d.outside * 1mm,
  image(bytes(sys.inputs.picture), format: "svg", width: (d.width + 2 * d.outside) * 1mm,
    height: (d.height + 2 * d.outside) * 1mm))
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made."""

    data: bytes
    media_type: str
    suffix: str


def make(design: Design, said: Wording, format_: Format, *, note: str = "", stamp: str = "") -> Made:
    """Draw or write a design; `note` stands beside a printed page, `stamp` across the corner of what is no final.

    Raises ValueError for a format that the design has not, NotFound, FileDamaged where its emblem is gone.
    """
    if format_ not in design.formats:
        raise ValueError(format_)
    suffix = "pdf" if format_ is Format.OUTLINED else format_.value
    return Made(_written(design, said, format_, note, stamp), MEDIA_TYPES[format_], suffix)


def _written(design: Design, said: Wording, format_: Format, note: str, stamp: str) -> bytes:
    if format_ is Format.HTML:
        return email_html(said).encode()
    if format_ is Format.TXT:
        return (email_text(said) if design.kind is DesignKind.EMAIL else spoken(said)).encode()
    emblem = _emblem(said.emblem_sha256) if said.emblem_sha256 else ""
    data = drawn(design, said, emblem=emblem, qr=_code(said.link) if said.link else "", note=note, stamp=stamp)
    if format_ is Format.OUTLINED:
        return _outlined(data)
    return _set(data, format_.value, ppi=_ppi(design))


def _set(data: dict[str, Any], format_: str, *, ppi: float = POINTS) -> bytes:
    source = resources.files("raquan.outreach") / "data" / "artwork.typ"
    return set_type(source.read_bytes(), data, format_=format_, ppi=ppi)


def _outlined(data: dict[str, Any]) -> bytes:
    """Make a PDF without any font: the SVG, whose letters are paths, put on a page of the same boxes.

    The whole sheet is drawn first, marks included, then laid under the boxes that a printer cuts by.
    """
    picture = _set(data | {"is_sheet": True}, "svg").decode()
    boxes = {name: data[name] for name in ("width", "height", "outside")}
    return set_type(_OUTLINED.encode(), boxes, is_tagged=False, picture=picture)


def _ppi(design: Design) -> float:
    if not design.is_printed:
        return POINTS
    return PREVIEW / (max(design.width, design.height) / _MM)


def _code(link: str) -> str:
    """Draw a QR code with the quiet zone that its standard asks for (ISO/IEC 18004: four modules)."""
    import segno

    drawing = io.BytesIO()
    segno.make_qr(link, error="q").save(drawing, kind="svg", border=4, xmldecl=False, light="white", dark="#04140f")
    # The size in modules becomes a view box, so that it grows with its place.
    return re.sub(
        r'<svg xmlns="([^"]+)" width="(\d+)" height="(\d+)"',
        r'<svg xmlns="\1" viewBox="0 0 \2 \3"',
        drawing.getvalue().decode(),
    )


@lru_cache(maxsize=8)
def _emblem(sha256: str) -> str:
    return as_svg(files.read_file(sha256))
