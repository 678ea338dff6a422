"""What may be asked about forms."""

from raquan.forms.queries.offers import FormDetail, FormFile, FormView, form_details, form_xml, forms_for
from raquan.forms.queries.served import (
    ServedForm,
    ServedVersion,
    served_forms,
    served_versions,
    served_versions_by_id,
)

__all__ = [
    "FormDetail",
    "FormFile",
    "FormView",
    "ServedForm",
    "ServedVersion",
    "form_details",
    "form_xml",
    "forms_for",
    "served_forms",
    "served_versions",
    "served_versions_by_id",
]
