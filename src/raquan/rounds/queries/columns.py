"""The columns of the lists of rounds and of reports."""

from django.utils.translation import gettext

from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.rounds.queries.views import ReportRow, RoundView, WaitingReport
from raquan.rounds.rules import State
from raquan.ui.columns import Column, Columns, ranked


def days_of(one: RoundView | WaitingReport) -> str:
    """Say from when to when a round goes."""
    return gettext("%(first)s đến %(last)s") % {
        "first": format_date(one.first_on),
        "last": format_date(one.last_on),
    }


# What is counted are the reports that the reader may know of: no order of the rounds.
ROUNDS: Columns[RoundView] = Columns(
    name="ky-bao-cao",
    title=N_("Kỳ báo cáo"),
    first="-days",
    columns=(
        Column("days", N_("Kỳ"), days_of, by=("last_on", "first_on")),
        Column("due_at", N_("Hạn nộp"), lambda one: one.due_at, by=("due_at",)),
        Column("units", N_("Số đơn vị"), lambda one: one.units, numeric=True),
        Column("submitted", N_("Chờ duyệt"), lambda one: one.submitted, numeric=True),
        Column("returned", N_("Trả lại"), lambda one: one.returned, numeric=True),
        Column("approved", N_("Đã duyệt"), lambda one: one.approved, numeric=True),
        Column("behind", N_("Quá hạn"), lambda one: one.behind, numeric=True),
    ),
)

REPORTS: Columns[ReportRow] = Columns(
    name="bao-cao-don-vi",
    title=N_("Báo cáo của các đơn vị"),
    first="organization",
    columns=(
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("state", N_("Tình trạng"), lambda one: gettext(one.state_name), by=(ranked("state", State),)),
        Column("late", N_("Quá hạn"), lambda one: one.is_behind, unseen=True),
        Column("due_at", N_("Hạn nộp"), lambda one: one.due_at, by=("due_at",)),
        Column("extended", N_("Được gia hạn"), lambda one: one.is_extended, unseen=True),
        Column("version", N_("Bản"), lambda one: one.version, by=("version",), numeric=True),
        Column("submitted_at", N_("Nộp lúc"), lambda one: one.submitted_at, by=("submitted_at",)),
    ),
)

WAITING: Columns[WaitingReport] = Columns(
    name="bao-cao-dang-cho",
    title=N_("Báo cáo đang chờ"),
    first="due_at",
    columns=(
        Column("organization", N_("Đơn vị"), lambda one: one.row.organization_name, by=("organization__sort_key",)),
        Column("days", N_("Kỳ"), days_of, by=("round__last_on", "round__first_on")),
        Column("due_at", N_("Hạn nộp"), lambda one: one.row.due_at, by=("due_at", "organization__sort_key")),
        Column("state", N_("Tình trạng"), lambda one: gettext(one.row.state_name), by=(ranked("state", State),)),
    ),
)
