"""Tries what a form says; a refusal comes back on the page, and nothing that was typed is lost."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.utils.translation import gettext as _

from raquan.kernel.refused import Refused

T = TypeVar("T")


def tried(form: forms.Form, act: Callable[[], T]) -> T | None:
    """Do what a valid form asks for and give what comes of it; None where it could not be, with why in the form.

    Raises what nobody may or what is not there.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        form.add_error(None, refused.text(_))
        return None
