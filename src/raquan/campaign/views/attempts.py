"""Does what a form says, or keeps what was typed with the reason why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ui.http import Request

Act = Callable[[dict[str, Any]], Any]
"""Calls a command with who acts when on what, and with what a form says."""


def as_said(command: Callable[..., Any], form: forms.Form) -> Act:
    """Call a command with all that a form says, field by field."""
    return lambda known: command(**known, **form.cleaned_data)


def attempt(request: Request, form: forms.Form, act: Act, **subject: Any) -> tuple[bool, Any]:
    """Tell whether it was done, and what came of it; a refusal is added to the form. Raises NotFound, NotAllowed."""
    if form.is_valid():
        try:
            return True, act({"by": request.actor, "now": request.now, **subject})
        except (NotFound, NotAllowed):
            raise
        except Refused as refused:
            form.add_error(None, refused.text(_))
    return False, None
