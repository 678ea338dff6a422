"""The shapes of what people type about help desks: where, when in the week, which days closed, who is there."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.helpdesks.queries import HelpDeskView
from raquan.helpdesks.rules import WEEKDAY_NAMES, Span, read_spans
from raquan.kernel.dates import format_time
from raquan.outings.queries import PlanOptions
from raquan.outings.rules import LANGUAGE_NAMES
from raquan.ui.forms import ApartForm, Choices, choose, day, named, tick_by_group

DAYS = {f"day_{number}": number for number in WEEKDAY_NAMES}


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
    valid_from = day(_("Mở từ ngày"))
    valid_to = day(_("Đến hết ngày (để trống nếu chưa biết)"), required=False)
    language = forms.ChoiceField(label=_("Ngôn ngữ chính"), choices=named(LANGUAGE_NAMES), initial="vi")
    capacity = forms.IntegerField(
        label=_("Số người phục vụ được mỗi ngày (không bắt buộc)"), min_value=1, max_value=100_000, required=False
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: Any = None, *, options: PlanOptions, today: date) -> None:
        """Take what can be chosen."""
        super().__init__(data, initial={"valid_from": today})
        choose(self, "site", [("", gettext("Chọn…")), *options.sites])
        self.service_groups = tick_by_group(self, options.services)

    def desk(self) -> dict[str, Any]:
        """Give what was typed as arguments of `commands.set_up_help_desk`."""
        data = self.cleaned_data
        same = ("request_id", "hours", "valid_from", "valid_to", "language", "capacity")
        return {name: data[name] for name in same} | {
            "site_id": UUID(data["site"]),
            "service_codes": [code for name in self.service_groups for code in data.get(name) or ()],
        }


class ClosureForm(ApartForm):
    """Days on which a desk is closed, and why."""

    first_on = day(_("Nghỉ từ ngày"))
    last_on = day(_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do nghỉ"), max_length=300, help_text=_("Người dân sẽ đọc được lý do này."))


class EndDeskForm(ApartForm):
    """The last day of a desk, and why it ends."""

    on = day(_("Ngày cuối cùng mở"))
    reason = forms.CharField(label=_("Lý do ngừng"), max_length=300, help_text=_("Người dân sẽ đọc được lý do này."))


class ShiftForm(ApartForm):
    """Who is at a desk, on which days of the week, between which days."""

    user = forms.ChoiceField(
        label=_("Người trực"),
        error_messages={"required": _("Hãy chọn người trực."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Những ngày nào trong tuần"),
        help_text=_("Để trống nếu trực mọi ngày mở cửa."),
        choices=named({str(number): name for number, name in WEEKDAY_NAMES.items()}),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    first_on = day(_("Trực từ ngày"))
    last_on = day(
        _("Đến hết ngày (không bắt buộc)"),
        required=False,
        help_text=_("Chỉ trực một ngày thì ghi ngày ấy ở cả hai ô."),
    )

    def __init__(self, data: Any = None, *, people: Choices, today: date) -> None:
        """Take who may be there."""
        super().__init__(data, initial={"first_on": today})
        choose(self, "user", [("", gettext("Chọn…")), *people])

    def clean(self) -> dict[str, Any]:
        """Give what was chosen as arguments of `commands.put_on_roster`."""
        data: dict[str, Any] = dict(super().clean() or {})
        chosen = data.pop("user", "")
        data["weekdays"] = [int(one) for one in data.get("weekdays", ())]
        return data | ({"user_id": UUID(chosen)} if chosen else {})
