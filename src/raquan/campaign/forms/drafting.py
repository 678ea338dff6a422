"""The shape of a draft's task as the office types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.campaign.commands import DraftTaskTold
from raquan.campaign.queries import DraftTaskPage
from raquan.kernel.dates import format_date
from raquan.ui.forms import day

LINES = forms.Textarea(attrs={"rows": 3})


class DraftTaskForm(forms.Form):
    """A task, or a heading that tasks stand under."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    after = forms.UUIDField(widget=forms.HiddenInput, required=False)
    path = forms.CharField(label=_("Số thứ tự"), max_length=60, required=False)
    title = forms.CharField(
        label=_("Nội dung"), widget=LINES, error_messages={"required": _("Hãy ghi nội dung của nhiệm vụ.")}
    )
    is_section = forms.BooleanField(label=_("Đây là tên nhóm nhiệm vụ"), required=False)
    lead_units = forms.CharField(
        label=_("Chủ trì"), help_text=_("Mỗi dòng một đơn vị."), widget=LINES, required=False, max_length=5000
    )
    cooperating_units = forms.CharField(
        label=_("Phối hợp"), help_text=_("Mỗi dòng một đơn vị."), widget=LINES, required=False, max_length=5000
    )
    starts_on = day(_("Bắt đầu ngày"), required=False)
    due_on = day(_("Xong trước hoặc trong ngày"), required=False)
    time_as_written = forms.CharField(label=_("Thời gian như văn bản viết"), max_length=500, required=False)
    deliverable = forms.CharField(label=_("Sản phẩm"), widget=LINES, required=False, max_length=5000)

    def told(self) -> DraftTaskTold:
        """Give what was typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("edition", "after")}
        for name in ("lead_units", "cooperating_units"):
            said[name] = tuple(line.strip() for line in said[name].splitlines() if line.strip())
        return DraftTaskTold(**said)


def draft_task_form(page: DraftTaskPage, data: Any = None, after: str = "") -> DraftTaskForm:
    """Fill the form with a task as it is now."""
    initial: dict[str, Any] = {"edition": page.edition, "after": after}
    if page.task is not None:
        named = ("path", "title", "is_section", "time_as_written", "deliverable")
        initial |= {name: getattr(page.task, name) for name in named}
        days = {"starts_on": page.task.starts_on, "due_on": page.task.due_on}
        initial |= {name: format_date(on) if on else "" for name, on in days.items()}
        initial["lead_units"] = "\n".join(page.lead_units)
        initial["cooperating_units"] = "\n".join(page.cooperating_units)
    return DraftTaskForm(data, initial=initial)
