"""Makes the icon sprite: the few Lucide symbols that our pages use, in one small SVG.

    uv run scripts/make_icons.py

Takes the icons from a pinned npm package (ISC licence) and keeps their shapes only; the strokes'
color and width come from the style sheet. `mark` is our own: a woven diamond.
"""

import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "lucide-static@1.62.0"
TARGET = Path(__file__).parents[1] / "src/raquan/ui/front/src"
ICONS = [
    "arrow-down",
    "arrow-right",
    "arrow-up",
    "arrow-up-down",
    "bell",
    "calendar",
    "camera",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-check",
    "circle-slash",
    "clock",
    "download",
    "external-link",
    "file-text",
    "flask-conical",
    "info",
    "lock",
    "log-out",
    "map-pin",
    "pencil",
    "phone",
    "plus",
    "printer",
    "qr-code",
    "search",
    "store",
    "ticket-percent",
    "triangle-alert",
    "user",
    "users",
    "wifi-off",
]
MARK = '<path d="M12 2 22 12 12 22 2 12Z"/><path d="M12 8 16 12 12 16 8 12Z"/>'
NOTE = "<!-- Shapes: Lucide, ISC licence, see icons.LICENSE.txt; made by scripts/make_icons.py -->"


def main() -> None:
    """Fetch the icons and write the sprite and its licence."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            files = {m.name: archive.extractfile(m) for m in archive if _is_wanted(m.name)}
            texts = {name: file.read().decode() for name, file in files.items() if file}
    symbols = "".join(symbol(name, texts[f"package/icons/{name}.svg"]) for name in ICONS)
    mark = f'<symbol id="mark" viewBox="0 0 24 24">{MARK}</symbol>'
    (TARGET / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{NOTE}{mark}{symbols}</svg>\n')
    (TARGET / "icons.LICENSE.txt").write_text(texts["package/LICENSE"])


def _is_wanted(path: str) -> bool:
    return path == "package/LICENSE" or path.removeprefix("package/icons/").removesuffix(".svg") in ICONS


def symbol(name: str, svg: str) -> str:
    """Turn a whole icon into a symbol: its shapes without white space."""
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    assert inner is not None, name
    shapes = re.sub(r"\s+", " ", inner[1]).replace(" />", "/>").replace("> <", "><").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


if __name__ == "__main__":
    main()
