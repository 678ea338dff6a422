"""Draws the codes of displays, for the camera of a phone that stands before one."""

from io import BytesIO

import segno


def sign_of(code: str) -> str:
    """Draw a display's code as an inline SVG, for a page."""
    return str(segno.make_qr(code, error="m").svg_inline(scale=4, border=4, omitsize=True, light="#ffffff"))


def sign_file(code: str) -> str:
    """Draw a display's code as an SVG file, for paper."""
    file = BytesIO()
    segno.make_qr(code, error="m").save(file, kind="svg", scale=4, border=0, xmldecl=False)
    return file.getvalue().decode()
