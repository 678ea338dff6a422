"""The staff's addresses of displays and of the places that show them."""

from django.urls import path

from raquan.displays.views import displays, importing, reports, sites

app_name = "displays"
urlpatterns = [
    path("", displays.list_displays, name="list"),
    path("ask/", displays.ask, name="ask"),
    path("shares/", displays.list_shares, name="shares"),
    path("sites/", sites.list_sites, name="sites"),
    path("sites/new/", sites.new, name="new_site"),
    path("sites/import/", importing.take, name="import_sites"),
    path("sites/<uuid:site_id>/", sites.show, name="site"),
    path("sites/<uuid:site_id>/end/", sites.end, name="end_site"),
    path("sites/<uuid:site_id>/look/", sites.look, name="look"),
    path("reports/", reports.list_reports, name="reports"),
    path("reports/<uuid:report_id>/", reports.show_report, name="report"),
    path("reports/<uuid:report_id>/picture/", reports.show_picture, name="report_picture"),
    path("pictures/<uuid:proof_id>/", displays.show_picture, name="picture"),
    path("<uuid:display_id>/", displays.show, name="detail"),
    path("<uuid:display_id>/step/", displays.step, name="step"),
    path("<uuid:display_id>/photo/", displays.photo, name="photo"),
    path("<uuid:display_id>/word/", displays.word, name="word"),
    path("<uuid:display_id>/letter/", displays.letter, name="letter"),
    path("<uuid:display_id>/letter.pdf", displays.print_letter, name="letter_pdf"),
]
