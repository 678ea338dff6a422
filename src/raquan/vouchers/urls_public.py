"""The public address of vouchers."""

from django.urls import path

from raquan.vouchers.views import public

app_name = "vouchers_public"
urlpatterns = [path("<int:year>/vouchers/", public.list_runs, name="runs")]
