"""How much a first visit carries over a slow line: brotli as the server sends it."""

import json
import re
from pathlib import Path
from typing import Any

import brotli
import pytest

BUILT = Path(__file__).parents[1] / "static/ui"
KB = 1024
pytestmark = pytest.mark.front


def first_load(shell: str) -> list[Path]:
    """List the files that a page of a shell loads: style, script and its imports, fonts, icons, mark."""
    manifest: dict[str, Any] = json.loads((BUILT / "manifest.json").read_text())
    style, script = manifest[f"src/{shell}.scss"], manifest[f"src/{shell}.js"]
    imported = [manifest[name]["file"] for name in script.get("imports", [])]
    alone = [manifest[f"src/{name}.svg"]["file"] for name in ("icons", "mark")]
    return [BUILT / name for name in (style["file"], *style["assets"], script["file"], *imported, *alone)]


def carried(path: Path) -> int:
    """Count a file's bytes on the wire."""
    return path.stat().st_size if path.suffix == ".woff2" else len(brotli.compress(path.read_bytes(), quality=11))


def test_the_public_pages_leave_room_for_a_page_with_a_map() -> None:
    files = first_load("portal")
    assert sum(map(carried, files)) <= 48 * KB  # 60 in all, 12 of them for the page
    assert len(files) + 1 <= 8


def test_the_staff_pages_carry_htmx_and_little_else() -> None:
    assert sum(map(carried, first_load("desk"))) <= 60 * KB


def test_public_pages_carry_no_htmx() -> None:
    scripts = [path.read_text() for path in first_load("portal") if path.suffix == ".js"]
    assert scripts
    assert not any("htmx" in text for text in scripts)


def test_compressed_copies_stand_beside_what_compresses() -> None:
    for path in first_load("portal"):
        if path.suffix in (".css", ".js", ".svg"):
            assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()


def test_nothing_is_fetched_from_elsewhere() -> None:
    styles = [path.read_text() for path in first_load("portal") if path.suffix == ".css"]
    addresses = [address for text in styles for address in re.findall(r"url\(\"?([^)\"]+)", text)]
    assert addresses
    assert {address for address in addresses if not address.startswith(("data:image/", "./"))} == set()
    assert not any("@import" in text for text in styles)
