"""The addresses of reporting rounds on the desk."""

from django.urls import path

from raquan.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.list_rounds, name="list"),
    path("rule/", views.set_rule, name="rule"),
    path("<uuid:round_id>/", views.show_round, name="round"),
    path("<uuid:round_id>/approve/", views.approve_many, name="approve_many"),
    path("<uuid:round_id>/quick/", views.quick, name="quick"),
    path("reports/<uuid:report_id>/", views.show_report, name="report"),
    path("reports/<uuid:report_id>/save/", views.save, name="save"),
    path("reports/<uuid:report_id>/return/", views.return_one, name="return"),
    path("reports/<uuid:report_id>/approve/", views.approve, name="approve"),
    path("reports/<uuid:report_id>/correct/", views.correct, name="correct"),
    path("reports/<uuid:report_id>/extend/", views.extend, name="extend"),
]
