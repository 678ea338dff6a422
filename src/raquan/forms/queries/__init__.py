"""What may be asked about forms."""

from raquan.forms.queries.desk import AudienceView, FormLine, FormPage, VersionLine, form_lines, form_page
from raquan.forms.queries.drafts import (
    DraftView,
    TrialView,
    VersionFile,
    draft_by_token,
    draft_file_by_token,
    draft_media_by_token,
    draft_of,
    draft_xml_by_token,
    trials,
    version_file,
)
from raquan.forms.queries.media import MediaFile, MediaView, form_media, media_file, media_for_desk
from raquan.forms.queries.offers import (
    FormDetail,
    FormFile,
    FormNotOffered,
    FormView,
    form_details,
    form_xml,
    forms_for,
)
from raquan.forms.queries.served import (
    ServedForm,
    ServedVersion,
    served_forms,
    served_versions,
    served_versions_by_id,
)

__all__ = [
    "AudienceView",
    "DraftView",
    "FormDetail",
    "FormFile",
    "FormLine",
    "FormNotOffered",
    "FormPage",
    "FormView",
    "MediaFile",
    "MediaView",
    "ServedForm",
    "ServedVersion",
    "TrialView",
    "VersionFile",
    "VersionLine",
    "draft_by_token",
    "draft_file_by_token",
    "draft_media_by_token",
    "draft_of",
    "draft_xml_by_token",
    "form_details",
    "form_lines",
    "form_media",
    "form_page",
    "form_xml",
    "forms_for",
    "media_file",
    "media_for_desk",
    "served_forms",
    "served_versions",
    "served_versions_by_id",
    "trials",
    "version_file",
]
