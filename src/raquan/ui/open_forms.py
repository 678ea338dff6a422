"""What every form carries that anybody may send: a private address for what is sent, and a trap for machines."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from raquan.kernel.open_forms import is_token

TICKET_SECONDS = 24 * 3600
"""How long an opened form may lie before it is sent."""


class OpenForm(forms.Form):
    """A form without an account: its ticket is a private address, signed with the moment that it was opened."""

    salt: ClassVar[str]

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    # No person sees it; what fills in every field does.
    website = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def new_ticket(cls) -> str:
        """Make a private address for what will be sent, signed with the moment."""
        return signing.dumps(secrets.token_urlsafe(16), salt=cls.salt)

    def clean_ticket(self) -> str:
        """Give the private address that the form was opened with."""
        try:
            token = signing.loads(self.cleaned_data["ticket"], salt=self.salt, max_age=TICKET_SECONDS)
        except signing.BadSignature:
            token = ""
        if not is_token(token):
            raise forms.ValidationError(_("Trang này mở đã lâu. Bà con bấm gửi lần nữa; chữ đã viết vẫn còn."))
        return str(token)

    def clean(self) -> dict[str, Any]:
        """Refuse what only a machine fills in."""
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(_("Chưa gửi được. Bà con mở lại trang này rồi gửi lại."))
        return self.cleaned_data

    @property
    def fresh_ticket(self) -> str:
        """Give a form that lay too long a new ticket; one that is only corrected keeps its own."""
        return self.new_ticket() if "ticket" in self.errors else str(self["ticket"].value())


def private(answer: HttpResponse) -> HttpResponse:
    """Let nothing keep a page whose address or form is one person's own."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
