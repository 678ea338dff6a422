"""The addresses of published reports, below a campaign's year."""

from django.urls import path

from raquan.reports.views import public

app_name = "reports_public"
urlpatterns = [
    path("", public.list_published, name="published"),
    path("<uuid:report_id>/<slug:shape>/", public.file, name="file"),
]
