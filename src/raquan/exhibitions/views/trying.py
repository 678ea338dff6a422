"""One way to do what a form says, and to say in the form why it was refused."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from raquan.kernel.refused import Refused


def done(form: forms.Form, act: Callable[[dict[str, Any]], Any], *, at: str | None = None) -> Any:
    """Do it with what was typed and give its result, True for none; None when the form is wrong or it was refused.

    What was refused stands at the field `at`; who may not, or asks for what is not there, gets the page that says so.
    """
    if not form.is_valid():
        return None
    try:
        result = act(form.cleaned_data)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        form.add_error(at, refused.text(_))
        return None
    return True if result is None else result


def status(form: forms.Form | None) -> int:
    """Give the status of a page with a form."""
    return 422 if form is not None and form.errors else 200
