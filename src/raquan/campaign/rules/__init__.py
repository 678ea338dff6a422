"""Reads a provincial plan out of a document's paragraphs and tables, by meaning and not by position."""

from raquan.campaign.rules.campaigns import NATIONAL_DAY, Part, PlanState, current
from raquan.campaign.rules.document import Aside, Cell, DocumentText, Paragraph, Row, Table
from raquan.campaign.rules.doubts import DOUBT_NAMES, USE_NAMES, Doubt, doubts_of
from raquan.campaign.rules.reader import read_plan
from raquan.campaign.rules.reading import (
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
    "NATIONAL_DAY",
    "USE_NAMES",
    "Aside",
    "Cell",
    "DocumentText",
    "Doubt",
    "LeftoverRead",
    "ObjectiveRead",
    "ObservanceRead",
    "Paragraph",
    "Part",
    "Piece",
    "PlanHead",
    "PlanReading",
    "PlanState",
    "Row",
    "Scope",
    "SectionRead",
    "Table",
    "TaskRead",
    "Use",
    "current",
    "doubts_of",
    "read_plan",
]
