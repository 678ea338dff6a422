"""The addresses of the page on which a merchant's phone redeems vouchers."""

from django.urls import path

from raquan.field import shell

app_name = "counter_page"

urlpatterns = [
    path("", shell.counter_page, name="page"),
    path("sw.js", shell.counter_worker, name="worker"),
]
