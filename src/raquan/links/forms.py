"""The shapes of what officers type of short links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.links.rules import CHANNEL_NAMES, LONGEST_TARGET
from raquan.ui.forms import Choices, choose, day, named


class TellingForm(forms.Form):
    """What can be changed of a link later too."""

    label = forms.CharField(
        label=_("Dùng để làm gì"), help_text=_("Ví dụ: Áp phích ở chợ Ea Tul, buổi ngày 10/10."), max_length=200
    )
    target = forms.CharField(
        label=_("Mở trang nào"),
        help_text=_("Một trang công khai của hệ thống này, hoặc địa chỉ bắt đầu bằng https://."),
        max_length=LONGEST_TARGET,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    ends_on = day(_("Dùng đến hết ngày (để trống nếu chưa biết)"), required=False)


class LinkForm(TellingForm):
    """A new link."""

    channel = forms.ChoiceField(label=_("Đặt ở kênh nào"), choices=named(CHANNEL_NAMES))
    unit = forms.ChoiceField(label=_("Của đơn vị"))
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("label", "channel", "target", "unit", "ends_on", "request_id")

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units of the officer."""
        super().__init__(*args, **kwargs)
        choose(self, "unit", units)


class ChangeForm(TellingForm):
    """A link as it is changed; `seen` is the edition that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StepForm(forms.Form):
    """A step of a link, from the edition that was seen."""

    step = forms.CharField(max_length=20)
    seen = forms.IntegerField(min_value=0)


class FilterForm(forms.Form):
    """What is looked for in the list."""

    q = forms.CharField(label=_("Chữ trong tên"), required=False, max_length=100)
    channel = forms.ChoiceField(label=_("Kênh"), choices=[("", _("Tất cả")), *named(CHANNEL_NAMES)], required=False)


class SpanForm(forms.Form):
    """Between which days, by which channel visits are counted."""

    since = day(_("Từ ngày"), required=False)
    until = day(_("Đến hết ngày"), required=False)
    channel = forms.ChoiceField(label=_("Kênh"), choices=[("", _("Tất cả")), *named(CHANNEL_NAMES)], required=False)
