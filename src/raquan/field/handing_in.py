"""The desk's page on which an officer hands in a bundle that a helper brought as a file."""

import json
from base64 import b64encode
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from raquan.field.bundles import BundleUnreadable, Delivered, deliver
from raquan.field.entry import MAX_BODY, BodyTooLarge
from raquan.kernel.refused import Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


class BundleForm(forms.Form):
    """One bundle, as the app has saved it."""

    bundle = forms.FileField(
        label=_("Tệp dự phòng"),
        help_text=_(
            "Tệp .txt do ứng dụng lưu. Chỉ máy chủ đọc được bên trong. Nộp lại cùng một tệp không làm số liệu tăng."
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        error_messages={"required": _("Hãy chọn tệp.")},
    )


@allow(Action.SUBMISSION_SEND.value)
@require_http_methods(["GET", "POST"])
def hand_in(request: Request) -> HttpResponse:
    """Hand in a bundle; the page gives the answer to bring back to its phone."""
    form = BundleForm(request.POST or None, request.FILES or None)
    delivered = None
    if request.method == "POST" and form.is_valid():
        try:
            delivered = _deliver(request, form.cleaned_data["bundle"].read(MAX_BODY + 1))
        except Refused as refused:
            form.add_error("bundle", refused.text(gettext))
    failed = request.method == "POST" and delivered is None
    context = {"form": form, "delivered": delivered, "file": _file(delivered) if delivered else ""}
    return render(request, "field/hand_in.html", context, status=422 if failed else 200)


def _deliver(request: Request, raw: bytes) -> Delivered:
    if len(raw) > MAX_BODY:
        raise BodyTooLarge()
    with translation.override("vi"):  # its helper reads it, whatever the officer reads
        return deliver(_said(raw), carrier=request.actor, now=request.now)


def _said(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise BundleUnreadable() from None
    if not isinstance(said, dict):
        raise BundleUnreadable()
    return said


def _file(delivered: Delivered) -> str:
    """Give the answer as an address that holds the whole file: it needs no place of its own on the server."""
    return "data:text/plain;base64," + b64encode(json.dumps(delivered.said).encode()).decode()
