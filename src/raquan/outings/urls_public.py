"""The public addresses of the outings room, below a campaign's year: is this outing real, where is a help desk?"""

from django.urls import path

from raquan.outings.views import public

app_name = "outings_public"
urlpatterns = [
    path("help-desks/", public.list_help_desks, name="help_desks"),
    path("help-desks/<uuid:desk_id>/", public.show_help_desk, name="help_desk"),
    path("<str:code>/", public.check_code, name="check"),
]
