"""The addresses that counters of enterprises call."""

from django.urls import path

from raquan.field import counter

app_name = "counter"

urlpatterns = [
    path("enroll", counter.enroll, name="enroll"),
    path("sync", counter.sync, name="sync"),
]
