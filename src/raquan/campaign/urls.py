"""Addresses of the plan's pages, below /desk/campaign/."""

from django.urls import path

from raquan.campaign import views

app_name = "campaign"
urlpatterns = [
    path("", views.show_plan, name="list"),
    path("bring/<uuid:reading_id>/", views.bring, name="bring"),
]
