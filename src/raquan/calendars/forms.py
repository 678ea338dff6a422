"""The shapes of what an officer gives: a calendar, then what a row of it is."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.calendars.commands import LineWanted
from raquan.calendars.queries import LinePage
from raquan.kernel.dates import format_date, format_time
from raquan.outings.rules import SITE_KIND_NAMES
from raquan.ui.forms import Choices, choose, clock, day, named, tick_by_group

NEW_SITE = "new"


class UploadForm(forms.Form):
    """A calendar, and the unit whose outings it lists."""

    organization = forms.ChoiceField(
        label=_("Đơn vị"),
        error_messages={"required": _("Hãy chọn đơn vị."), "invalid_choice": _("Hãy chọn đơn vị trong danh sách.")},
    )
    document = forms.FileField(
        label=_("Tệp lịch (.xlsx hoặc .csv)"),
        help_text=_("Chữ Unicode. Chưa có buổi nào được tạo cho đến khi bạn xem lại và nhận."),
        error_messages={
            "required": _("Hãy chọn một tệp."),
            "empty": _("Tệp này trống."),
            "missing": _("Hãy chọn một tệp."),
            "invalid": _("Hãy chọn một tệp."),
            "max_length": _("Tên tệp quá dài."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
        max_length=255,
    )

    def __init__(self, *args: Any, organizations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        many = len(organizations) > 1
        choose(self, "organization", [*([("", gettext("Chọn…"))] if many else []), *organizations])


class LineForm(forms.Form):
    """What a row is."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = day(_("Ngày"))
    starts_at = clock(_("Bắt đầu lúc"))
    ends_at = clock(_("Kết thúc lúc"))
    organization = forms.ChoiceField(label=_("Đơn vị"), error_messages={"required": _("Hãy chọn đơn vị.")})
    site = forms.ChoiceField(label=_("Địa điểm"), error_messages={"required": _("Hãy chọn địa điểm.")})
    new_site_name = forms.CharField(label=_("Tên địa điểm mới"), max_length=200, required=False)
    new_site_kind = forms.ChoiceField(label=_("Loại địa điểm"), choices=named(SITE_KIND_NAMES), required=False)
    new_site_place = forms.ChoiceField(label=_("Xã, phường, thị trấn"), required=False)
    leader = forms.ChoiceField(label=_("Tổ trưởng"), required=False)
    helpers = forms.MultipleChoiceField(label=_("Người cùng đi"), widget=forms.CheckboxSelectMultiple, required=False)
    expected_people = forms.IntegerField(
        label=_("Số người dự kiến đến (không bắt buộc)"),
        min_value=0,
        max_value=100_000,
        required=False,
        error_messages={"invalid": _("Hãy ghi một số nguyên.")},
    )

    def __init__(self, data: Any = None, *, page: LinePage) -> None:
        """Take what can be chosen, and what was understood so far."""
        super().__init__(data, initial=_initial(page))
        options, none = page.options, ("", gettext("Chọn…"))
        choose(self, "organization", [none, *options.organizations])
        choose(self, "site", [*options.sites, (NEW_SITE, gettext("Thêm địa điểm mới…"))])
        choose(self, "new_site_place", [none, *options.places])
        choose(self, "leader", [("", gettext("Chưa có, chọn sau")), *options.people])
        choose(self, "helpers", options.people)
        self.service_groups = tick_by_group(self, options.services)
        for name in self.service_groups:
            self.initial[name] = page.line.service_codes

    def clean(self) -> dict[str, Any]:
        """Ask for at least one service, and for a new site's name and place."""
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

    def wanted(self) -> LineWanted:
        """Say what the officer wants the row to be."""
        said = self.cleaned_data
        is_new = said["site"] == NEW_SITE
        return LineWanted(
            held_on=said["held_on"],
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            organization_id=UUID(said["organization"]),
            place_code=said["new_site_place"] if is_new else "",
            site_id=None if is_new else UUID(said["site"]),
            site_name=said["new_site_name"] if is_new else "",
            site_kind=said["new_site_kind"] if is_new else "",
            team=[UUID(one) for one in (said["leader"], *said["helpers"]) if one] if said["leader"] else [],
            service_codes=said["service_codes"],
            expected_people=said["expected_people"],
        )


def _initial(page: LinePage) -> dict[str, Any]:
    line = page.line
    team = [str(one) for one in line.team]
    return {
        "version": line.version,
        "held_on": format_date(line.held_on) if line.held_on else "",
        "starts_at": format_time(line.starts_at) if line.starts_at else "",
        "ends_at": format_time(line.ends_at) if line.ends_at else "",
        "organization": str(line.organization_id or page.calendar.organization_id),
        "site": str(line.site_id or NEW_SITE),
        "new_site_name": "" if line.site_id else line.site_name,
        "new_site_kind": line.site_kind,
        "new_site_place": line.place_code,
        "leader": team[0] if team else "",
        "helpers": team[1:],
        "expected_people": line.expected_people,
    }
