"""Addresses of calendars that units send, below /desk/outings/calendars/."""

from django.urls import path

from raquan.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.list_calendars, name="list"),
    path("template/<uuid:organization_id>/", views.template, name="template"),
    path("<uuid:calendar_id>/", views.show_calendar, name="show"),
    path("<uuid:calendar_id>/resume/", views.resume, name="resume"),
    path("<uuid:calendar_id>/discard/", views.discard, name="discard"),
    path("<uuid:calendar_id>/take/", views.take, name="take"),
    path("<uuid:calendar_id>/lines/<uuid:line_id>/", views.correct, name="correct"),
    path("<uuid:calendar_id>/lines/<uuid:line_id>/decide/", views.decide, name="decide"),
]
