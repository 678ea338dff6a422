"""The shapes of what an officer gives: a document, then the year and window of its campaign."""

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.campaign.commands import PlanPreview

DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
_NOT_A_DATE = {"required": _("Hãy ghi ngày."), "invalid": _("Hãy viết ngày như 10/10/2023.")}


class UploadForm(forms.Form):
    """The document of a plan."""

    document = forms.FileField(
        label=_("Văn bản kế hoạch (.docx)"),
        help_text=_("Văn bản Word có chữ Unicode. Văn bản chưa được đưa vào thực hiện cho đến khi bạn xác nhận."),
        error_messages={
            "required": _("Hãy chọn một tệp."),
            "empty": _("Tệp này trống."),
            "missing": _("Hãy chọn một tệp."),
            "invalid": _("Hãy chọn một tệp."),
            "max_length": _("Tên tệp quá dài."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        max_length=255,
    )


class ConfirmForm(forms.Form):
    """A kept document by its SHA-256, with the year and window of its campaign."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    file_name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    campaign_year = forms.IntegerField(
        label=_("Năm của chiến dịch"),
        min_value=2000,
        max_value=2200,
        error_messages={"required": _("Hãy ghi năm."), "invalid": _("Hãy viết năm như 2023.")},
    )
    starts_on = forms.DateField(
        label=_("Bắt đầu ngày"),
        input_formats=DATES,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages=_NOT_A_DATE,
    )
    ends_on = forms.DateField(
        label=_("Kết thúc ngày"),
        input_formats=DATES,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages=_NOT_A_DATE,
    )


def confirm_form(preview: PlanPreview) -> ConfirmForm:
    """Fill the form with what the document says."""
    return ConfirmForm(
        initial={
            "sha256": preview.understood.sha256,
            "file_name": preview.file_name,
            "campaign_year": preview.year,
            "starts_on": preview.starts_on,
            "ends_on": preview.ends_on,
        }
    )
