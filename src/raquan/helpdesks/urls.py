"""The addresses of the help desk room on the desk."""

from django.urls import path

from raquan.helpdesks.views import help_desks, roster

app_name = "helpdesks"
urlpatterns = [
    path("", help_desks.list_desks, name="list"),
    path("new/", help_desks.new_desk, name="new"),
    path("close-days/", help_desks.close_everywhere, name="close_everywhere"),
    path("closures/<uuid:closure_id>/reopen/", help_desks.reopen_days, name="reopen_days"),
    path("shifts/<uuid:shift_id>/end/", roster.take_off, name="take_off"),
    path("<uuid:desk_id>/", help_desks.show_desk, name="detail"),
    path("<uuid:desk_id>/hours/", help_desks.change_hours, name="change_hours"),
    path("<uuid:desk_id>/close-days/", help_desks.close_days, name="close_days"),
    path("<uuid:desk_id>/end/", help_desks.end_desk, name="end"),
    path("<uuid:desk_id>/roster/", roster.put_on, name="put_on"),
    path("<uuid:desk_id>/day-sheet/", roster.day_sheet, name="day_sheet"),
]
