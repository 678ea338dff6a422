"""To whom a form is offered, which ids and files a form may have."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from raquan.kernel.actor import Actor, ActorKind

MAX_FORM_FILE = 5 * 1024 * 1024
"""The largest XLSForm or XML that is taken: the largest known to us is a fifth of it."""

MAX_MEDIA_FILE = 50 * 1024 * 1024
"""The largest media file of a form: it has to reach every phone."""

MAX_NAME = 100
"""How long a form's id, a version's name and a media file's name may be."""

MAX_TRIAL_RECORD = 1024 * 1024
MAX_TRIAL_RECORDS = 500
"""How large a record to a draft may be, and how many a draft keeps: they are for looking at, and thrown away."""

FORM_ID = re.compile(r"[^\x00-\x1f/\\?#%]{1,100}")
"""What a form's id may be: it stands in addresses."""

MEDIA_NAME = re.compile(r"[^/\\\x00-\x1f]{1,100}")
"""What a media file may be called; never a path."""


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A file that a form's definition names; `kind` is image, audio, video or file."""

    name: str
    kind: str


def is_offered(actor: Actor, audience: Collection[UUID]) -> bool:
    """Tell whether a form that was given to some organizations is offered; one given to nobody is everybody's.

    A duty for no organization in particular is one for every organization.
    """
    if not audience or actor.kind is ActorKind.SYSTEM:
        return True
    return any(duty.organization_id is None or duty.organization_id in audience for duty in actor.duties)
