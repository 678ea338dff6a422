"""The shapes of what villagers and officers type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.feedback.rules import LONGEST_TEXT, MOOD_NAMES, TOPIC_NAMES
from raquan.ui.forms import named
from raquan.ui.open_forms import OpenForm


class FeedbackForm(OpenForm):
    """Three taps, and words for who has some."""

    salt = "raquan.feedback.ticket"

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
