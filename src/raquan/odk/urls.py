"""The addresses of the ODK door: OpenRosa's with a key in them and without, and those of Central's API."""

from django.urls import URLPattern, URLResolver, include, path

from raquan.odk import (
    views,
    views_app_users,
    views_central,
    views_drafts,
    views_odata,
    views_publishing,
    views_submissions,
)

app_name = "odk"


def _project(prefix: str) -> list[URLPattern | URLResolver]:
    return [
        path("formList", views.form_list, name=f"{prefix}form_list"),
        path("forms/<str:form_id>.xml", views.form, name=f"{prefix}form"),
        path("forms/<str:form_id>/manifest", views.manifest, name=f"{prefix}manifest"),
        path("forms/<str:form_id>/attachments/<str:file_name>", views.media, name=f"{prefix}media"),
        path("submission", views.submission, name=f"{prefix}submission"),
    ]


_trying = [
    path("draft/formList", views_drafts.form_list, name="draft_form_list"),
    path("draft.xml", views_drafts.form, name="draft_form"),
    path("draft/manifest", views_drafts.manifest, name="draft_manifest"),
    path("draft/attachments/<str:file_name>", views_drafts.media, name="draft_media"),
    path("draft/submission", views_drafts.submission, name="draft_submission"),
]
_publishing = [
    path("draft", views_publishing.draft, name="draft"),
    path("draft.<str:ending>", views_publishing.draft_file, name="draft_file"),
    path("draft/attachments", views_publishing.draft_attachments, name="draft_attachments"),
    path("draft/attachments/<str:name>", views_publishing.draft_attachment, name="draft_attachment"),
    path("draft/publish", views_publishing.publish, name="publish_draft"),
    path("versions", views_publishing.versions, name="form_versions"),
    path("versions/<str:version>.xml", views_publishing.version_xml, name="form_version_xml"),
    path("versions/<str:version>.xlsx", views_publishing.version_workbook, name="form_version_workbook"),
    path("versions/<str:version>.xls", views_publishing.version_workbook),
    path("versions/<str:version>", views_publishing.version, name="form_version"),
    path("attachments", views_publishing.attachments, name="form_attachments"),
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
    path("test/<str:token>/projects/<int:year>/forms/<str:form_id>/", include(_trying)),
    path("sessions", views_central.sessions, name="sessions"),
    path("sessions/<str:token>", views_central.session, name="session"),
    path("users/current", views_central.current_user, name="current_user"),
    path("projects", views_central.projects, name="projects"),
    path("projects/<int:year>", views_central.project, name="project"),
    path("projects/<int:year>/app-users", views_app_users.app_users, name="app_users"),
    path("projects/<int:year>/app-users/<int:number>", views_app_users.app_user, name="app_user"),
    path("projects/<int:year>/forms", views_central.forms, name="forms"),
    path("projects/<int:year>/forms/<str:form_id>.svc", include(_table)),
    path("projects/<int:year>/forms/<str:form_id>.xlsx", views_publishing.workbook, name="form_workbook"),
    path("projects/<int:year>/forms/<str:form_id>.xls", views_publishing.workbook),
    path("projects/<int:year>/forms/<str:form_id>/", include(_publishing)),
    path("projects/<int:year>/forms/<str:form_id>", views_central.form, name="form_details"),
    path("projects/<int:year>/forms/<str:form_id>/", include([*_records, _assignment])),
]
