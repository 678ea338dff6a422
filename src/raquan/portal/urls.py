"""The public addresses; those of a campaign begin with its year."""

from django.urls import path

from raquan.portal import views, views_looking

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("c/1/<str:code>", views.card, name="card"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("<int:year>/", views.campaign, name="campaign"),
    path("<int:year>/outings/", views_looking.outings, name="outings"),
    path("<int:year>/calendar/", views_looking.calendar, name="calendar"),
    path("<int:year>/outings.ics", views_looking.calendar_file, name="calendar_file"),
    path("<int:year>/outings.atom", views_looking.atom, name="atom"),
    path("<int:year>/outings.json", views_looking.json_feed, name="json_feed"),
    path("<int:year>/near.json", views_looking.near, name="near"),
    path("<int:year>/outings/<str:code>.ics", views_looking.outing_file, name="outing_file"),
    path("<int:year>/widget/", views_looking.widget, name="widget"),
    path("<int:year>/posters/<str:code>/", views_looking.poster, name="poster"),
    path("guides/", views_looking.guides, name="guides"),
    path("guides/<str:service_code>/", views_looking.guide, name="guide"),
]
