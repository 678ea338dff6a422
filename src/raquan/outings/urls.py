"""The addresses of the outings room on the desk."""

from django.urls import path

from raquan.outings.views import attendance, outings, sheets, sites

app_name = "outings"
urlpatterns = [
    path("", outings.list_outings, name="list"),
    path("new/", outings.new_outing, name="new"),
    path("check-in/", attendance.check_in, name="check_in"),
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
