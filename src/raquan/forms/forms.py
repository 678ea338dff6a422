"""The shapes of what people upload and confirm on the pages of forms."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.forms.queries import MediaView


class UploadForm(forms.Form):
    """A form as a file."""

    file = forms.FileField(
        label=_("Tệp biểu mẫu"),
        help_text=_("XLSForm (.xlsx, .xls) hoặc XForm (.xml), nhiều nhất 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xml"}),
        error_messages={"required": _("Hãy chọn tệp."), "empty": _("Tệp này không có gì bên trong.")},
    )


class MediaForm(forms.Form):
    """A media file, and which of the names in the form it is for."""

    name = forms.ChoiceField(label=_("Cho tệp nào của biểu mẫu"), error_messages={"required": _("Hãy chọn một mục.")})
    file = forms.FileField(
        label=_("Tệp trên máy"),
        help_text=_("Nhiều nhất 50 MB; mọi điện thoại đều phải tải tệp này."),
        error_messages={"required": _("Hãy chọn tệp."), "empty": _("Tệp này không có gì bên trong.")},
    )

    def __init__(self, *args: object, media: Sequence[MediaView], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        missing = gettext("còn thiếu")
        field.choices = [(one.name, one.name if one.exists else f"{one.name} ({missing})") for one in media]
        field.initial = next((one.name for one in media if not one.exists), None)


class PublishForm(forms.Form):
    """That a draft is to be published: which one was seen, and that its warnings were read."""

    md5 = forms.CharField(widget=forms.HiddenInput, max_length=32)
    confirmed = forms.BooleanField(
        label=_("Tôi đã đọc các cảnh báo và vẫn đưa biểu mẫu vào dùng"),
        required=False,
    )


class StateForm(forms.Form):
    """The state that a form is to be put into."""

    state = forms.ChoiceField(choices=[("published", ""), ("closing", ""), ("closed", "")])


class AudienceForm(forms.Form):
    """An organization that a form is given to or taken back from."""

    organization = forms.UUIDField(required=False)
    give = forms.BooleanField(required=False)
