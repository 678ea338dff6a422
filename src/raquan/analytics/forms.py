"""The shape of what may be asked of a figure, and of a freeze."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FORMATS = [("html", "html"), ("json", "json"), ("csv", "csv")]


class FigureForm(forms.Form):
    """The address of a figure: by, snapshot or campaign, where (dimension:key, any number of times), format."""

    by = forms.CharField(required=False)
    snapshot = forms.UUIDField(required=False)
    campaign = forms.UUIDField(required=False)
    format = forms.ChoiceField(choices=FORMATS, required=False)
    key = forms.CharField(required=False, strip=False)
    group = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Read the filters, each as dimension:key."""
        values: dict[str, Any] = super().clean() or {}
        where = self.data.getlist("where") if hasattr(self.data, "getlist") else []
        if any(":" not in one for one in where):
            raise forms.ValidationError(_("Điều kiện lọc phải có dạng chiều:khóa."))
        values["where"] = [tuple(one.split(":", 1)) for one in where]
        return values

    def wanted(self) -> dict[str, Any]:
        """Give the arguments that queries take; call after is_valid()."""
        return {
            "snapshot_id": self.cleaned_data["snapshot"],
            "campaign_id": self.cleaned_data["campaign"],
            "filters": self.cleaned_data["where"],
        }


class FreezeForm(forms.Form):
    """Freeze what is there now, with a note on why; the hidden request id makes a second press do nothing."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: chốt để làm báo cáo nhanh ngày 10/10."),
    )
