"""Sets type: a source of Typst and data as PDF, SVG or PNG, in our own fonts alone."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from raquan.ui.fonts import FOLDER

POINTS = 72
"""Dots an inch of a picture whose lengths are points."""


def set_type(
    source: bytes,
    data: Mapping[str, Any],
    *,
    format_: str = "pdf",
    ppi: float = POINTS,
    is_tagged: bool = True,
    **more: str,
) -> bytes:
    """Set a source with data, which it reads as JSON from `sys.inputs.data`, and `more` beside it; one file comes.

    The same data gives the same bytes: the file bears no moment. SVG and PNG are of one page.
    """
    import typst

    said = {"data": json.dumps(data, ensure_ascii=False)} | more
    compiled: Any = typst.compile  # its types know each format alone
    made = compiled(
        source, format=format_, font_paths=_fonts(), sys_inputs=said, ppi=ppi, timestamp=0, pdf_tags=is_tagged
    )
    assert isinstance(made, bytes)  # noqa: S101 - one page, one file
    return made


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
