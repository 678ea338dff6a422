"""What may be asked about kept readings."""

from raquan.readings.queries.kept import kept_plan
from raquan.readings.queries.lines import READINGS, line_page, reading, reading_page, readings
from raquan.readings.queries.shapes import (
    KeptPlan,
    LinePage,
    LineView,
    ReadingPage,
    ReadingView,
    SectionChoice,
    UnitView,
)

__all__ = [
    "READINGS",
    "KeptPlan",
    "LinePage",
    "LineView",
    "ReadingPage",
    "ReadingView",
    "SectionChoice",
    "UnitView",
    "kept_plan",
    "line_page",
    "reading",
    "reading_page",
    "readings",
]
