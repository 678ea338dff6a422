"""The office's addresses of what it publishes, and of what others write."""

from django.urls import path

from raquan.press.views import desk, items, programme

app_name = "press"
urlpatterns = [
    path("", desk.list_publications, name="list"),
    path("start/", desk.start, name="start"),
    path("items/", items.list_items, name="items"),
    path("items/new/", items.new_item, name="new_item"),
    path("items/<uuid:item_id>/", items.show_item, name="item"),
    path("items/<uuid:item_id>/change/", items.change_item, name="change_item"),
    path("items/<uuid:item_id>/reply/", items.reply, name="reply"),
    path("items/<uuid:item_id>/set-aside/", items.set_aside, name="set_aside"),
    path("programme/", programme.show_programme, name="programme"),
    path("programme/<uuid:item_id>/", programme.show_item, name="programme_item"),
    path("programme/<uuid:item_id>/cancel/", programme.cancel_item, name="programme_cancel"),
    path("photos/<uuid:picture_id>-<int:width>.jpg", desk.picture, name="picture"),
    path("<uuid:publication_id>/", desk.show, name="detail"),
    path("<uuid:publication_id>/publish/", desk.publish, name="publish"),
    path("<uuid:publication_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<uuid:publication_id>/drop/", desk.drop, name="drop"),
    path("<uuid:publication_id>/end/", desk.end, name="end"),
    path("<uuid:publication_id>/photos/", desk.add_picture, name="add_picture"),
    path("<uuid:publication_id>/photos/<uuid:picture_id>/take-off/", desk.take_off_picture, name="take_off_picture"),
]
