"""The addresses of boards and of the standing of indicators."""

from django.urls import path

from raquan.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.list_boards, name="list"),
    path("indicators/", views.list_indicators, name="indicators"),
    path("indicators/<uuid:indicator_id>/", views.show_indicator, name="indicator"),
    path("<slug:board>/", views.show_board, name="board"),
]
