"""The addresses of reports on the desk."""

from django.urls import path

from raquan.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.list_reports, name="list"),
    path("build/", views.build, name="build"),
    path("letter/", views.letter, name="letter"),
]
