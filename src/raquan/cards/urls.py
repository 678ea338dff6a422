"""The addresses of cards on the desk."""

from django.urls import path

from raquan.cards import views

app_name = "cards"
urlpatterns = [
    path("", views.list_batches, name="list"),
    path("make/", views.make_cards, name="make"),
    path("<uuid:batch_id>/void/", views.void_batch, name="void"),
]
