"""The addresses of the staff's home."""

from django.urls import path

from raquan.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("progress/", views.progress, name="progress"),
    path("latest/", views.latest, name="latest"),
]
