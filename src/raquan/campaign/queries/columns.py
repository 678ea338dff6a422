"""The columns of the list of a plan's tasks."""

from collections.abc import Sequence

from raquan.campaign.queries.views import TaskView, UnitView
from raquan.kernel.refused import N_
from raquan.ui.columns import Column, Columns


def _units(units: Sequence[UnitView]) -> str:
    return "; ".join(one.written for one in units)


TASKS: Columns[TaskView] = Columns(
    name="nhiem-vu",
    title=N_("Các nhiệm vụ"),
    first="task",
    columns=(
        Column("path", N_("STT"), lambda one: one.path, unseen=True),
        Column("section", N_("Mục"), lambda one: one.section, unseen=True),
        Column("task", N_("Nhiệm vụ"), lambda one: one.title, by=("position",)),
        Column("lead", N_("Chủ trì"), lambda one: _units(one.lead_units)),
        Column("cooperating", N_("Phối hợp"), lambda one: _units(one.cooperating_units)),
        Column("starts_on", N_("Từ ngày"), lambda one: one.starts_on, by=("starts_on",)),
        Column("due_on", N_("Hạn"), lambda one: one.due_on, by=("due_on",)),
        Column("time", N_("Thời gian"), lambda one: one.time_as_written, unseen=True),
        Column("deliverable", N_("Sản phẩm"), lambda one: one.deliverable),
        Column("withdrawn_by", N_("Đã bỏ theo"), lambda one: one.withdrawn_by, unseen=True),
    ),
)
