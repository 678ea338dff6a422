"""What can be done with forms, in the order of a form's life."""

from raquan.forms.commands.assigning import UnknownOrganization, assign_form, unassign_form
from raquan.forms.commands.drafting import (
    DraftKept,
    DraftOfAnotherForm,
    NothingPublished,
    TokenOfNoDraft,
    TrialConflict,
    TrialOfAnotherForm,
    TrialTooLarge,
    discard_draft,
    keep_draft,
    receive_trial,
    start_draft,
)
from raquan.forms.commands.media import MediaEmpty, MediaNotNamed, MediaTooLarge, put_media
from raquan.forms.commands.offering import PublicLinkMade, offer_form, open_public_link, withdraw_offer
from raquan.forms.commands.preparing import FormWarned, QuestionsMissing, UnknownForm
from raquan.forms.commands.publishing import (
    DraftChanged,
    DraftUnknown,
    FormPublished,
    FormVersionTaken,
    StateUnreachable,
    publish_draft,
    publish_form,
    set_form_state,
)

__all__ = [
    "DraftChanged",
    "DraftKept",
    "DraftOfAnotherForm",
    "DraftUnknown",
    "FormPublished",
    "FormVersionTaken",
    "FormWarned",
    "MediaEmpty",
    "MediaNotNamed",
    "MediaTooLarge",
    "NothingPublished",
    "PublicLinkMade",
    "QuestionsMissing",
    "StateUnreachable",
    "TokenOfNoDraft",
    "TrialConflict",
    "TrialOfAnotherForm",
    "TrialTooLarge",
    "UnknownForm",
    "UnknownOrganization",
    "assign_form",
    "discard_draft",
    "keep_draft",
    "offer_form",
    "open_public_link",
    "publish_draft",
    "publish_form",
    "put_media",
    "receive_trial",
    "set_form_state",
    "start_draft",
    "unassign_form",
    "withdraw_offer",
]
