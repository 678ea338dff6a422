"""The addresses of figures and snapshots on the desk."""

from django.urls import path

from raquan.analytics import views

app_name = "analytics"
urlpatterns = [
    path("", views.list_measures, name="figures"),
    path("snapshots/", views.list_snapshots, name="snapshots"),
    path("snapshots/freeze/", views.freeze, name="freeze"),
    path("snapshots/<uuid:snapshot_id>/", views.show_snapshot, name="snapshot"),
    path("snapshots/<uuid:snapshot_id>/manifest.json", views.show_manifest, name="manifest"),
    path("ladder/", views.show_ladder, name="ladder"),
    path("<slug:measure>/", views.show_figure, name="figure"),
    path("<slug:measure>/records/", views.show_records, name="records"),
]
