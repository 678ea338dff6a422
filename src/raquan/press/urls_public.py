"""The public addresses of what the office publishes, below a campaign's year."""

from django.urls import path

from raquan.press.views import public

app_name = "press_public"
urlpatterns = [
    path("press/", public.list_releases, name="releases"),
    path("press.atom", public.releases_atom, name="releases_atom"),
    path("press/<int:serial>/", public.show_release, name="release"),
    path("press/photos/<uuid:picture_id>-<int:width>.jpg", public.picture, name="picture"),
    path("news/", public.list_news, name="news_list"),
    path("news.atom", public.news_atom, name="news_atom"),
    path("news/<int:serial>/", public.show_news, name="news"),
]
