"""What may be asked of reports: lists and single ones, their templates and runs; letters to units that are behind."""

from raquan.reports.queries.letters import letter_to_those_behind, report_facts, told_by_unit, units_told
from raquan.reports.queries.listing import KINDS as REPORT_KINDS
from raquan.reports.queries.listing import REPORTS, ReportView, may_make, report, reports
from raquan.reports.queries.published import PublishedReport, published_file, published_reports
from raquan.reports.queries.scope import builds_all, check_unit, units_of
from raquan.reports.queries.templates import (
    TEMPLATE_KIND,
    TEMPLATES,
    RunView,
    TemplateView,
    latest_run,
    run,
    template,
    templates,
    templates_in_use,
)
from raquan.reports.queries.units import UnitSheets, reporting, unit_sheets, units_to_report

KINDS = (*REPORT_KINDS, TEMPLATE_KIND)
"""What stands in the index of this room."""

__all__ = [
    "KINDS",
    "REPORTS",
    "TEMPLATES",
    "PublishedReport",
    "ReportView",
    "RunView",
    "TemplateView",
    "UnitSheets",
    "builds_all",
    "check_unit",
    "latest_run",
    "letter_to_those_behind",
    "may_make",
    "published_file",
    "published_reports",
    "report",
    "report_facts",
    "reporting",
    "reports",
    "run",
    "template",
    "templates",
    "templates_in_use",
    "told_by_unit",
    "unit_sheets",
    "units_of",
    "units_to_report",
    "units_told",
]
