"""The addresses of reports on the desk."""

from django.urls import path

from raquan.reports.views import checking, reports, runs, templates

app_name = "reports"
urlpatterns = [
    path("", reports.list_reports, name="list"),
    path("build/", reports.build, name="build"),
    path("units/build/", reports.build_unit, name="build_unit"),
    path("letter/", reports.letter, name="letter"),
    path("check/", checking.check, name="check"),
    path("runs/start/", runs.start, name="start_run"),
    path("runs/<uuid:run_id>/", runs.show, name="run"),
    path("runs/<uuid:run_id>/continue/", runs.go_on, name="continue_run"),
    path("templates/", templates.list_templates, name="templates"),
    path("templates/default/", templates.use_default, name="use_default"),
    path("templates/default/<slug:kind>.docx", templates.default, name="default_template"),
    path("templates/<uuid:template_id>/", templates.show, name="template"),
    path("templates/<uuid:template_id>/use/", templates.use, name="use_template"),
    path("<uuid:report_id>/", reports.show, name="show"),
    path("<uuid:report_id>/issue/", reports.issue, name="issue"),
    path("<uuid:report_id>/pdf/", reports.want_pdf, name="want_pdf"),
]
