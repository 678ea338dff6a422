"""The shapes of what is asked for: a format, a file, an address."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.exchange.rules import EVENT_NAMES, KIND_NAMES, MAX_URL, Event, ExportKind
from raquan.outreach.rules import CHANNEL_NAMES
from raquan.ui.forms import named

MAX_UPLOAD = 100 * 1024 * 1024


class ExportForm(forms.Form):
    """In which format."""

    kind = forms.ChoiceField(
        label=_("Định dạng"),
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.RadioSelect,
        initial=ExportKind.CSV.value,
    )
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ImportForm(forms.Form):
    """A file, and the form that its rows answer."""

    form = forms.ChoiceField(label=_("Biểu mẫu"))
    file = forms.FileField(
        label=_("Tệp xuất từ ODK Central (CSV, ZIP) hoặc KoboToolbox (CSV, XLSX)"),
        help_text=_("Ở KoboToolbox, khi xuất hãy chọn “XML values and headers”. Nhiều nhất 100 MB."),
        error_messages={"required": _("Hãy chọn tệp."), "empty": _("Tệp này rỗng.")},
    )

    def __init__(self, *args: object, choices: Sequence[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(choices)


class WebhookForm(forms.Form):
    """Where to, and what of."""

    url = forms.CharField(
        label=_("Địa chỉ nhận tin"),
        max_length=MAX_URL,
        help_text=_("Bắt đầu bằng https://. Máy chủ ở địa chỉ ấy nhận tin dạng JSON, có chữ ký."),
        error_messages={"required": _("Hãy ghi địa chỉ.")},
    )
    events = forms.MultipleChoiceField(
        label=_("Báo khi nào"),
        choices=[(event.value, EVENT_NAMES[event]) for event in Event],
        widget=forms.CheckboxSelectMultiple,
        initial=[event.value for event in Event if event is not Event.POST],
        error_messages={"required": _("Hãy chọn ít nhất một loại việc cần báo.")},
    )
    channels = forms.MultipleChoiceField(
        label=_("Tin của kênh nào"),
        help_text=_("Chỉ cần khi báo tin đến giờ: máy ở địa chỉ ấy tự đăng lên kênh."),
        choices=named(CHANNEL_NAMES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
