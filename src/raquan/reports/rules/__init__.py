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
    compose,
    figures_wanted,
)

__all__ = [
    "FONT",
    "LAYOUT",
    "POINT_LETTERS",
    "SYNTHETIC_LABEL",
    "TABLES",
    "FiguresWanted",
    "Layout",
    "Point",
    "ReportContent",
    "ReportFacts",
    "Source",
    "Table",
    "TableRow",
    "compose",
    "figures_wanted",
]
