"""What may be asked about forms."""

from raquan.forms.queries.offers import FormDetail, FormFile, FormView, form_details, form_xml, forms_for
from raquan.forms.queries.served import (
    ServedForm,
    ServedVersion,
    served_forms,
    served_versions,
    served_versions_by_id,
)
from raquan.forms.queries.shapes import FormShape, fields_of, form_shapes, form_titles

__all__ = [
    "FormDetail",
    "FormFile",
    "FormShape",
    "FormView",
    "ServedForm",
    "ServedVersion",
    "fields_of",
    "form_details",
    "form_shapes",
    "form_titles",
    "form_xml",
    "forms_for",
    "served_forms",
    "served_versions",
    "served_versions_by_id",
]
