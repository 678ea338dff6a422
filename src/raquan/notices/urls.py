"""The addresses of notices on the desk."""

from django.urls import path

from raquan.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.list_notices, name="list"),
    path("count/", views.count, name="count"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("reach/", views.reach, name="reach"),
    path("browsers/", views.subscribe, name="subscribe"),
    path("browsers/<uuid:browser_id>/end/", views.end_browser, name="end_browser"),
    path("push.js", views.push_worker, name="push_worker"),
    path("sent/", views.list_sent, name="sent"),
    path("sent/<uuid:dispatch_id>/again/", views.send_again, name="send_again"),
    path("<uuid:telling_id>/read/", views.mark_read, name="mark_read"),
]
