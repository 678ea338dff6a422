"""The addresses of recordings on the desk."""

from django.urls import path

from raquan.recordings import views

app_name = "recordings"
urlpatterns = [
    path("", views.list_recordings, name="list"),
    path("guides/", views.list_wanted, name="wanted"),
    path("guides/<str:service_code>/<str:language>/", views.speak, name="speak"),
    path("<uuid:recording_id>/", views.show, name="detail"),
    path("<uuid:recording_id>/return/", views.give_back, name="return"),
    path("<uuid:recording_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:recording_id>/sound/", views.sound, name="sound"),
]
