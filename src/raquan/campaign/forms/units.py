"""The shapes of what a unit types about its sub-plan, its evidence and its progress."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.campaign.commands import Line
from raquan.campaign.queries import IndicatorView, SubPlanPage, TaskPage
from raquan.campaign.rules import SUB_PLAN_STATE_NAMES
from raquan.ui.forms import choose, day, named

EMPTY_LINES = 3
COLUMNS = (
    ("what", _("Việc gì"), 1000),
    ("place", _("Ở đâu"), 300),
    ("period", _("Khi nào"), 200),
    ("who", _("Ai"), 300),
)
_FILE = {
    "required": _("Hãy chọn một tệp."),
    "empty": _("Tệp này trống."),
    "missing": _("Hãy chọn một tệp."),
    "invalid": _("Hãy chọn một tệp."),
    "max_length": _("Tên tệp quá dài."),
}


class SubPlanForm(forms.Form):
    """Title and aims; lines stand in fields of their own, what_0 place_0 …"""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(
        label=_("Tên kế hoạch"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi tên kế hoạch.")},
    )
    aims = forms.CharField(
        label=_("Mục đích, yêu cầu"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, count: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = [int(name[5:]) for name in self.data if name.startswith("what_") and name[5:].isdecimal()]
        self.count = min(max([count + EMPTY_LINES, *(at + 1 for at in sent)]), 100)
        for at in range(self.count):
            for name, label, most in COLUMNS:
                self.fields[f"{name}_{at}"] = forms.CharField(label=label, required=False, max_length=most)

    def rows(self) -> list[list[forms.BoundField]]:
        """Give the fields of each line."""
        return [[self[f"{name}_{at}"] for name, _label, _most in COLUMNS] for at in range(self.count)]

    def lines(self) -> list[Line]:
        """Give the lines as typed."""
        return [
            Line(*(self.cleaned_data[f"{name}_{at}"] for name, _label, _most in COLUMNS)) for at in range(self.count)
        ]


def sub_plan_form(page: SubPlanPage) -> SubPlanForm:
    """Fill the form with what the unit wrote."""
    words = page.words
    initial: dict[str, Any] = {"edition": page.edition}
    if words is not None:
        initial |= {"title": words.title, "aims": words.aims}
        for at, line in enumerate(words.lines):
            initial |= {f"{name}_{at}": getattr(line, name) for name, _label, _most in COLUMNS}
    return SubPlanForm(initial=initial, count=len(words.lines) if words else 0)


class IssueForm(forms.Form):
    """The number and day with which a sub-plan was issued, and the signed file."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, error_messages={"required": _("Hãy ghi số.")})
    issued_on = day(_("Ngày ban hành"))
    document = forms.FileField(label=_("Tệp đã ký"), max_length=255, error_messages=_FILE)


class WordsForm(forms.Form):
    """What somebody says."""

    body = forms.CharField(
        label=_("Nội dung góp ý"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi nội dung.")},
    )


class EditionForm(forms.Form):
    """Which edition was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SearchForm(forms.Form):
    """What is looked for among the tasks."""

    q = forms.CharField(label=_("Tìm trong nhiệm vụ"), required=False, max_length=200)

    def text(self) -> str:
        """Give what is looked for; what is too long is not."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class StateForm(forms.Form):
    """Which sub-plans are listed."""

    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *named(SUB_PLAN_STATE_NAMES)]
    )


class UnitForm(forms.Form):
    """Which of the officer's units it is for."""

    organization = forms.ChoiceField(label=_("Đơn vị"), error_messages={"required": _("Hãy chọn đơn vị.")})

    def __init__(self, *args: Any, page: TaskPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organization", [(str(one.id), one.name) for one in page.units])
        if len(page.units) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.fields["organization"].initial = str(page.units[0].id)


class EvidenceForm(UnitForm):
    """A file with its caption."""

    document = forms.FileField(label=_("Tệp minh chứng"), max_length=255, error_messages=_FILE)
    caption = forms.CharField(
        label=_("Tệp này cho thấy điều gì"), max_length=500, error_messages={"required": _("Hãy ghi chú thích.")}
    )
    is_illustration = forms.BooleanField(label=_("Chỉ để minh họa"), required=False)


class StatementForm(UnitForm):
    """How far a unit has come, in words."""

    body = forms.CharField(
        label=_("Đã làm được gì"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi đã làm được gì.")},
    )
    percent = forms.IntegerField(
        label=_("Ước khoảng bao nhiêu phần trăm (có thể bỏ trống)"), required=False, min_value=0, max_value=100
    )


class TaskIndicatorsForm(forms.Form):
    """Which of the plan's indicators tell how far a task is, and why that is so from now on."""

    indicators = forms.MultipleChoiceField(
        label=_("Chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Không chọn cũng được.")
    )
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=500)

    def __init__(self, *args: Any, listed: Sequence[IndicatorView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "indicators", [(str(one.id), one.name) for one in listed])
