"""The addresses of the outings room on the desk."""

from django.urls import path

from raquan.outings.views import attendance, help_desks, outings, sheets, sites

app_name = "outings"
urlpatterns = [
    path("", outings.list_outings, name="list"),
    path("new/", outings.new_outing, name="new"),
    path("check-in/", attendance.check_in, name="check_in"),
    path("help-desks/", help_desks.list_desks, name="help_desks"),
    path("help-desks/new/", help_desks.new_desk, name="new_help_desk"),
    path("help-desks/close-days/", help_desks.close_everywhere, name="close_everywhere"),
    path("help-desks/closures/<uuid:closure_id>/reopen/", help_desks.reopen_days, name="reopen_days"),
    path("help-desks/<uuid:desk_id>/", help_desks.show_desk, name="help_desk"),
    path("help-desks/<uuid:desk_id>/hours/", help_desks.change_hours, name="change_hours"),
    path("help-desks/<uuid:desk_id>/close-days/", help_desks.close_days, name="close_days"),
    path("help-desks/<uuid:desk_id>/end/", help_desks.end_desk, name="end_help_desk"),
    path("sites/", sites.list_sites, name="sites"),
    path("sites/<uuid:site_id>/", sites.correct_site, name="site"),
    path("sites/<uuid:site_id>/end/", sites.end_site, name="end_site"),
    path("<uuid:outing_id>/", outings.show_outing, name="detail"),
    path("<uuid:outing_id>/open/", outings.open_outing, name="open"),
    path("<uuid:outing_id>/close/", outings.close_outing, name="close"),
    path("<uuid:outing_id>/cancel/", outings.cancel_outing, name="cancel"),
    path("<uuid:outing_id>/kit/", outings.tick_kit, name="kit"),
    path("<uuid:outing_id>/team/", outings.change_team, name="team"),
    path("<uuid:outing_id>/day-sheet/", sheets.day_sheet, name="day_sheet"),
    path("<uuid:outing_id>/attendance-sheet/", sheets.attendance_sheet, name="attendance_sheet"),
]
