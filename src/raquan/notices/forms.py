"""The shape of how a person says they want to be reached."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.notices.queries import ReachView
from raquan.notices.rules import LONGEST_ENDPOINT
from raquan.ui.forms import clock


class BrowserForm(forms.Form):
    """What a browser's PushSubscription says of itself; the page's script fills it in."""

    endpoint = forms.CharField(max_length=LONGEST_ENDPOINT)
    p256dh = forms.CharField(max_length=88)
    auth = forms.CharField(max_length=24)


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
    quiet_from = clock(_("Không gửi từ lúc"), help_text=_("Tin đến trong giờ nghỉ được gộp lại, gửi khi hết giờ nghỉ."))
    quiet_to = clock(_("Đến lúc"))

    @staticmethod
    def of(view: ReachView) -> dict[str, str | time]:
        """Give how somebody is reached as the form's first values."""
        return {
            "email": view.email,
            "phone": view.phone,
            "quiet_from": view.quiet.starts,
            "quiet_to": view.quiet.ends,
        }
