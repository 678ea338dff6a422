"""Where the marks of our charts stand: plain numbers that the chart macros draw as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its row's place from the top and its length, in percent of the widest it may be."""

    top: int
    percent: float


@dataclass(frozen=True, slots=True)
class Point:
    """A point in percent of the plot: x from the left, y from the top."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: its value and its place in percent from the top."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line over equal steps; `path` is SVG path data in a box of 100 by 100."""

    points: tuple[Point, ...]
    path: str
    area: str
    ticks: tuple[Tick, ...]


def bars(values: Sequence[float | None], row_height: int) -> list[Bar]:
    """Place horizontal bars from zero; unknown and negative values are drawn as zero."""
    lengths = [max(float(value or 0), 0.0) for value in values]
    top = max(lengths, default=0)
    return [
        Bar(index * row_height, round(length / top * 100, 2) if top > 0 else 0.0)
        for index, length in enumerate(lengths)
    ]


def line(values: Sequence[float | None], top: float | None = None) -> Line:
    """Place a line from zero to a round number above the greatest value, or above `top` where lines share a plot."""
    heights = [max(float(value or 0), 0.0) for value in values]
    ceiling = round_up(max([float(top or 0), *heights]))
    step = 100 / max(len(heights) - 1, 1)
    points = tuple(
        Point(round(index * step, 2), round(100 - height / ceiling * 100, 2)) for index, height in enumerate(heights)
    )
    path = " ".join(f"{'L' if i else 'M'}{p.x:g} {p.y:g}" for i, p in enumerate(points))
    area = f"{path} L{points[-1].x:g} 100 L0 100 Z" if points else ""
    ticks = (Tick(ceiling // 2, 50.0), Tick(ceiling, 0.0))
    return Line(points, path, area, ticks)


def round_up(value: float) -> int:
    """Give the least round number, with a whole half, that is not under a value."""
    if value <= 10:
        return max(2, 2 * ceil(value / 2))
    power = 10 ** floor(log10(value))
    return next(int(step * power / 10) for step in (10, 12, 16, 20, 30, 40, 60, 80, 100) if step * power / 10 >= value)
