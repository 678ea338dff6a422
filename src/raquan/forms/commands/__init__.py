"""What can be done with forms, in the order of a form's life."""

from raquan.forms.commands.offering import PublicLinkMade, offer_form, open_public_link, withdraw_offer
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
    "PublicLinkMade",
    "QuestionsMissing",
    "UnknownForm",
    "offer_form",
    "open_public_link",
    "publish_form",
    "set_form_state",
    "withdraw_offer",
]
