"""Where communes stand on a small map: circles whose area is the number, or borders whose shade is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians, sqrt

Number = int | Decimal
Place = tuple[str, str, float, float]
"""Code, name, latitude and longitude."""

WIDTH = 640
_GREATEST, _LEAST = 26.0, 3.5
SHADES = 5
_FINEST, _FEWEST = 2.0, 3


@dataclass(frozen=True, slots=True)
class MapMark:
    """A commune on the map: its middle, its circle's radius (0 without a number), its shade from 0 to 5, its border."""

    code: str
    name: str
    x: float
    y: float
    radius: float
    shade: int
    value: Number
    border: str = ""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map: its height for WIDTH, the marks from the greatest down, and what its largest circle stands for."""

    height: int
    marks: tuple[MapMark, ...]
    greatest: Number
    has_borders: bool = False
    width: int = WIDTH


Ring = Sequence[tuple[float, float]]
"""Longitude and latitude, point by point."""


def picture(
    places: Sequence[Place], values: Mapping[str, Number], borders: Mapping[str, Sequence[Ring]] | None = None
) -> MapPicture | None:
    """Lay places out north up, in equal proportions; None where no place has coordinates."""
    borders = borders or {}
    points = [(lon, lat) for rings in borders.values() for ring in rings for lon, lat in ring]
    points += [(lon, lat) for _, _, lat, lon in places]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = cos(radians((south + north) / 2))
    # Circles reach over the edge, borders do not.
    edge = 4 if all(borders.get(code) for code, *_ in places) else _GREATEST + 4
    wide, high = max((east - west) * squeeze, 0.01), max(north - south, 0.01)
    scale = min((WIDTH - 2 * edge) / wide, 900 / high)
    aside = (WIDTH - wide * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(aside + (lon - west) * squeeze * scale, 1), round(edge + (north - lat) * scale, 1)

    greatest = max((values.get(code, 0) for code, *_ in places), default=0)
    marks = []
    for code, name, lat, lon in places:
        value = values.get(code, 0)
        x, y = at(lon, lat)
        radius = max(_GREATEST * sqrt(float(value) / float(greatest)), _LEAST) if value and greatest else 0.0
        path = "".join(_path([at(*point) for point in ring]) for ring in borders.get(code, ()))
        marks.append(MapMark(code, name, x, y, round(radius, 1), shade(value, greatest), value, path))
    marks.sort(key=lambda one: -one.radius)
    return MapPicture(int(high * scale + 2 * edge), tuple(marks), greatest, has_borders=bool(borders))


def shade(value: Number, greatest: Number) -> int:
    """Give 0 for nothing, else 1 to 5 by the part of the greatest."""
    if not value or not greatest:
        return 0
    return min(int(float(value) / float(greatest) * SHADES) + 1, SHADES)


def _path(points: Sequence[tuple[float, float]]) -> str:
    """Write a ring; points that lie closer to the one before than an eye tells apart are left out, to spare bytes."""
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _FINEST:
            kept.append((x, y))
    if len(kept) < _FEWEST:
        return ""
    return "".join(f"{'L' if at else 'M'}{x:.0f} {y:.0f}" for at, (x, y) in enumerate(kept)) + "Z"
