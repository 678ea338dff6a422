"""The addresses of the staff's home."""

from django.urls import path

from raquan.desk import views, views_collect, views_reach, views_search

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("progress/", views.progress, name="progress"),
    path("behind/", views.behind, name="behind"),
    path("unit/", views.unit, name="unit"),
    path("latest/", views.latest, name="latest"),
    path("reach/", views_reach.compare, name="reach"),
    path("search/", views_search.search, name="search"),
    path("history/<slug:kind>/<uuid:thing_id>/", views_search.history, name="history"),
    path("collect/", views_collect.app_users, name="collect"),
    path("collect/print/", views_collect.print_codes, name="collect_print"),
    path("collect/<uuid:device_id>/revoke/", views_collect.revoke, name="collect_revoke"),
]
