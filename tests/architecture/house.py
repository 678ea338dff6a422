"""Reads the house's plan from where it is enforced: the floors in pyproject.toml."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "raquan"
FACE = {"commands", "queries", "rules"}
DOORS = {"cli", "field", "odk", "api", "portal", "desk", "config"}
GROUND = {"kernel", "ui", "xml"}


def contracts() -> list[dict[str, object]]:
    """Give the import contracts."""
    found: list[dict[str, object]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return found


def floors() -> dict[str, int]:
    """Give each room's floor, counted from the ground (kernel is 0)."""
    layers = next(one["layers"] for one in contracts() if one["name"] == "Floors")
    assert isinstance(layers, list)
    return {room: height for height, layer in enumerate(reversed(layers)) for room in re.findall(r"[a-z]+", layer)}


def rooms() -> list[str]:
    """Name the rooms that are built."""
    return sorted(one.name for one in SOURCE.iterdir() if (one / "__init__.py").exists())
