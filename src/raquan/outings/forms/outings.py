"""The shapes of what people type: the plan of an outing, the filters of the list, a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.kernel.dates import format_date
from raquan.outings.queries import PlanOptions, SiteView
from raquan.outings.rules import AIM_NAMES, LANGUAGE_NAMES, SITE_KIND_NAMES, STATE_NAMES, Aim
from raquan.ui.forms import DATES, Choices, choose, clock, day, named, tick_by_group

NEW_SITE = "new"


class PlanForm(forms.Form):
    """The one page on which an officer plans an outing; what can be chosen is given by the view."""

    held_on = day(_("Ngày"))
    starts_at = clock(_("Bắt đầu lúc"), missing=_("Hãy ghi giờ bắt đầu."), help_text=_("Ví dụ 07:30"))
    ends_at = clock(_("Kết thúc lúc"), missing=_("Hãy ghi giờ kết thúc."), help_text=_("Ví dụ 11:00"))
    site = forms.ChoiceField(
        label=_("Địa điểm"),
        error_messages={"required": _("Hãy chọn địa điểm."), "invalid_choice": _("Hãy chọn địa điểm trong danh sách.")},
    )
    new_site_name = forms.CharField(label=_("Tên địa điểm mới"), max_length=200, required=False)
    new_site_kind = forms.ChoiceField(label=_("Loại địa điểm"), choices=named(SITE_KIND_NAMES), required=False)
    new_site_place = forms.ChoiceField(label=_("Xã, phường, thị trấn"), required=False)
    leader = forms.ChoiceField(
        label=_("Tổ trưởng"),
        error_messages={
            "required": _("Hãy chọn tổ trưởng."),
            "invalid_choice": _("Hãy chọn tổ trưởng trong danh sách."),
        },
    )
    helpers = forms.MultipleChoiceField(label=_("Người cùng đi"), widget=forms.CheckboxSelectMultiple, required=False)
    aim = forms.ChoiceField(
        label=_("Mục đích"), choices=named(AIM_NAMES), widget=forms.RadioSelect, initial=Aim.HANDS_ON.value
    )
    language = forms.ChoiceField(label=_("Ngôn ngữ chính"), choices=named(LANGUAGE_NAMES), initial="vi")
    expected_people = forms.IntegerField(
        label=_("Số người dự kiến đến (không bắt buộc)"),
        min_value=0,
        max_value=100_000,
        required=False,
        error_messages={"invalid": _("Hãy ghi một số nguyên.")},
    )
    capacity = forms.IntegerField(
        label=_("Số người đội phục vụ được (không bắt buộc)"),
        min_value=1,
        max_value=100_000,
        required=False,
        error_messages={"invalid": _("Hãy ghi một số nguyên.")},
    )
    task = forms.ChoiceField(label=_("Thuộc nhiệm vụ"), required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: Any = None, *, options: PlanOptions) -> None:
        """Take what can be chosen, and what is chosen before the officer begins."""
        super().__init__(data, initial={"task": str(options.task_id or ""), "held_on": options.held_on})
        none = ("", gettext("Chọn…"))
        choose(self, "site", [none, *options.sites, (NEW_SITE, gettext("Thêm địa điểm mới…"))])
        choose(self, "new_site_place", [none, *options.places])
        choose(self, "leader", [none, *options.people])
        choose(self, "helpers", options.people)
        choose(self, "task", [("", gettext("Không thuộc nhiệm vụ nào")), *options.tasks])
        self.service_groups = tick_by_group(self, options.services)

    def clean(self) -> dict[str, Any]:
        """Gather the services of all groups and ask for a new site's name and place."""
        data: dict[str, Any] = dict(super().clean() or {})
        chosen = [code for name in self.service_groups for code in data.get(name) or ()]
        if not chosen and self.service_groups:
            self.add_error(self.service_groups[0], gettext("Hãy chọn ít nhất một dịch vụ."))
        if data.get("site") == NEW_SITE:
            if not (data.get("new_site_name") or "").strip():
                self.add_error("new_site_name", gettext("Hãy ghi tên địa điểm mới."))
            if not data.get("new_site_place"):
                self.add_error("new_site_place", gettext("Hãy chọn xã, phường, thị trấn."))
        return data | {"service_codes": chosen}

    def chosen_site(self) -> UUID | None:
        """Give the chosen site, or None when a new one is to be added."""
        chosen = self.cleaned_data["site"]
        return None if chosen == NEW_SITE else UUID(chosen)

    def new_site(self) -> dict[str, Any]:
        """Give the new site as arguments of `commands.add_site`."""
        data = self.cleaned_data
        return {
            "name": data["new_site_name"],
            "kind": data["new_site_kind"],
            "place_code": data["new_site_place"],
        }

    def plan(self) -> dict[str, Any]:
        """Give the plan as arguments of `commands.plan_outing`; the leader stands first in the team."""
        data = self.cleaned_data
        same = ("request_id", "held_on", "starts_at", "ends_at", "aim", "language", "expected_people", "capacity")
        return {name: data[name] for name in same} | {
            "task_id": UUID(data["task"]) if data["task"] else None,
            "service_codes": data["service_codes"],
            "team": [UUID(one) for one in (data["leader"], *data["helpers"])],
        }


class FilterForm(forms.Form):
    """The filters of the list, as they stand in the address; a wrong one is as if it were absent."""

    state = forms.ChoiceField(label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(STATE_NAMES)], required=False)
    on_from = forms.DateField(
        label=_("Từ ngày"), input_formats=DATES, widget=forms.DateInput(format="%d/%m/%Y"), required=False
    )
    on_to = forms.DateField(
        label=_("Đến ngày"), input_formats=DATES, widget=forms.DateInput(format="%d/%m/%Y"), required=False
    )
    place = forms.ChoiceField(label=_("Xã, phường, thị trấn"), required=False)

    def __init__(self, data: Any = None, *, places: Choices, today: date) -> None:
        """Take the places that can be chosen; an address without days or state means from today on."""
        said = {"state", "on_from", "on_to"} & set(data or ())
        super().__init__(data if said else {**{name: data[name] for name in data or ()}, "on_from": format_date(today)})
        self.is_plain = not {"state", "on_from", "on_to", "place"} & set(data or ())
        self.today = today
        choose(self, "place", [("", gettext("Tất cả")), *places])

    def wanted(self) -> dict[str, Any]:
        """Give the filters as arguments of `queries.outings`."""
        self.full_clean()
        seen = self.cleaned_data
        return {
            "state": seen.get("state") or "",
            "place_code": seen.get("place") or "",
            "on_from": seen.get("on_from"),
            "on_to": seen.get("on_to"),
        }

    def order(self) -> str:
        """Give the order of the list where the address asks for none: what is past, latest first."""
        on_from, on_to = self.cleaned_data.get("on_from"), self.cleaned_data.get("on_to")
        return "-held_on" if on_from is None and on_to is not None and on_to < self.today else ""

    def is_filtering(self) -> bool:
        """Tell whether anything but "from today on" was asked for."""
        return not self.is_plain


class TeamForm(forms.Form):
    """Who goes out instead of whom, and why."""

    leader = forms.ChoiceField(
        label=_("Tổ trưởng"),
        error_messages={
            "required": _("Hãy chọn tổ trưởng."),
            "invalid_choice": _("Hãy chọn tổ trưởng trong danh sách."),
        },
    )
    helpers = forms.MultipleChoiceField(label=_("Người cùng đi"), widget=forms.CheckboxSelectMultiple, required=False)
    reason = forms.CharField(label=_("Lý do đổi (không bắt buộc)"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, team: Sequence[UUID], people: Choices) -> None:
        """Take who is in the team, the leader first, and who may be."""
        now = [str(one) for one in team]
        super().__init__(data, initial={"leader": now[0] if now else "", "helpers": now[1:]})
        choose(self, "leader", [("", gettext("Chọn…")), *people])
        choose(self, "helpers", people)

    def change(self) -> dict[str, Any]:
        """Give the change as arguments of `commands.change_team`."""
        data = self.cleaned_data
        return {"team": [UUID(one) for one in (data["leader"], *data["helpers"])], "reason": data["reason"]}


class CheckInForm(forms.Form):
    """The code of an outing, and who came when it is not who says so."""

    code = forms.CharField(
        label=_("Mã của buổi"),
        max_length=20,
        help_text=_("Ví dụ CMG-7K2Q, in trên phiếu của buổi."),
        error_messages={"required": _("Hãy ghi mã của buổi.")},
    )
    user = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def arrival(self) -> dict[str, Any]:
        """Give what was typed as arguments of `commands.check_in`."""
        return {"outing_code": self.cleaned_data["code"], "user_id": self.cleaned_data["user"]}


class SiteForm(forms.Form):
    """A site as it truly is."""

    name = forms.CharField(
        label=_("Tên địa điểm"), max_length=200, error_messages={"required": _("Hãy ghi tên địa điểm.")}
    )
    kind = forms.ChoiceField(label=_("Loại địa điểm"), choices=named(SITE_KIND_NAMES))
    address = forms.CharField(label=_("Địa chỉ, cách tìm đến"), max_length=300, required=False)
    lat = forms.FloatField(label=_("Vĩ độ (không bắt buộc)"), required=False, help_text=_("Ví dụ 12.8254"))
    lon = forms.FloatField(label=_("Kinh độ (không bắt buộc)"), required=False, help_text=_("Ví dụ 108.0895"))

    @staticmethod
    def of(site: SiteView) -> dict[str, Any]:
        """Give a site as the form's first values."""
        return {"name": site.name, "kind": site.kind, "address": site.address, "lat": site.lat, "lon": site.lon}


class EndSiteForm(forms.Form):
    """The last day of a site, and why it ends."""

    on = day(_("Ngày cuối cùng dùng địa điểm"))
    reason = forms.CharField(
        label=_("Lý do ngừng dùng"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")}
    )


class ReasonForm(forms.Form):
    """Why an outing is called off."""

    reason = forms.CharField(
        label=_("Lý do hủy"),
        max_length=300,
        error_messages={"required": _("Hãy ghi lý do hủy.")},
        help_text=_("Người dân sẽ đọc được lý do này."),
    )
