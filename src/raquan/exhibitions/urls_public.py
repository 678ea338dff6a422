"""The public addresses: booths, the plan, what a scanned code leads to, a visitor's private page."""

from django.urls import path

from raquan.exhibitions.views import public

app_name = "exhibitions_public"
urlpatterns = [
    path("<int:year>/booths/", public.list_booths, name="booths"),
    path("<int:year>/booths/at/<str:code>/", public.show_exhibition, name="exhibition"),
    path("<int:year>/booths/<str:code>/", public.show_booth, name="booth"),
    path("<int:year>/booths/<str:code>/here/", public.visit, name="visit"),
    path("<int:year>/booths/<str:code>/contact/", public.leave_contact, name="contact"),
    path("<int:year>/booths/photos/<uuid:photo_id>-<int:width>.jpg", public.photo, name="photo"),
    path("lh/<str:token>/", public.held_contact, name="held"),
]
