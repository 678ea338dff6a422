"""The public addresses of help desks, below a campaign's year: where one is, and whether a code is real."""

from django.urls import path

from raquan.helpdesks.views import public

app_name = "helpdesks_public"
urlpatterns = [
    path("", public.list_desks, name="list"),
    path("<str:code>/", public.check_code, name="check"),
]
