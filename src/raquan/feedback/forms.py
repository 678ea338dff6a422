"""The shapes of what villagers and officers type."""

import secrets
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from raquan.feedback.rules import LONGEST_TEXT, MOOD_NAMES, TICKET_SECONDS, TOPIC_NAMES, is_token
from raquan.ui.forms import named

SALT = "raquan.feedback.ticket"


def new_ticket() -> str:
    """Make what a form carries: a private address for what will be sent, signed with the moment."""
    return signing.dumps(secrets.token_urlsafe(16), salt=SALT)


class FeedbackForm(forms.Form):
    """Three taps, and words for who has some."""

    mood = forms.ChoiceField(
        label=_("Bà con thấy thế nào?"), choices=named(MOOD_NAMES), widget=forms.RadioSelect, required=False
    )
    topics = forms.MultipleChoiceField(
        label=_("Vì sao? (có thể bỏ qua)"),
        choices=named(TOPIC_NAMES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(
        label=_("Bà con muốn nói hoặc hỏi gì? (có thể bỏ qua)"),
        help_text=_("Đừng viết số căn cước, mật khẩu, mã OTP hay tên người khác."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    wants_answer = forms.BooleanField(label=_("Tôi muốn được trả lời"), required=False)
    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    ticket = forms.CharField(widget=forms.HiddenInput)
    # No person sees it; what fills in every field does.
    website = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_ticket(self) -> str:
        """Give the private address that the form was opened with."""
        try:
            token = signing.loads(self.cleaned_data["ticket"], salt=SALT, max_age=TICKET_SECONDS)
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


class WordsForm(forms.Form):
    """Words of either side; `seen` is how many words the page showed."""

    text = forms.CharField(
        label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1000)


class AnswerForm(WordsForm):
    """What the unit answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say whose words they are."""
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Trả lời, ký tên đơn vị")


class HandOverForm(forms.Form):
    """Who shall answer instead."""

    organization = forms.CharField(
        label=_("Chuyển cho đơn vị"),
        help_text=_("Gõ tên hoặc tên viết tắt, không cần dấu. Ví dụ: Sở TT&TT, UBND huyện Cư M’gar."),
        max_length=200,
    )


class CloseForm(forms.Form):
    """Why nothing is answered."""

    reason = forms.CharField(label=_("Vì sao khép lại (người gửi đọc được)"), max_length=300, required=False)
