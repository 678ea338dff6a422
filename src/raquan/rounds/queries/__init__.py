"""What may be asked of reporting rounds."""

from raquan.rounds.queries.behind import BEHIND, BehindFilter, BehindPage, BehindUnit, LateReport, behind, behind_unit
from raquan.rounds.queries.calls import CallView, calls, last_calls
from raquan.rounds.queries.columns import REPORTS, ROUNDS, WAITING
from raquan.rounds.queries.figures import PeriodFigure, period_figures
from raquan.rounds.queries.indicators import IndicatorStanding, TargetStanding, standings
from raquan.rounds.queries.progress import TASKS, TaskProgress, task_lights, task_progress, tasks_page
from raquan.rounds.queries.quick import QuickReport, quick_report
from raquan.rounds.queries.reports import approved_texts, queues, report_page, waiting_reports
from raquan.rounds.queries.rounds import round_page, rounds
from raquan.rounds.queries.scope import units_of
from raquan.rounds.queries.views import (
    ApprovedText,
    Queues,
    ReportPage,
    ReportRow,
    RoundPage,
    RoundView,
    Told,
    WaitingReport,
)

__all__ = [
    "BEHIND",
    "REPORTS",
    "ROUNDS",
    "TASKS",
    "WAITING",
    "ApprovedText",
    "BehindFilter",
    "BehindPage",
    "BehindUnit",
    "CallView",
    "IndicatorStanding",
    "LateReport",
    "PeriodFigure",
    "Queues",
    "QuickReport",
    "ReportPage",
    "ReportRow",
    "RoundPage",
    "RoundView",
    "TargetStanding",
    "TaskProgress",
    "Told",
    "WaitingReport",
    "approved_texts",
    "behind",
    "behind_unit",
    "calls",
    "last_calls",
    "period_figures",
    "queues",
    "quick_report",
    "report_page",
    "round_page",
    "rounds",
    "standings",
    "task_lights",
    "task_progress",
    "tasks_page",
    "units_of",
    "waiting_reports",
]
