"""The addresses of reporting rounds on the desk."""

from django.urls import path

from raquan.rounds.views import behind, reports, tasks

app_name = "rounds"
urlpatterns = [
    path("", reports.list_rounds, name="list"),
    path("rule/", reports.set_rule, name="rule"),
    path("waiting/", reports.list_waiting, name="waiting"),
    path("tasks/", tasks.list_tasks, name="tasks"),
    path("tasks/<uuid:task_id>/", tasks.show_task, name="task"),
    path("behind/", behind.list_behind, name="behind"),
    path("behind/<uuid:organization_id>/", behind.show_unit, name="behind_unit"),
    path("behind/<uuid:organization_id>/call/", behind.note_call, name="call"),
    path("<uuid:round_id>/extend/", reports.extend_many, name="extend_many"),
    path("<uuid:round_id>/", reports.show_round, name="round"),
    path("<uuid:round_id>/approve/", reports.approve_many, name="approve_many"),
    path("<uuid:round_id>/quick/", reports.quick, name="quick"),
    path("<uuid:round_id>/quick.png", reports.quick_picture, name="quick_picture"),
    path("reports/<uuid:report_id>/", reports.show_report, name="report"),
    path("reports/<uuid:report_id>/save/", reports.save, name="save"),
    path("reports/<uuid:report_id>/return/", reports.return_one, name="return"),
    path("reports/<uuid:report_id>/approve/", reports.approve, name="approve"),
    path("reports/<uuid:report_id>/correct/", reports.correct, name="correct"),
    path("reports/<uuid:report_id>/extend/", reports.extend, name="extend"),
]
