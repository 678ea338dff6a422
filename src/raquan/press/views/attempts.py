"""Tries what a form says; a refusal comes back on the page, and nothing that was typed is lost."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from raquan.kernel.refused import Refused
from raquan.ui.http import Request


def attempt(
    request: Request,
    form: forms.Form,
    act: Callable[[], HttpResponse],
    said: str,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do it and say so, or show the page again with what is wrong; raises what nobody may or what is not there."""
    if form.is_valid():
        try:
            answer = act()
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, said)
            return answer
    return again()
