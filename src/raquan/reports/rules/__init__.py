"""What an official report says and how it is laid out: plain data and pure functions."""

from raquan.kernel.layout import FONT, LAYOUT, POINT_LETTERS, Layout
from raquan.reports.rules.content import (
    SYNTHETIC_LABEL,
    TABLES,
    FiguresWanted,
    Point,
    ReportContent,
    ReportFacts,
    Source,
    Table,
    TableRow,
    UnitTold,
    compose,
    figures_wanted,
)
from raquan.reports.rules.letter import LateUnit, LetterContent, LetterRow, compose_letter

__all__ = [
    "FONT",
    "LAYOUT",
    "POINT_LETTERS",
    "SYNTHETIC_LABEL",
    "TABLES",
    "FiguresWanted",
    "LateUnit",
    "Layout",
    "LetterContent",
    "LetterRow",
    "Point",
    "ReportContent",
    "ReportFacts",
    "Source",
    "Table",
    "TableRow",
    "UnitTold",
    "compose",
    "compose_letter",
    "figures_wanted",
]
