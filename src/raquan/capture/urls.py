"""The addresses of records on the desk."""

from django.urls import path

from raquan.capture.views import many, records

app_name = "capture"
urlpatterns = [
    path("", records.list_records, name="list"),
    path("<uuid:submission_id>/", records.show_record, name="detail"),
    path("<uuid:submission_id>/review/", records.review_record, name="review"),
    path("<uuid:submission_id>/comments/", records.comment_record, name="comment"),
    path("<uuid:submission_id>/correct/", records.correct_record, name="correct"),
    path("<uuid:submission_id>/delete/", records.delete_record, name="delete"),
    path("map/", many.show_map, name="map"),
    path("forms/<path:form_id>/", many.show_form, name="form"),
    path("tasks/", many.list_tasks, name="tasks"),
    path("tasks/start/", many.start_task, name="task_start"),
    path("tasks/<uuid:task_id>/", many.show_task, name="task"),
    path("tasks/<uuid:task_id>/continue/", many.continue_task, name="task_continue"),
    path("panel/<uuid:outing_id>/", records.outing_panel, name="panel"),
    path("panel/desk/<uuid:desk_id>/", records.desk_panel, name="desk_panel"),
]
