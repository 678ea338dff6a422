"""The addresses of exports, imports and webhooks on the desk."""

from django.urls import path

from raquan.exchange import views

app_name = "exchange"
urlpatterns = [
    path("exports/", views.list_exports, name="exports"),
    path("exports/new/", views.choose_export, name="export_start"),
    path("exports/start/", views.start_export, name="export_ask"),
    path("exports/<uuid:export_id>/", views.show_export, name="export"),
    path("exports/<uuid:export_id>/continue/", views.continue_export, name="export_continue"),
    path("exports/<uuid:export_id>/file/", views.download_export, name="export_file"),
    path("imports/", views.list_imports, name="imports"),
    path("imports/read/", views.read_import, name="import_read"),
    path("imports/<uuid:import_id>/", views.show_import, name="import"),
    path("imports/<uuid:import_id>/start/", views.start_import, name="import_start"),
    path("webhooks/", views.list_webhooks, name="webhooks"),
    path("webhooks/add/", views.add_webhook, name="webhook_add"),
    path("webhooks/posts/<uuid:post_id>/", views.post_panel, name="post_panel"),
    path("webhooks/<uuid:webhook_id>/", views.show_webhook, name="webhook"),
    path("webhooks/<uuid:webhook_id>/<slug:step>/", views.change_webhook, name="webhook_change"),
    path(
        "webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/replay/",
        views.replay_delivery,
        name="delivery_replay",
    ),
]
