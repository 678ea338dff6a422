"""The columns of the list of calendars."""

from django.utils.translation import gettext

from raquan.calendars.queries.shapes import CalendarView
from raquan.calendars.rules import STATE_NAMES, CalendarState
from raquan.kernel.refused import N_
from raquan.ui.columns import Column, Columns, ranked

CALENDARS: Columns[CalendarView] = Columns(
    name="lich-da-nap",
    title=N_("Lịch đã nạp"),
    first="-asked_at",
    columns=(
        Column("file", N_("Tệp"), lambda one: one.file_name, by=("file_name",)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column(
            "state",
            N_("Tình trạng"),
            lambda one: gettext(STATE_NAMES[one.state]),
            by=(ranked("state", CalendarState),),
        ),
        Column("open", N_("Cần sửa"), lambda one: one.open, numeric=True),
        Column("ready", N_("Nhận được"), lambda one: one.ready, numeric=True),
        Column("taken", N_("Đã nhận"), lambda one: one.taken, numeric=True),
        Column("asked_by", N_("Ai nạp"), lambda one: one.asked_by or "raquan"),
        Column("asked_at", N_("Lúc nạp"), lambda one: one.asked_at, by=("asked_at",)),
    ),
)
