"""What an official report says and how it is laid out: plain data and pure functions."""

from raquan.kernel.layout import FONT, LAYOUT, POINT_LETTERS, Layout
from raquan.reports.rules.checking import check_layout
from raquan.reports.rules.content import (
    APPENDIX_TABLE,
    MOST_BARS,
    SYNTHETIC_LABEL,
    TABLES,
    UNIT_TABLE,
    UNIT_TABLES,
    FiguresWanted,
    compose,
    compose_unit,
    figures_wanted,
    unit_figures_wanted,
)
from raquan.reports.rules.letter import LateUnit, LetterContent, LetterRow, compose_letter
from raquan.reports.rules.marking import UNSAID
from raquan.reports.rules.paper import RULES, LayoutFinding, Paper
from raquan.reports.rules.parts import (
    Chart,
    Point,
    ReportContent,
    ReportFacts,
    Source,
    Table,
    TableRow,
    UnitFacts,
    UnitTold,
)
from raquan.reports.rules.promoting import PROMOTIONS, for_everybody, known_figures
from raquan.reports.rules.templates import KIND_NAMES, NEEDED, TAG_RULES, Kind, TagFinding

__all__ = [
    "APPENDIX_TABLE",
    "FONT",
    "KIND_NAMES",
    "LAYOUT",
    "MOST_BARS",
    "NEEDED",
    "POINT_LETTERS",
    "PROMOTIONS",
    "RULES",
    "SYNTHETIC_LABEL",
    "TABLES",
    "TAG_RULES",
    "UNIT_TABLE",
    "UNIT_TABLES",
    "UNSAID",
    "Chart",
    "FiguresWanted",
    "Kind",
    "LateUnit",
    "Layout",
    "LayoutFinding",
    "LetterContent",
    "LetterRow",
    "Paper",
    "Point",
    "ReportContent",
    "ReportFacts",
    "Source",
    "Table",
    "TableRow",
    "TagFinding",
    "UnitFacts",
    "UnitTold",
    "check_layout",
    "compose",
    "compose_letter",
    "compose_unit",
    "figures_wanted",
    "for_everybody",
    "known_figures",
    "unit_figures_wanted",
]
