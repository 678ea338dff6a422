"""The staff's and the enterprises' addresses of offers."""

from django.urls import path

from raquan.market.views import offers, registrations, results

app_name = "market"
urlpatterns = [
    path("", offers.list_offers, name="list"),
    path("new/", offers.new, name="new"),
    path("registrations/", registrations.list_registrations, name="registrations"),
    path("registrations/<uuid:registration_id>/", registrations.show, name="registration"),
    path("registrations/<uuid:registration_id>/accept/", registrations.accept, name="accept"),
    path("registrations/<uuid:registration_id>/return/", registrations.give_back, name="return"),
    path("results/", results.list_results, name="results"),
    path("results/import/", results.take_file, name="import"),
    path("<uuid:offer_id>/", offers.show, name="detail"),
    path("<uuid:offer_id>/edit/", offers.edit, name="edit"),
    path("<uuid:offer_id>/step/", offers.step, name="step"),
    path("<uuid:offer_id>/results/", results.state, name="state"),
]
