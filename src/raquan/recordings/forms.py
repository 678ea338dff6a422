"""The shapes of what is typed and sent on the pages of recordings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.recordings.rules import LARGEST


class SpeakForm(forms.Form):
    """A sound, the words it was held against, and the speaker's will."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    text_version = forms.CharField(widget=forms.HiddenInput, max_length=16)
    sound = forms.FileField(
        label=_("Tệp tiếng đã thu"),
        help_text=_("WebM, OGG hoặc M4A, nhiều nhất %(most)s KB, từ 1 đến 180 giây.") % {"most": LARGEST // 1024},
        error_messages={"required": _("Hãy thu tiếng, hoặc chọn một tệp.")},
    )
    speaker_name = forms.CharField(
        label=_("Tên người đọc, hiện trên trang công khai (có thể bỏ trống)"),
        help_text=_("Ghi như người đọc muốn được gọi. Bỏ trống thì trang không nêu tên ai."),
        max_length=100,
        required=False,
    )
    agrees = forms.BooleanField(
        label=_(
            "Người đọc đồng ý cho phát giọng của mình trên trang công khai và trên loa xã, "
            "và biết rằng có thể xin rút bất cứ lúc nào."
        ),
        error_messages={"required": _("Người đọc phải đồng ý thì mới gửi được.")},
    )


class ApproveForm(forms.Form):
    """The words that the listener had before their eyes, and that they have really listened."""

    text_version = forms.CharField(widget=forms.HiddenInput, max_length=16)
    has_heard = forms.BooleanField(
        label=_("Tôi nói được tiếng này, đã nghe hết, lời đọc đúng với chữ, và tôi không phải là người đọc."),
        error_messages={"required": _("Hãy xác nhận bạn nói được tiếng này, đã nghe hết và không phải là người đọc.")},
    )


class ReasonForm(forms.Form):
    """Why a recording goes back, or goes away."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")})
