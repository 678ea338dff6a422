"""The public addresses: messages, their feed and banner, the identity kit."""

from django.urls import path

from raquan.outreach.views import public

app_name = "outreach_public"
urlpatterns = [
    path("messages/", public.list_messages, name="messages"),
    path("messages.atom", public.atom, name="atom"),
    path("messages/banner/", public.banner, name="banner"),
    path("messages/banner.png", public.banner_picture, name="banner_picture"),
    path("kit/", public.kit, name="kit"),
    path("kit/<str:code>.png", public.kit_file, name="kit_file"),
]
