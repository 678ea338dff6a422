"""The public address of short links."""

from django.urls import path

from raquan.links import views

app_name = "links_public"
urlpatterns = [path("<str:code>", views.follow, name="follow")]
