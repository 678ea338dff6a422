"""The shape of what visitors ask of the places."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.kernel.dates import NotADate, parse_date
from raquan.places.queries import MOST_HITS
from raquan.places.rules import Level


class DayForm(forms.Form):
    """A day, as 10/10/2023 or 2023-10-10; empty for today."""

    on = forms.CharField(required=False, max_length=40, label=_("Ngày"))

    def clean_on(self) -> date | None:
        """Read the day."""
        text = self.cleaned_data["on"]
        try:
            return parse_date(text) if text else None
        except NotADate as refusal:
            raise forms.ValidationError(_("Hãy viết ngày như 10/10/2023.")) from refusal


class SearchForm(DayForm):
    """What to look for, and where."""

    q = forms.CharField(required=False, max_length=100, label=_("Tên tỉnh, huyện, xã hoặc phường"))
    level = forms.TypedChoiceField(
        required=False,
        label=_("Cấp"),
        choices=[
            (Level.PROVINCE.value, _("Tỉnh")),
            (Level.DISTRICT.value, _("Huyện")),
            (Level.COMMUNE.value, _("Xã")),
        ],
        coerce=Level,
        empty_value=None,
    )
    within = forms.CharField(required=False, max_length=10, empty_value=None, label=_("Trong địa bàn"))
    limit = forms.IntegerField(required=False, min_value=1, max_value=MOST_HITS, label=_("Số kết quả"))


class UnitForm(DayForm):
    """The day to show a unit as on, and the page of the units below it."""

    page = forms.IntegerField(required=False, min_value=1, label=_("Trang"))
