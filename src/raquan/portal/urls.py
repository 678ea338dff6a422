"""The public addresses; those of a campaign begin with its year."""

from django.urls import path

from raquan.portal import views, views_day, views_guides, views_looking, views_pictures

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
    path("<int:year>/outings/<str:code>.png", views_pictures.outing, name="outing_picture"),
    path("<int:year>/help-desks/<str:code>.png", views_pictures.desk, name="desk_picture"),
    path("<int:year>/offers/<str:code>.png", views_pictures.offer, name="offer_picture"),
    path("<int:year>/press/<int:serial>.png", views_pictures.release, name="release_picture"),
    path("<int:year>/news/<int:serial>.png", views_pictures.news, name="news_picture"),
    path("<int:year>/widget/", views_looking.widget, name="widget"),
    path("<int:year>/posters/<str:code>/", views_looking.poster, name="poster"),
    path("<int:year>/results/", views_day.results, name="results"),
    path("<int:year>/results.zip", views_day.results_file, name="results_file"),
    path("<int:year>/day/", views_day.day, name="day"),
    path("<int:year>/day/now/", views_day.day_now, name="day_now"),
    path("<int:year>/day.ics", views_day.day_file, name="day_file"),
    path("guides/", views_guides.guides, name="guides"),
    path("guides/worker.js", views_guides.worker, name="guides_worker"),
    path("guides/unsaved/", views_guides.unsaved, name="guides_unsaved"),
    path("guides/answers/", views_guides.answers, name="answers"),
    path("guides/answers/<str:code>/", views_guides.answer, name="answer"),
    path("guides/<str:service_code>.png", views_pictures.guide, name="guide_picture"),
    path("guides/<str:service_code>/", views_guides.guide, name="guide"),
    path("guides/<str:service_code>/notice/", views_guides.notice, name="notice"),
    path("guides/<str:service_code>/sound/<uuid:recording_id>/", views_guides.sound, name="sound"),
]
