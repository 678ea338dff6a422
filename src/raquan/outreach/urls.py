"""The staff's addresses of communications."""

from django.urls import path

from raquan.outreach.views import artworks, posts, runs, slogans

app_name = "outreach"
urlpatterns = [
    path("", artworks.list_artworks, name="list"),
    path("new/", artworks.new, name="new"),
    path("artworks/<uuid:artwork_id>/", artworks.show, name="artwork"),
    path("artworks/<uuid:artwork_id>/edit/", artworks.edit, name="edit"),
    path("artworks/<uuid:artwork_id>/step/", artworks.step, name="step"),
    path("artworks/<uuid:artwork_id>/picture/", artworks.picture, name="picture"),
    path("artworks/<uuid:artwork_id>/file/", artworks.file, name="file"),
    path("artworks/<uuid:artwork_id>/units/", runs.start, name="start_run"),
    path("units/<uuid:run_id>/", runs.show, name="run"),
    path("units/<uuid:run_id>/continue/", runs.go_on, name="continue_run"),
    path("slogans/", slogans.list_slogans, name="slogans"),
    path("slogans/new/", slogans.new_slogan, name="new_slogan"),
    path("slogans/<uuid:slogan_id>/", slogans.slogan, name="slogan"),
    path("slogans/<uuid:slogan_id>/change/", slogans.change_slogan, name="change_slogan"),
    path("slogans/<uuid:slogan_id>/withdraw/", slogans.withdraw_slogan, name="withdraw_slogan"),
    path("kit/", slogans.kit, name="kit"),
    path("kit/save/", slogans.save_kit, name="save_kit"),
    path("kit/picture/", slogans.kit_picture, name="kit_picture"),
    path("posts/", posts.list_posts, name="posts"),
    path("posts/month/", posts.month, name="month"),
    path("posts/calendar.ics", posts.calendar_file, name="calendar"),
    path("posts/new/", posts.new, name="new_post"),
    path("posts/<uuid:post_id>/", posts.show, name="post"),
    path("posts/<uuid:post_id>/edit/", posts.edit, name="edit_post"),
    path("posts/<uuid:post_id>/sheet/", posts.sheet, name="sheet"),
    path("posts/<uuid:post_id>/done/", posts.finish, name="finish_post"),
    path("posts/<uuid:post_id>/cancel/", posts.cancel, name="cancel_post"),
]
