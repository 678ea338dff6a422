"""The shape of what is typed on the pages of cards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.cards.rules import MOST_SHEETS


class MakeForm(forms.Form):
    """For which unit, and how many sheets; the hidden request id makes a second press do nothing."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    organization_id = forms.ChoiceField(label=_("Đơn vị phát thẻ"))
    sheets = forms.IntegerField(
        label=_("Số tờ"),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=1,
        help_text=_("Mỗi tờ A4 có 10 thẻ, nhiều nhất 30 tờ một lần."),
        error_messages=dict.fromkeys(("min_value", "max_value"), _("Hãy nhập từ 1 đến 30.")),
    )

    def __init__(self, *args: Any, units: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = units if len(units) == 1 else (("", _("Chọn đơn vị")), *units)
        self.fields["organization_id"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField


class VoidForm(forms.Form):
    """Why a batch counts no more."""

    reason = forms.CharField(
        label=_("Lý do hủy"),
        max_length=300,
        help_text=_("Ví dụ: mất cả tập trước khi phát."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
