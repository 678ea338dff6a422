"""Reads a provincial plan out of a document's paragraphs and tables, by meaning and not by position."""

from raquan.readings.rules.document import Aside, Cell, DocumentText, Paragraph, Row, Table
from raquan.readings.rules.doubts import DOUBT_NAMES, USE_NAMES, Doubt, doubts_of
from raquan.readings.rules.reader import read_plan
from raquan.readings.rules.reading import (
    LeftoverRead,
    ObjectiveRead,
    ObservanceRead,
    Piece,
    PlanHead,
    PlanReading,
    Scope,
    SectionRead,
    TaskRead,
    Use,
)

__all__ = [
    "DOUBT_NAMES",
    "USE_NAMES",
    "Aside",
    "Cell",
    "DocumentText",
    "Doubt",
    "LeftoverRead",
    "ObjectiveRead",
    "ObservanceRead",
    "Paragraph",
    "Piece",
    "PlanHead",
    "PlanReading",
    "Row",
    "Scope",
    "SectionRead",
    "Table",
    "TaskRead",
    "Use",
    "doubts_of",
    "read_plan",
]
