"""The shape of how a person says they want to be reached."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.notices.queries import ReachView

_WRONG_TIME = {"required": _("Hãy ghi giờ."), "invalid": _("Hãy viết giờ như 21:00.")}


def _clock(label: Any, **options: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M"),
        error_messages=_WRONG_TIME,
        **options,
    )


class ReachForm(forms.Form):
    """E-mail, telephone and quiet hours; an empty address is a channel that is not used."""

    email = forms.CharField(
        label=_("E-mail nhận tin báo"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Để trống nếu không muốn nhận qua e-mail."),
    )
    phone = forms.CharField(
        label=_("Số điện thoại nhận tin nhắn SMS"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("Để trống nếu không muốn nhận tin nhắn."),
    )
    quiet_from = _clock(
        _("Không gửi từ lúc"), help_text=_("Tin đến trong giờ nghỉ được gộp lại, gửi khi hết giờ nghỉ.")
    )
    quiet_to = _clock(_("Đến lúc"))

    @staticmethod
    def of(view: ReachView) -> dict[str, str | time]:
        """Give how somebody is reached as the form's first values."""
        return {
            "email": view.email,
            "phone": view.phone,
            "quiet_from": view.quiet.starts,
            "quiet_to": view.quiet.ends,
        }
