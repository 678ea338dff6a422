"""The address at which the desk takes bundles."""

from django.urls import path

from raquan.field import handing_in

app_name = "field_desk"

urlpatterns = [path("", handing_in.hand_in, name="hand_in")]
