"""The public addresses of numbers, below a campaign's year."""

from django.urls import path

from raquan.analytics.views import public

app_name = "analytics_public"
urlpatterns = [
    path("", public.list_measures, name="figures"),
    path("<slug:measure>/", public.show_figure, name="figure"),
]
