"""The addresses of files."""

from django.urls import path

from raquan.files import views

app_name = "files"
urlpatterns = [path("<str:token>", views.download, name="download")]
