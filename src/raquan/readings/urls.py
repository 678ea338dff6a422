"""Addresses of documents that wait for the plan, below /desk/campaign/readings/."""

from django.urls import path

from raquan.readings import views

app_name = "readings"
urlpatterns = [
    path("", views.list_readings, name="list"),
    path("<uuid:reading_id>/", views.show_reading, name="show"),
    path("<uuid:reading_id>/resume/", views.resume, name="resume"),
    path("<uuid:reading_id>/discard/", views.discard, name="discard"),
    path("<uuid:reading_id>/add/", views.add, name="add"),
    path("<uuid:reading_id>/lines/<uuid:line_id>/", views.correct, name="correct"),
    path("<uuid:reading_id>/lines/<uuid:line_id>/decide/", views.decide, name="decide"),
]
