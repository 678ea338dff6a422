"""The shapes of what an officer gives: a document, then what a line of it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.kernel.dates import format_date
from raquan.readings.commands import LineWanted, UnitWanted
from raquan.readings.queries import LinePage, LineView, UnitView
from raquan.readings.rules import USABLE, USE_NAMES, Part, Use
from raquan.ui.forms import choose, day, named

SPARE = 2  # empty pairs of boxes for further units


class UploadForm(forms.Form):
    """The document of a plan."""

    document = forms.FileField(
        label=_("Văn bản kế hoạch (.docx hoặc .xlsx)"),
        help_text=_("Chữ Unicode. Chưa có gì vào kế hoạch cho đến khi bạn xem lại và xác nhận."),
        error_messages={
            "required": _("Hãy chọn một tệp."),
            "empty": _("Tệp này trống."),
            "missing": _("Hãy chọn một tệp."),
            "invalid": _("Hãy chọn một tệp."),
            "max_length": _("Tên tệp quá dài."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx,.xlsm"}),
        max_length=255,
    )


class LineForm(forms.Form):
    """What a line is: a task with its fields, a group of tasks, a purpose."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    use = forms.ChoiceField(label=_("Dòng này là"), choices=named({one: USE_NAMES[one] for one in USABLE}))
    path = forms.CharField(label=_("Số thứ tự"), max_length=60, required=False)
    title = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    section = forms.ChoiceField(label=_("Thuộc nhóm"), required=False)
    starts_on = day(_("Bắt đầu ngày"), required=False)
    due_on = day(_("Xong trước hoặc trong ngày"), required=False)
    time_as_written = forms.CharField(label=_("Thời gian như văn bản viết"), max_length=500, required=False)
    deliverable = forms.CharField(label=_("Sản phẩm"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, *args: Any, page: LinePage, **options: Any) -> None:
        super().__init__(*args, **options)
        sections = [(one.source, one.title) for one in page.sections]
        choose(self, "section", [("", gettext("(không thuộc nhóm nào)")), *sections])

    def wanted(self, posted: Mapping[str, Any]) -> LineWanted:
        """Say what the officer wants the line to be."""
        said = self.cleaned_data
        return LineWanted(
            use=Use(said["use"]),
            path=said["path"],
            title=said["title"],
            section=said["section"],
            lead_units=tuple(_wanted(posted, Part.LEAD)),
            cooperating_units=tuple(_wanted(posted, Part.COOPERATING)),
            starts_on=said["starts_on"],
            due_on=said["due_on"],
            time_as_written=said["time_as_written"],
            deliverable=said["deliverable"],
        )


def line_initial(line: LineView) -> dict[str, Any]:
    """Give the form what is understood of a line now; what was understood of nothing starts as its text."""
    return {
        "version": line.version,
        "use": line.use.value if line.use in USABLE else Use.TASK.value,
        "path": line.path,
        "title": line.title or line.text,
        "section": line.section,
        "starts_on": format_date(line.starts_on) if line.starts_on else "",
        "due_on": format_date(line.due_on) if line.due_on else "",
        "time_as_written": line.time_as_written,
        "deliverable": line.deliverable,
    }


def typed_again(page: LinePage, posted: Any) -> LineForm:
    """Give the form as it was typed; its next save stands upon the line as it is shown beside it now."""
    copied = posted.copy()
    copied["version"] = str(page.line.version) if page.line else ""
    form = LineForm(copied, page=page)
    form.full_clean()
    return form


def unit_pairs(line: LineView | None, posted: Any = None) -> dict[str, list[tuple[str, str]]]:
    """Give each part's units as pairs of what is written and who it is: those typed, else the line's; some empty."""
    had: dict[Part, Sequence[UnitView]] = {Part.LEAD: (), Part.COOPERATING: ()}
    if line is not None:
        had = {Part.LEAD: line.lead_units, Part.COOPERATING: line.cooperating_units}
    pairs = {
        part.value: list(_typed(posted, part)) if posted else [(one.written, one.organization_name) for one in units]
        for part, units in had.items()
    }
    return {part: [*found, *[("", "")] * SPARE] for part, found in pairs.items()}


def _typed(posted: Any, part: Part) -> Iterator[tuple[str, str]]:
    written, names = posted.getlist(f"{part.value}_written"), posted.getlist(f"{part.value}_organization")
    for at, text in enumerate(written):
        name = names[at].strip() if at < len(names) else ""
        if text.strip() or name:
            yield text.strip() or name, name


def _wanted(posted: Any, part: Part) -> Iterator[UnitWanted]:
    return (UnitWanted(written, name) for written, name in _typed(posted, part))
