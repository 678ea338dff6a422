"""The shapes of what people type about rounds and reports."""

import re
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.kernel.clock import VIETNAM
from raquan.people.rules import Level
from raquan.rounds.queries import BehindFilter
from raquan.rounds.rules import (
    KIND_NAMES,
    LIGHT_NAMES,
    STATE_NAMES,
    WAITING_NAMES,
    Every,
    Light,
    RuleShape,
    State,
    Waiting,
)
from raquan.ui.forms import DATES, clock, day, named

AREA = forms.Textarea(attrs={"rows": 5})
MOST_SIGNS = 5000
WEEKDAYS = (
    _("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"),
)  # fmt: skip


LEVELS = [
    (Level.PROVINCE.value, _("Tỉnh")),
    (Level.DEPARTMENT.value, _("Sở, ban, ngành")),
    (Level.DISTRICT.value, _("Huyện, thị xã, thành phố")),
    (Level.COMMUNE.value, _("Xã, phường, thị trấn")),
    (Level.ENTERPRISE.value, _("Doanh nghiệp")),
    (Level.UNION.value, _("Đoàn thể")),
]


class TextForm(forms.Form):
    """What a unit tells; all of it may wait until the report is submitted."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    results = forms.CharField(label=_("Kết quả"), required=False, max_length=MOST_SIGNS, widget=AREA)
    limits = forms.CharField(label=_("Hạn chế, vướng mắc"), required=False, max_length=MOST_SIGNS, widget=AREA)
    causes = forms.CharField(label=_("Nguyên nhân"), required=False, max_length=MOST_SIGNS, widget=AREA)
    proposals = forms.CharField(label=_("Đề xuất, kiến nghị"), required=False, max_length=MOST_SIGNS, widget=AREA)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, error_messages={"required": _("Hãy ghi lý do.")})


class ExtendForm(ReasonForm):
    """Until when a unit has time, and why."""

    on = day(_("Đến hết ngày"))

    def due(self) -> datetime:
        """Give the end of the day as a moment."""
        return datetime.combine(self.cleaned_data["on"], time(23, 59), VIETNAM)


class CallForm(forms.Form):
    """What was said in a call; the hidden request id makes a second press do nothing."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    spoke_with = forms.CharField(label=_("Đã nói chuyện với ai"), required=False, max_length=200)
    said = forms.CharField(
        label=_("Trả lời thế nào"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không ai nghe máy cũng ghi lại."),
        error_messages={"required": _("Hãy ghi đơn vị trả lời thế nào; không ai nghe máy thì ghi “không nghe máy”.")},
    )
    again_on = day(_("Gọi lại ngày nào"), required=False, help_text=_("Để trống nếu không cần gọi lại."))
    again_time = clock(_("Gọi lại lúc mấy giờ"), required=False)

    def noted(self) -> dict[str, Any]:
        """Give what the command takes; without an hour one calls again at eight."""
        said = self.cleaned_data
        at = said["again_time"] or time(8)
        again = datetime.combine(said["again_on"], at, VIETNAM) if said["again_on"] else None
        return {name: said[name] for name in ("request_id", "spoke_with", "said")} | {"again_at": again}

    def clean(self) -> dict[str, Any]:
        """Ask for the day where only an hour was given."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("again_time") and not said.get("again_on") and "again_on" not in self.errors:
            self.add_error("again_on", _("Hãy ghi ngày gọi lại."))
        return said


class WaitingForm(forms.Form):
    """Why the reports that are listed wait."""

    only = forms.ChoiceField(label=_("Xem"), required=False, choices=named(WAITING_NAMES))

    def reason(self) -> Waiting:
        """Give the reason; what makes no sense is the first."""
        return Waiting(self.cleaned_data["only"] or Waiting.DUE_TODAY) if self.is_valid() else Waiting.DUE_TODAY


class LightForm(forms.Form):
    """Which tasks are listed."""

    only = forms.ChoiceField(
        label=_("Xem"),
        required=False,
        choices=[("", _("Tất cả nhiệm vụ")), ("late", _("Chậm hoặc quá hạn")), *named(LIGHT_NAMES)],
    )

    def lights(self) -> frozenset[Light]:
        """Give the lights that are wanted; none is all, and so is what makes no sense."""
        only = self.cleaned_data["only"] if self.is_valid() else ""
        return frozenset(one for one in Light if one.value == only or (only == "late" and one.is_late))


class BehindForm(forms.Form):
    """Which units that are behind are listed."""

    kind = forms.ChoiceField(label=_("Chậm việc gì"), required=False, choices=[("", _("Mọi việc")), *named(KIND_NAMES)])
    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[("", _("Mọi cấp")), *LEVELS])
    q = forms.CharField(label=_("Tên đơn vị"), required=False, max_length=100)

    def wanted(self) -> BehindFilter:
        """Give the filter; what makes no sense filters nothing."""
        self.is_valid()
        said = self.cleaned_data
        return BehindFilter(kind=said.get("kind", ""), level=said.get("level", ""), text=said.get("q", ""))


class EditionForm(forms.Form):
    """Which edition of a report was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BulkForm(forms.Form):
    """Which reports are approved at once, each with the edition that the list showed, as `id:edition`."""

    report = forms.MultipleChoiceField(error_messages={"required": _("Hãy chọn ít nhất một báo cáo.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.data.getlist("report") if hasattr(self.data, "getlist") else []
        self.fields["report"].choices = [(one, one) for one in offered if _is_edition(one)]  # type: ignore[attr-defined]

    def editions(self) -> list[tuple[UUID, int]]:
        """Give what was chosen."""
        return [(UUID(one[:36]), int(one[37:])) for one in self.cleaned_data["report"]]


class OnlyForm(forms.Form):
    """Which reports of a round are listed."""

    only = forms.ChoiceField(
        label=_("Xem"),
        required=False,
        choices=[("", _("Tất cả")), ("behind", _("Quá hạn chưa nộp")), ("extended", _("Được gia hạn"))]
        + [(one, name) for one, name in named(STATE_NAMES) if one != State.REPLACED],
    )


class RuleForm(forms.Form):
    """How often units report."""

    every = forms.ChoiceField(
        label=_("Báo cáo"),
        choices=[
            (Every.DAY.value, _("Hằng ngày")),
            (Every.WEEK.value, _("Hằng tuần")),
            (Every.END.value, _("Một lần, cuối chiến dịch")),
        ],
    )
    level = forms.ChoiceField(
        label=_("Đơn vị báo cáo"),
        choices=[
            (Level.COMMUNE.value, _("Các xã, phường, thị trấn")),
            (Level.DISTRICT.value, _("Các huyện, thị xã, thành phố")),
            (Level.DEPARTMENT.value, _("Các sở, ban, ngành")),
        ],
    )
    weekday = forms.TypedChoiceField(
        label=_("Ngày cuối kỳ, khi báo cáo hằng tuần"),
        coerce=int,
        choices=list(enumerate(WEEKDAYS, start=1)),
    )
    first_on = day(_("Từ ngày"))
    last_on = day(_("Đến ngày"))
    due_at = clock(_("Hạn nộp, giờ của ngày cuối kỳ"))
    grace_minutes = forms.IntegerField(label=_("Số phút châm chước sau hạn"), min_value=0, max_value=1440, initial=0)
    skipped = forms.CharField(
        label=_("Những ngày không báo cáo"),
        required=False,
        max_length=1000,
        help_text=_("Ví dụ: 02/09/2023, 03/09/2023. Việc của ngày nghỉ tính vào kỳ sau."),
    )

    def clean_skipped(self) -> frozenset[date]:
        """Read the days, apart by commas or lines."""
        field = forms.DateField(input_formats=DATES)
        try:
            return frozenset(field.clean(one) for one in re.split(r"[\s,;]+", self.cleaned_data["skipped"]) if one)
        except forms.ValidationError as error:
            raise forms.ValidationError(_("Hãy viết mỗi ngày như 02/09/2023, cách nhau bằng dấu phẩy.")) from error

    def shape(self) -> RuleShape:
        """Give the rule as typed."""
        said = self.cleaned_data
        days = said["first_on"], said["last_on"]
        return RuleShape(Every(said["every"]), *days, said["due_at"], said["weekday"], said["skipped"])


def _is_edition(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9]{1,9}", text) is not None
