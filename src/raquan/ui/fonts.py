"""Where the files of our own font lie, for pictures that are drawn on the server."""

from pathlib import Path

_FONTS = Path(__file__).resolve().parent / "front" / "src" / "fonts"
REGULAR, BOLD = _FONTS / "be-vietnam-pro-400.woff2", _FONTS / "be-vietnam-pro-600.woff2"
