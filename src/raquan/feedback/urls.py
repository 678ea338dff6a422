"""The staff's addresses of feedback."""

from django.urls import path

from raquan.feedback.views import desk

app_name = "feedback"
urlpatterns = [
    path("", desk.list_feedback, name="list"),
    path("<uuid:feedback_id>/", desk.show, name="detail"),
    path("<uuid:feedback_id>/hand-over/", desk.hand_over, name="hand_over"),
    path("<uuid:feedback_id>/close/", desk.close, name="close"),
]
