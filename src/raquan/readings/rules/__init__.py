"""Reads a provincial plan out of a document's paragraphs and tables, by meaning and not by position."""

from raquan.readings.rules.differences import CHANGE_NAMES, FIELD_NAMES, Change, ChangeKind, differences
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
from raquan.readings.rules.sheets import Sheet, SheetRow, document_of_sheets

__all__ = [
    "CHANGE_NAMES",
    "DOUBT_NAMES",
    "FIELD_NAMES",
    "USE_NAMES",
    "Aside",
    "Cell",
    "Change",
    "ChangeKind",
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
    "Sheet",
    "SheetRow",
    "Table",
    "TaskRead",
    "Use",
    "differences",
    "document_of_sheets",
    "doubts_of",
    "read_plan",
]
