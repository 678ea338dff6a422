"""The addresses of the ODK door: OpenRosa's with a key in them and without, and those of Central's API."""

from django.urls import URLPattern, URLResolver, include, path

from raquan.odk import views, views_app_users, views_central, views_odata, views_submissions

app_name = "odk"


def _project(prefix: str) -> list[URLPattern | URLResolver]:
    return [
        path("formList", views.form_list, name=f"{prefix}form_list"),
        path("forms/<str:form_id>.xml", views.form, name=f"{prefix}form"),
        path("forms/<str:form_id>/manifest", views.manifest, name=f"{prefix}manifest"),
        path("submission", views.submission, name=f"{prefix}submission"),
    ]


_records = [
    path("submissions", views_submissions.submissions, name="submissions"),
    path("submissions/<str:instance_id>.xml", views_submissions.payload, name="payload"),
    path("submissions/<str:instance_id>/versions", views_submissions.versions, name="versions"),
    path("submissions/<str:instance_id>/versions/<str:version>.xml", views_submissions.payload, name="version"),
    path("submissions/<str:instance_id>", views_submissions.submission, name="record"),
    path("submissions/<str:instance_id>/comments", views_submissions.comments, name="comments"),
    path("submissions/<str:instance_id>/attachments", views_submissions.attachments, name="attachments"),
    path("submissions/<str:instance_id>/attachments/<str:name>", views_submissions.attachment, name="attachment"),
]
_assignment = path("assignments/<int:role>/<int:number>", views_app_users.assignment, name="assignment")
_table = [
    path("", views_odata.service, name="service"),
    path("/", views_odata.service),
    path("/$metadata", views_odata.metadata, name="metadata"),
    path("/Submissions", views_odata.table, name="table"),
    path("/Submissions.<str:name>", views_odata.repeat_table, name="repeat_table"),
    path("/Submissions('<str:instance_id>')", views_odata.entity, name="entity"),
    path("/Submissions('<str:instance_id>')/<path:below>", views_odata.entity, name="entity_below"),
]

urlpatterns = [
    path("key/<str:key>/projects/<int:year>/", include(_project("key_"))),
    path("projects/<int:year>/", include(_project(""))),
    path("sessions", views_central.sessions, name="sessions"),
    path("sessions/<str:token>", views_central.session, name="session"),
    path("users/current", views_central.current_user, name="current_user"),
    path("projects", views_central.projects, name="projects"),
    path("projects/<int:year>", views_central.project, name="project"),
    path("projects/<int:year>/app-users", views_app_users.app_users, name="app_users"),
    path("projects/<int:year>/app-users/<int:number>", views_app_users.app_user, name="app_user"),
    path("projects/<int:year>/forms", views_central.forms, name="forms"),
    path("projects/<int:year>/forms/<str:form_id>.svc", include(_table)),
    path("projects/<int:year>/forms/<str:form_id>", views_central.form, name="form_details"),
    path("projects/<int:year>/forms/<str:form_id>/", include([*_records, _assignment])),
]
