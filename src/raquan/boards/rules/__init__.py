"""Which boards there are, and how what stands on them is reckoned: plain data and pure functions."""

from raquan.boards.rules.boards import BOARDS, PARTS, Board, Draw, Panel, Subject, board
from raquan.boards.rules.drawing import MapMark, MapPicture, picture
from raquan.boards.rules.reckoning import Change, CoverRow, GroupRow, by_day, change, cover, groups_of, worst_first

__all__ = [
    "BOARDS",
    "PARTS",
    "Board",
    "Change",
    "CoverRow",
    "Draw",
    "GroupRow",
    "MapMark",
    "MapPicture",
    "Panel",
    "Subject",
    "board",
    "by_day",
    "change",
    "cover",
    "groups_of",
    "picture",
    "worst_first",
]
