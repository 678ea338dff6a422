"""What may be asked of reporting rounds."""

from raquan.rounds.queries.figures import PeriodFigure, period_figures
from raquan.rounds.queries.reports import approved_texts, queues, report_page
from raquan.rounds.queries.rounds import quick_report, round_page, rounds
from raquan.rounds.queries.scope import units_of
from raquan.rounds.queries.views import ApprovedText, Queues, ReportPage, ReportRow, RoundPage, RoundView, Told

__all__ = [
    "ApprovedText",
    "PeriodFigure",
    "Queues",
    "ReportPage",
    "ReportRow",
    "RoundPage",
    "RoundView",
    "Told",
    "approved_texts",
    "period_figures",
    "queues",
    "quick_report",
    "report_page",
    "round_page",
    "rounds",
    "units_of",
]
