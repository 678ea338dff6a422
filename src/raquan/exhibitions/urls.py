"""The staff's and the enterprises' addresses of exhibitions."""

from django.urls import path

from raquan.exhibitions.views import allocating, applications, days, exhibitions

app_name = "exhibitions"
_ONE = "<uuid:exhibition_id>/"
_APPLICATION = "applications/<uuid:application_id>/"
urlpatterns = [
    path("", exhibitions.list_exhibitions, name="list"),
    path("new/", exhibitions.new, name="new"),
    path("applications/", applications.list_applications, name="applications"),
    path("contacts/", applications.list_contacts, name="contacts"),
    path("contacts/<uuid:contact_id>/", applications.state_outcome, name="outcome"),
    path(_APPLICATION, applications.show, name="application"),
    path(f"{_APPLICATION}edit/", applications.edit, name="application_edit"),
    path(f"{_APPLICATION}step/", applications.step, name="application_step"),
    path(f"{_APPLICATION}days/", applications.state_day, name="state_day"),
    path(f"{_APPLICATION}photos/", applications.add_photo, name="add_photo"),
    path(f"{_APPLICATION}photos/<uuid:photo_id>/take-off/", applications.take_off_photo, name="take_off_photo"),
    path("photos/<uuid:photo_id>-<int:width>.jpg", applications.photo, name="photo"),
    path(_ONE, exhibitions.show, name="detail"),
    path(f"{_ONE}edit/", exhibitions.edit, name="edit"),
    path(f"{_ONE}plan/", exhibitions.draw, name="plan"),
    path(f"{_ONE}plan-a3.pdf", exhibitions.print_plan, {"paper": "a3"}, name="plan_a3"),
    path(f"{_ONE}plan-a4.pdf", exhibitions.print_plan, {"paper": "a4"}, name="plan_a4"),
    path(f"{_ONE}signs/", exhibitions.signs, name="signs"),
    path(f"{_ONE}step/", exhibitions.step, name="step"),
    path(f"{_ONE}apply/", applications.apply, name="apply"),
    path(f"{_ONE}allocation/", allocating.show, name="allocation"),
    path(f"{_ONE}allocation/propose/", allocating.propose, name="propose"),
    path(f"{_ONE}allocation/confirm/", allocating.confirm, name="confirm"),
    path(f"{_ONE}allocation/<uuid:application_id>/", allocating.move, name="move"),
    path(f"{_ONE}days/<str:day>/", days.show, name="day"),
    path(f"{_ONE}days/<str:day>/sheet.pdf", days.print_day, name="day_pdf"),
]
