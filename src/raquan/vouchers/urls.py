"""The staff's and the enterprises' addresses of vouchers."""

from django.urls import path

from raquan.vouchers.views import counters, printing, runs

app_name = "vouchers"
urlpatterns = [
    path("", runs.list_runs, name="list"),
    path("new/", runs.new, name="new"),
    path("counters/", counters.list_counters, name="counters"),
    path("counters/code/", counters.issue, name="issue"),
    path("counters/<uuid:counter_id>/", counters.withdraw, name="counter"),
    path("redemptions/", counters.list_redemptions, name="redemptions"),
    path("failures/", counters.list_failures, name="failures"),
    path("<uuid:run_id>/", runs.show, name="detail"),
    path("<uuid:run_id>/step/", runs.step, name="step"),
    path("<uuid:run_id>/print/", printing.print_vouchers, name="print"),
]
