"""The public addresses of the places."""

from django.urls import path

from raquan.places import views

app_name = "places"
urlpatterns = [
    path("", views.search, name="search"),
    path("<str:code>/", views.unit, name="unit"),
]
