"""The addresses that the field app calls."""

from django.urls import path

from raquan.field import views

app_name = "field"

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("day", views.day, name="day"),
    path("sync", views.sync, name="sync"),
    path("relay", views.relay, name="relay"),
    path("spare", views.spare, name="spare"),
    path("ready", views.ready, name="ready"),
]
