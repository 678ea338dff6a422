"""The addresses of forms on the desk."""

from django.urls import path

from raquan.forms import views

app_name = "forms"
urlpatterns = [
    path("", views.list_forms, name="list"),
    path("new/", views.upload, name="new"),
    path("<uuid:form_row>/", views.show_form, name="detail"),
    path("<uuid:form_row>/draft/", views.show_draft, name="draft"),
    path("<uuid:form_row>/draft/discard/", views.discard, name="discard"),
    path("<uuid:form_row>/state/", views.change_state, name="state"),
    path("<uuid:form_row>/media/", views.published_media, name="media"),
    path("<uuid:form_row>/draft/media/", views.draft_media, name="draft_media"),
    path("<uuid:form_row>/units/", views.audience, name="audience"),
    path("<uuid:form_row>/questions/", views.questions, name="questions"),
    path("<uuid:form_row>/file/", views.download, name="download"),
]
