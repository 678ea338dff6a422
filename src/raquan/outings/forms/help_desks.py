"""The shapes of what people type about help desks: where, when in the week, which days closed."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.kernel.dates import format_time
from raquan.outings.forms.outings import DATES, SERVICES_PREFIX, choose, named
from raquan.outings.queries import HelpDeskView, PlanOptions
from raquan.outings.rules import LANGUAGE_NAMES, WEEKDAY_NAMES, Span, read_spans

DAYS = {f"day_{number}": number for number in WEEKDAY_NAMES}


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=DATES,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"required": _("Hãy ghi ngày."), "invalid": _("Hãy viết ngày như 10/10/2023.")},
    )


class HoursForm(forms.Form):
    """The hours of each day of the week; an empty day is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each day of the week."""
        super().__init__(*args, **kwargs)
        for name, number in DAYS.items():
            self.fields[name] = forms.CharField(label=_(WEEKDAY_NAMES[number]), max_length=80, required=False)
        self.day_names = list(DAYS)

    @staticmethod
    def of(view: HelpDeskView) -> dict[str, str]:
        """Give a desk's hours as the form's first values."""
        return {
            name: ", ".join(
                f"{format_time(one.opens_at)}-{format_time(one.closes_at)}"
                for one in view.spans
                if one.weekday == number
            )
            for name, number in DAYS.items()
        }

    def clean(self) -> dict[str, Any]:
        """Read the hours of each day."""
        data: dict[str, Any] = dict(super().clean() or {})
        found: list[Span] = []
        for name, number in DAYS.items():
            try:
                found += read_spans(number, data.pop(name, ""))
            except ValueError:
                self.add_error(name, gettext("Hãy viết giờ như 07:30-11:00, 13:30-16:30."))
        return data | {"hours": found}


class HelpDeskForm(HoursForm):
    """A new help desk; what can be chosen is given by the view."""

    site = forms.ChoiceField(label=_("Địa điểm"), error_messages={"required": _("Hãy chọn địa điểm.")})
    valid_from = _day(_("Mở từ ngày"))
    valid_to = _day(_("Đến hết ngày (để trống nếu chưa biết)"), required=False)
    language = forms.ChoiceField(label=_("Ngôn ngữ chính"), choices=named(LANGUAGE_NAMES), initial="vi")
    capacity = forms.IntegerField(
        label=_("Số người phục vụ được mỗi ngày (không bắt buộc)"), min_value=1, max_value=100_000, required=False
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: Any = None, *, options: PlanOptions, today: date) -> None:
        """Take what can be chosen."""
        super().__init__(data, initial={"valid_from": today})
        choose(self, "site", [("", gettext("Chọn…")), *options.sites])
        for group in options.services:
            self.fields[SERVICES_PREFIX + group.code] = forms.MultipleChoiceField(
                label=group.name, choices=group.services, widget=forms.CheckboxSelectMultiple, required=False
            )
        self.service_groups = [SERVICES_PREFIX + group.code for group in options.services]

    def desk(self) -> dict[str, Any]:
        """Give what was typed as arguments of `commands.set_up_help_desk`."""
        data = self.cleaned_data
        same = ("request_id", "hours", "valid_from", "valid_to", "language", "capacity")
        return {name: data[name] for name in same} | {
            "site_id": UUID(data["site"]),
            "service_codes": [code for name in self.service_groups for code in data.get(name) or ()],
        }


class ClosureForm(forms.Form):
    """Days on which a desk is closed, and why."""

    first_on = _day(_("Nghỉ từ ngày"))
    last_on = _day(_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do nghỉ"), max_length=300, help_text=_("Người dân sẽ đọc được lý do này."))


class EndDeskForm(forms.Form):
    """The last day of a desk, and why it ends."""

    on = _day(_("Ngày cuối cùng mở"))
    reason = forms.CharField(label=_("Lý do ngừng"), max_length=300, help_text=_("Người dân sẽ đọc được lý do này."))
