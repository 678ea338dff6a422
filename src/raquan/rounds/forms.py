"""The shapes of what people type about rounds and reports."""

import re
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.kernel.clock import VIETNAM
from raquan.people.rules import Level
from raquan.rounds.rules import STATE_NAMES, Every, RuleShape, State
from raquan.ui.forms import day

AREA = forms.Textarea(attrs={"rows": 5})
MOST_SIGNS = 5000
WEEKDAYS = (
    _("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"),
)  # fmt: skip


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
        choices=[("", _("Tất cả")), ("behind", _("Quá hạn chưa nộp"))]
        + [(one.value, STATE_NAMES[one]) for one in State if one is not State.REPLACED],
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
    due_at = forms.TimeField(
        label=_("Hạn nộp, giờ của ngày cuối kỳ"), error_messages={"invalid": _("Hãy viết giờ như 17:00.")}
    )
    grace_minutes = forms.IntegerField(label=_("Số phút châm chước sau hạn"), min_value=0, max_value=1440, initial=0)

    def shape(self) -> RuleShape:
        """Give the rule as typed."""
        said = self.cleaned_data
        return RuleShape(Every(said["every"]), said["first_on"], said["last_on"], said["due_at"], said["weekday"])


def _is_edition(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9]{1,9}", text) is not None
