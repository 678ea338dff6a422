"""The public addresses; those of a campaign begin with its year."""

from django.urls import path

from raquan.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("c/1/<str:code>", views.card, name="card"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("<int:year>/", views.campaign, name="campaign"),
    path("<int:year>/outings/", views.outings, name="outings"),
]
