"""The public addresses: offers, and an enterprise's registration with its private page."""

from django.urls import path

from raquan.market.views import public

app_name = "market_public"
urlpatterns = [
    path("<int:year>/offers/", public.list_offers, name="offers"),
    path("<int:year>/offers.json", public.json_feed, name="json_feed"),
    path("<int:year>/offers/register/", public.register, name="register"),
    path("<int:year>/offers/<str:code>/", public.show, name="offer"),
    path("dk/<str:token>/", public.held, name="held"),
    path("dk/<str:token>/account/", public.claim, name="claim"),
]
