"""The shapes of what the office types about plans, indicators and targets."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.campaign.commands import Frame, IndicatorTold
from raquan.campaign.queries import FrameView, IndicatorView
from raquan.kernel.numbers import parse_integer
from raquan.kernel.refused import Refused
from raquan.ui.forms import ApartForm, Choices, choose, day

LINES = forms.Textarea(attrs={"rows": 4})


class ReasonForm(ApartForm):
    """Why something is done."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, error_messages={"required": _("Hãy ghi lý do.")})


class SignedForm(forms.Form):
    """The number and day with which a plan was signed."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, error_messages={"required": _("Hãy ghi số.")})
    issued_on = day(_("Ngày ban hành"))


class HeadForm(forms.Form):
    """A plan's number, day and title as the signed paper has them."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False)
    issued_on = day(_("Ngày ban hành"), required=False)
    title = forms.CharField(
        label=_("Tên kế hoạch"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi tên kế hoạch.")},
    )
    reason = forms.CharField(
        label=_("Lý do sửa"), help_text=_("Bắt buộc khi kế hoạch đang thực hiện."), required=False, max_length=1000
    )


class YearForm(ApartForm):
    """The year that is started, and its days."""

    year = forms.IntegerField(
        label=_("Năm của chiến dịch"),
        min_value=2000,
        max_value=2200,
        error_messages={"required": _("Hãy ghi năm."), "invalid": _("Hãy viết năm như 2024.")},
    )
    starts_on = day(_("Bắt đầu ngày"))
    ends_on = day(_("Kết thúc ngày"))
    day_on = day(_("Ngày Chuyển đổi số quốc gia"))


class FrameForm(forms.Form):
    """What stands around a plan's tasks."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    theme = forms.CharField(label=_("Chủ đề quốc gia"), required=False, max_length=500)
    theme_province = forms.CharField(label=_("Chủ đề của tỉnh"), required=False, max_length=500)
    day_on = day(_("Ngày Chuyển đổi số quốc gia"))
    province_day_name = forms.CharField(label=_("Tên ngày của tỉnh"), required=False, max_length=200)
    province_day_on = day(_("Ngày của tỉnh"), required=False)
    starts_on = day(_("Bắt đầu ngày"))
    ends_on = day(_("Kết thúc ngày"))
    slogans = forms.CharField(
        label=_("Khẩu hiệu"), help_text=_("Mỗi dòng một khẩu hiệu."), required=False, max_length=5000, widget=LINES
    )
    programmes = forms.CharField(
        label=_("Chương trình, kế hoạch cấp trên mà kế hoạch này phục vụ"),
        help_text=_("Mỗi dòng một chương trình, ghi cả số hiệu."),
        required=False,
        max_length=5000,
        widget=LINES,
    )
    sub_plans_need_approval = forms.BooleanField(
        label=_("Kế hoạch của đơn vị phải được cơ quan thường trực duyệt"), required=False
    )
    reason = forms.CharField(
        label=_("Lý do sửa"), help_text=_("Bắt buộc khi kế hoạch đang thực hiện."), required=False, max_length=1000
    )

    def frame(self) -> Frame:
        """Give what was typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("edition", "reason")}
        for name in ("slogans", "programmes"):
            said[name] = tuple(line.strip() for line in said[name].splitlines() if line.strip())
        return Frame(**said)


def frame_form(view: FrameView, data: Any = None) -> FrameForm:
    """Fill the form with what stands there."""
    initial = {name: getattr(view, name) for name in FrameForm.base_fields if hasattr(view, name)}
    initial |= {name: "\n".join(getattr(view, name)) for name in ("slogans", "programmes")}
    return FrameForm(data, initial=initial)


class IndicatorForm(forms.Form):
    """An indicator; without a rung nothing counts it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    name = forms.CharField(label=_("Tên chỉ tiêu"), max_length=500, error_messages={"required": _("Hãy ghi tên.")})
    rung = forms.ChoiceField(label=_("Bậc được tính"), required=False)
    denominator = forms.CharField(label=_("Mẫu số"), required=False, max_length=30)
    denominator_name = forms.CharField(label=_("Mẫu số đếm cái gì"), required=False, max_length=300)
    denominator_source = forms.CharField(label=_("Nguồn của mẫu số"), required=False, max_length=300)
    denominator_on = day(_("Ngày của số liệu"), required=False)
    reason = forms.CharField(
        label=_("Lý do"), help_text=_("Bắt buộc khi kế hoạch đang thực hiện."), required=False, max_length=1000
    )

    def __init__(self, *args: Any, rungs: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "rung", [("", str(_("Không đếm được, đơn vị tự ghi"))), *rungs])

    def clean_denominator(self) -> int | None:
        """Read the number as people write it."""
        text = self.cleaned_data["denominator"]
        try:
            return parse_integer(text) if text else None
        except Refused as refused:
            raise forms.ValidationError(refused.text()) from None

    def told(self) -> IndicatorTold:
        """Give what was typed."""
        said = self.cleaned_data
        group, _mark, rung = said["rung"].partition(":")
        named = {name: said[name] for name in said if name.startswith("denominator")}
        return IndicatorTold(name=said["name"], group_code=group, rung_code=rung, **named)


class NewIndicatorForm(IndicatorForm):
    """An indicator under one of the plan's objectives."""

    objective = forms.ChoiceField(label=_("Thuộc mục đích"), error_messages={"required": _("Hãy chọn mục đích.")})
    field_order = ("objective",)

    def __init__(self, *args: Any, objectives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "objective", objectives)


def indicator_form(one: IndicatorView, rungs: Choices, data: Any = None) -> IndicatorForm:
    """Fill the form with an indicator."""
    initial = {name: getattr(one, name) for name in IndicatorForm.base_fields if hasattr(one, name)}
    initial["rung"] = f"{one.group_code}:{one.rung_code}" if one.rung_code else ""
    return IndicatorForm(data, initial=initial, rungs=rungs)


class TargetsForm(ApartForm):
    """Many targets at once."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rows = forms.CharField(
        label=_("Mức giao, mỗi dòng một nơi nhận"),
        help_text=_(
            "Dán từ Excel, hoặc viết “tên; số”. Tên là: Toàn tỉnh, Nhóm đô thị, Nhóm chợ, Nhóm vùng xa, "
            "tên hoặc mã xã, huyện, hoặc tên đơn vị."
        ),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Hãy dán ít nhất một dòng.")},
    )
    reason = forms.CharField(
        label=_("Lý do"), help_text=_("Bắt buộc khi kế hoạch đang thực hiện."), required=False, max_length=1000
    )


class CommuneGroupsForm(forms.Form):
    """The groups of many communes at once."""

    rows = forms.CharField(
        label=_("Nhóm của từng xã, mỗi dòng một xã"),
        help_text=_("Dán từ Excel, hoặc viết “tên hoặc mã xã; nhóm”. Nhóm là: đô thị, chợ, vùng xa."),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Hãy dán ít nhất một dòng.")},
    )
    reason = forms.CharField(
        label=_("Lý do"), help_text=_("Bắt buộc khi kế hoạch đang thực hiện."), required=False, max_length=1000
    )


class EndTargetsForm(forms.Form):
    """Targets that end, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    targets = forms.MultipleChoiceField(
        label=_("Mức giao thôi dùng"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một mức giao.")},
    )
    reason = forms.CharField(label=_("Lý do"), max_length=1000, error_messages={"required": _("Hãy ghi lý do.")})

    def __init__(self, data: Any = None, *, one: IndicatorView) -> None:
        """Offer the indicator's own targets."""
        super().__init__(data, initial={"version": one.version}, auto_id="end_%s")
        named = [
            (f"{it.scope.value}:{it.key}", gettext(it.name) if it.scope.value in ("all", "group") else it.name)
            for it in one.targets
        ]
        choose(self, "targets", named)
