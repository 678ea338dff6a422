"""The staff's addresses of short links."""

from django.urls import path

from raquan.links import views

app_name = "links"
urlpatterns = [
    path("", views.list_links, name="list"),
    path("new/", views.new, name="new"),
    path("counts/", views.list_counts, name="counts"),
    path("<uuid:link_id>/", views.show, name="detail"),
    path("<uuid:link_id>/change/", views.change, name="change"),
    path("<uuid:link_id>/step/", views.step, name="step"),
    path("<uuid:link_id>/qr.<str:kind>", views.download_qr, name="qr"),
]
