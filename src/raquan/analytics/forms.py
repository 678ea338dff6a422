"""The shape of what may be asked of a figure, and of a freeze."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.kernel.clock import local_date

FORMATS = [(one, one) for one in ("html", "json", "csv", "xlsx", "svg", "png")]
TODAY = "today"


class FigureForm(forms.Form):
    """The address of a figure: by, snapshot or campaign, where (dimension:key, any number of times), format."""

    by = forms.CharField(required=False)
    snapshot = forms.UUIDField(required=False)
    campaign = forms.UUIDField(required=False)
    format = forms.ChoiceField(choices=FORMATS, required=False)
    key = forms.CharField(required=False, strip=False)
    group = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1)
    map = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Read the filters, each as dimension:key."""
        values: dict[str, Any] = super().clean() or {}
        where = self.data.getlist("where") if hasattr(self.data, "getlist") else []
        if any(":" not in one for one in where):
            raise forms.ValidationError(_("Điều kiện lọc phải có dạng chiều:khóa."))
        values["where"] = [tuple(one.split(":", 1)) for one in where]
        values["map_day"] = self._map_day(values.get("map", ""))
        return values

    def _map_day(self, said: str) -> date | None:
        try:
            return date.fromisoformat(said) if said and said != TODAY else None
        except ValueError as error:
            raise forms.ValidationError(_("Ngày của địa giới phải có dạng 2025-07-01.")) from error

    def wanted(self) -> dict[str, Any]:
        """Give the arguments that queries take; call after is_valid()."""
        return {
            "snapshot_id": self.cleaned_data["snapshot"],
            "campaign_id": self.cleaned_data["campaign"],
            "filters": self.cleaned_data["where"],
        }

    def shape(self) -> str:
        """Give the format of the file that is wanted; "" for the page."""
        wanted: str = self.cleaned_data["format"]
        return "" if wanted == "html" else wanted

    def number(self) -> int:
        """Give the page's number, from 1."""
        return self.cleaned_data["page"] or 1

    def map_on(self, now: datetime) -> date | None:
        """Give the day whose map places are led to; None for the map of the day of the event."""
        day: date | None = local_date(now) if self.cleaned_data["map"] == TODAY else self.cleaned_data["map_day"]
        return day


class FreezeForm(forms.Form):
    """Freeze what is there now, with a note on why; the hidden request id makes a second press do nothing."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: chốt để làm báo cáo nhanh ngày 10/10."),
    )


class CompareForm(forms.Form):
    """A comparison of two snapshots: of all measures, or of one by a dimension."""

    measure = forms.CharField(required=False)
    by = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1)

    def wanted(self) -> tuple[str, str, int]:
        """Give the measure ("" for all), the dimension and the page."""
        return self.cleaned_data["measure"], self.cleaned_data["by"] or "commune", self.cleaned_data["page"] or 1
