"""The addresses of tally sheets on the desk."""

from django.urls import path

from raquan.tallies import views

app_name = "tallies"
urlpatterns = [
    path("outing/<uuid:outing_id>/", views.outing_sheets, name="sheets"),
    path("outing/<uuid:outing_id>/issue/", views.issue_sheets, name="issue"),
    path("outing/<uuid:outing_id>/print/", views.print_sheets, name="print"),
    path("outing/<uuid:outing_id>/workbook/", views.download_workbook, name="workbook"),
    path("workbook/", views.upload_workbook, name="upload"),
    path("<str:number>/", views.show_sheet, name="sheet"),
    path("<str:number>/enter/", views.enter_sheet, name="enter"),
    path("<str:number>/totals/", views.add_up, name="totals"),
    path("<str:number>/withdraw/", views.withdraw_sheet, name="withdraw"),
]
