"""Addresses of the style guide."""

from django.urls import path

from raquan.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.styleguide, name="styleguide"),
    path("desk/", views.styleguide, {"shell": "desk"}, name="styleguide_desk"),
    path("error/<int:status>/", views.error_sample, name="styleguide_error"),
]
