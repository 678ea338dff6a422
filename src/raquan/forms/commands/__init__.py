"""What can be done with forms, in the order of a form's life."""

from raquan.forms.commands.publishing import (
    FormPublished,
    FormVersionTaken,
    QuestionsMissing,
    UnknownForm,
    publish_form,
    set_form_state,
)

__all__ = [
    "FormPublished",
    "FormVersionTaken",
    "QuestionsMissing",
    "UnknownForm",
    "publish_form",
    "set_form_state",
]
