"""What may be asked of boards: which there are, a board with its panels, how far the indicators are."""

from raquan.boards.queries.indicators import IndicatorPage, indicator_page
from raquan.boards.queries.pages import BoardPage, ShownBoard, board_page, shown_board
from raquan.boards.queries.panels import PanelView
from raquan.boards.queries.subjects import Subjects, SubjectView, subject_of, subjects

__all__ = [
    "BoardPage",
    "IndicatorPage",
    "PanelView",
    "ShownBoard",
    "SubjectView",
    "Subjects",
    "board_page",
    "indicator_page",
    "shown_board",
    "subject_of",
    "subjects",
]
