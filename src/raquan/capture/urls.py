"""The addresses of records on the desk."""

from django.urls import path

from raquan.capture.views import many, records, tallies

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
    path("tally/outing/<uuid:outing_id>/", tallies.outing_tallies, name="tallies"),
    path("tally/outing/<uuid:outing_id>/issue/", tallies.issue_sheets, name="tally_issue"),
    path("tally/outing/<uuid:outing_id>/print/", tallies.print_sheets, name="tally_print"),
    path("tally/outing/<uuid:outing_id>/workbook/", tallies.download_workbook, name="tally_workbook"),
    path("tally/workbook/", tallies.upload_workbook, name="tally_upload"),
    path("tally/<str:number>/", tallies.show_sheet, name="tally"),
    path("tally/<str:number>/enter/", tallies.enter_sheet, name="tally_enter"),
    path("tally/<str:number>/totals/", tallies.add_up, name="tally_totals"),
    path("tally/<str:number>/withdraw/", tallies.withdraw_sheet, name="tally_withdraw"),
]
