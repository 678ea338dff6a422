"""The public addresses of the outings room, below a campaign's year: is this outing real?"""

from django.urls import path

from raquan.outings.views import public

app_name = "outings_public"
urlpatterns = [
    path("<str:code>/", public.check_code, name="check"),
]
