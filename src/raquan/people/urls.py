"""The addresses of signing in and out, of invitations, and of people on the desk."""

from django.urls import path

from raquan.people.views import duties, inviting, register, signing_in

app_name = "people"
urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("invitation/<str:token>/", inviting.accept, name="accept"),
    path("desk/people/", register.list_people, name="list"),
    path("desk/people/organizations/", register.list_organizations, name="organizations"),
    path("desk/people/me/", duties.own, name="own"),
    path("desk/people/invite/", inviting.invite, name="invite"),
    path("desk/people/invite-many/", inviting.invite_many, name="invite_many"),
    path("desk/people/duties/<uuid:duty_id>/end/", duties.end, name="end_duty"),
    path("desk/people/me/stand-in/", duties.stand_in, name="stand_in"),
    path("desk/people/<uuid:user_id>/", register.show_person, name="person"),
    path("desk/people/<uuid:user_id>/duties/", duties.give, name="give_duty"),
    path("desk/people/<uuid:user_id>/invite/", inviting.invite_again, name="invite_again"),
    path("desk/people/<uuid:user_id>/close/", register.close, name="close"),
    path("desk/people/<uuid:user_id>/reopen/", register.reopen, name="reopen"),
]
