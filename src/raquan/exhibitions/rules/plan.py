"""The floor plan: cells of a grid, the booths and posts that they make, who stands beside whom."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import fold

MOST_SIDE = 40
MOST_BOOTHS = 200


class CellKind(StrEnum):
    """What a cell of the floor is."""

    BOOTH = "booth"
    AISLE = "aisle"
    STAGE = "stage"
    ENTRANCE = "entrance"
    POWER = "power"
    TOILET = "toilet"
    FIRST_AID = "first_aid"


KIND_NAMES: Mapping[CellKind, str] = {
    CellKind.BOOTH: N_("Gian hàng"),
    CellKind.AISLE: N_("Lối đi"),
    CellKind.STAGE: N_("Sân khấu"),
    CellKind.ENTRANCE: N_("Lối vào"),
    CellKind.POWER: N_("Trụ điện"),
    CellKind.TOILET: N_("Nhà vệ sinh"),
    CellKind.FIRST_AID: N_("Y tế"),
}

SIGNS: Mapping[CellKind, str] = {
    CellKind.AISLE: ".",
    CellKind.STAGE: "SK",
    CellKind.ENTRANCE: "LV",
    CellKind.POWER: "+",
    CellKind.TOILET: "WC",
    CellKind.FIRST_AID: "YT",
}
"""How a cell that is no booth is written; a booth's cells carry its number, a post may say its watts: +5000."""

_KINDS = {sign: kind for kind, sign in SIGNS.items()}
_BOOTH = re.compile(r"[A-Z]{1,2}[0-9]{1,3}")
_POST = re.compile(r"\+([0-9]{1,6})?")


class PlanUnreadable(Refused):
    """A cell of the plan is no sign that is known."""

    code = "exhibitions.plan_unreadable"
    message = N_("Dòng {line}: không hiểu ô “{cell}”. Xem lại các ký hiệu ở bên dưới.")


class PlanTooLarge(Refused):
    """The plan is larger than a sheet of paper can show."""

    code = "exhibitions.plan_too_large"
    message = N_("Sơ đồ có tối đa {side} dòng, {side} cột và {booths} gian hàng.")


class BoothNotWhole(Refused):
    """The cells of a booth are no rectangle: its number stands twice, or a corner is missing."""

    code = "exhibitions.booth_not_whole"
    message = N_("Các ô của gian {number} phải liền nhau thành một hình chữ nhật.")


@dataclass(frozen=True, slots=True)
class Booth:
    """A booth: its number, its first cell (from 0), how many cells it spans; sides in centimetres.

    `post` is the place in FloorPlan.posts of the post that gives it power, None where there is none.
    """

    number: str
    row: int
    column: int
    rows: int
    columns: int
    width_cm: int
    depth_cm: int
    post: int | None = None

    def cells(self) -> Iterator[tuple[int, int]]:
        """Give the booth's cells as (row, column)."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column

    def distance(self, other: "Booth") -> int:
        """Count the cells between two booths, as one walks along the grid; 1 is side by side."""
        down = max(self.row - (other.row + other.rows - 1), other.row - (self.row + self.rows - 1), 0)
        across = max(
            self.column - (other.column + other.columns - 1), other.column - (self.column + self.columns - 1), 0
        )
        return down + across


@dataclass(frozen=True, slots=True)
class Post:
    """A post that gives power: its cell and how many watts it carries in all."""

    row: int
    column: int
    watts: int


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """A floor: signs of its cells by rows (all as long), the side of a cell in centimetres, what stands on it."""

    cells: tuple[tuple[str, ...], ...]
    cell_cm: int
    booths: tuple[Booth, ...]
    posts: tuple[Post, ...]

    @property
    def columns(self) -> int:
        """Count the cells of a row."""
        return len(self.cells[0]) if self.cells else 0

    def booth(self, number: str) -> Booth | None:
        """Give a booth by its number."""
        return next((one for one in self.booths if one.number == number), None)

    def neighbors(self, booth: Booth) -> tuple[Booth, ...]:
        """Give the booths that touch a booth along a side, not over a corner or an aisle."""
        return tuple(one for one in self.booths if one.number != booth.number and booth.distance(one) == 1)


def read_plan(text: str, *, cell_cm: int, post_watts: int) -> FloorPlan:
    """Read a plan: a line is a row, cells stand apart by spaces; short rows end in aisles.

    A post without watts carries `post_watts`. Raises PlanUnreadable, PlanTooLarge, BoothNotWhole.
    """
    lines = [line.upper().split() for line in text.splitlines() if line.strip()]
    wide = max((len(line) for line in lines), default=0)
    if len(lines) > MOST_SIDE or wide > MOST_SIDE:
        raise PlanTooLarge(side=MOST_SIDE, booths=MOST_BOOTHS)
    for number, line in enumerate(lines, start=1):
        for cell in line:
            if cell not in _KINDS and not _BOOTH.fullmatch(cell) and not _POST.fullmatch(cell):
                raise PlanUnreadable(line=number, cell=cell[:20])
    cells = tuple(tuple(line + ["."] * (wide - len(line))) for line in lines)
    posts = tuple(_posts(cells, post_watts))
    booths = tuple(_booths(cells, cell_cm, posts))
    if len(booths) > MOST_BOOTHS:
        raise PlanTooLarge(side=MOST_SIDE, booths=MOST_BOOTHS)
    return FloorPlan(cells, cell_cm, booths, posts)


def write_plan(plan: FloorPlan) -> str:
    """Write a plan as read_plan reads it, its columns in line."""
    wide = max((len(cell) for row in plan.cells for cell in row), default=1)
    return "\n".join(" ".join(cell.ljust(wide) for cell in row).rstrip() for row in plan.cells)


def starting_plan(booths: int, a_row: int) -> str:
    """Give a plan to begin with: rows of booths with an aisle before each, an entrance, a post between two rows."""
    wide = max(2, min(a_row, MOST_SIDE))
    rows, left, letter = [["LV"] + ["."] * (wide - 1)], min(booths, 26 * wide, MOST_BOOTHS), 0
    while left > 0:
        here = min(wide, left)
        rows.append([f"{chr(65 + letter)}{number}" for number in range(1, here + 1)] + ["."] * (wide - here))
        rows.append(["." if letter % 2 else "+"] + ["."] * (wide - 1))
        left, letter = left - here, letter + 1
    return "\n".join(" ".join(cell.ljust(3) for cell in row).rstrip() for row in rows[:MOST_SIDE])


def kind_of(cell: str) -> CellKind:
    """Tell what the sign of a cell stands for."""
    if cell.startswith("+"):
        return CellKind.POWER
    return _KINDS.get(cell, CellKind.BOOTH)


def read_booth_number(written: str) -> str:
    """Give a booth's number as it stands in the plan, from what a person typed: "a 3" is A3; "" when it is none."""
    signs = "".join(c for c in fold(written).upper() if c.isalnum())
    return signs if _BOOTH.fullmatch(signs) else ""


def booth_order(number: str) -> tuple[int, str, int]:
    """Give what sorts booths as people count them: A2 before A10, Z1 before AA1."""
    letters = number.rstrip("0123456789")
    return len(letters), letters, int(number[len(letters) :] or 0)


def _posts(cells: tuple[tuple[str, ...], ...], usual: int) -> Iterator[Post]:
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell.startswith("+"):
                yield Post(row, column, int(cell[1:] or usual))


def _booths(cells: tuple[tuple[str, ...], ...], cell_cm: int, posts: tuple[Post, ...]) -> Iterator[Booth]:
    places: dict[str, list[tuple[int, int]]] = {}
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if kind_of(cell) is CellKind.BOOTH:
                places.setdefault(cell, []).append((row, column))
    for number, own in places.items():
        top, left = own[0][0], min(column for _, column in own)
        rows, columns = own[-1][0] - top + 1, max(column for _, column in own) - left + 1
        if rows * columns != len(own):
            raise BoothNotWhole(number=number)
        near = [
            (min(abs(post.row - row) + abs(post.column - column) for row, column in own), place)
            for place, post in enumerate(posts)
        ]
        post = min(near)[1] if near else None
        yield Booth(number, top, left, rows, columns, columns * cell_cm, rows * cell_cm, post)
