"""The addresses of figures and snapshots on the desk."""

from django.urls import path

from raquan.analytics.views import figures, snapshots

app_name = "analytics"
urlpatterns = [
    path("", figures.list_measures, name="figures"),
    path("snapshots/", snapshots.list_snapshots, name="snapshots"),
    path("snapshots/freeze/", snapshots.freeze, name="freeze"),
    path("snapshots/<uuid:snapshot_id>/", snapshots.show_snapshot, name="snapshot"),
    path("snapshots/<uuid:snapshot_id>/manifest.json", snapshots.show_manifest, name="manifest"),
    path("snapshots/<uuid:snapshot_id>/compare/<uuid:other_id>/", snapshots.compare, name="compare"),
    path("ladder/", figures.show_ladder, name="ladder"),
    path("<slug:measure>/", figures.show_figure, name="figure"),
    path("<slug:measure>/records/", figures.show_records, name="records"),
    path("<slug:measure>/across/<slug:across>/", figures.show_cross, name="cross"),
]
