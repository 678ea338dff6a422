"""The addresses of the field app itself."""

from django.urls import path

from raquan.field import shell

app_name = "field_app"

urlpatterns = [
    path("", shell.page, name="page"),
    path("form/", shell.form_page, name="form_page"),
    path("sw.js", shell.worker, name="worker"),
]
