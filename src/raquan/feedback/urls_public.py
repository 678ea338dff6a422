"""The public addresses: say something, and read the answer at a private one."""

from django.urls import path

from raquan.feedback.views import public

app_name = "feedback_public"
urlpatterns = [
    path("<int:year>/feedback/", public.send, name="send"),
    path("q/<str:token>/", public.held, name="held"),
]
