"""The shapes of what reports are built from, issued with, and checked; of templates."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.people.rules import Level
from raquan.reports.commands import Issue
from raquan.reports.rules import KIND_NAMES
from raquan.reports.rules import Kind as ReportKind
from raquan.rounds.queries import BehindFilter
from raquan.rounds.rules import Kind
from raquan.ui.forms import Choices, choose, day, named

_FILE = {
    "required": _("Hãy chọn một tệp."),
    "empty": _("Tệp này trống."),
    "missing": _("Hãy chọn một tệp."),
    "invalid": _("Hãy chọn một tệp."),
    "max_length": _("Tên tệp quá dài."),
}


class BuildForm(forms.Form):
    """Which snapshot; without one the latest."""

    snapshot = forms.UUIDField(required=False)


class UnitForm(forms.Form):
    """Whose report."""

    organization = forms.ChoiceField(
        label=_("Đơn vị"),
        error_messages={"required": _("Hãy chọn đơn vị."), "invalid_choice": _("Hãy chọn đơn vị trong danh sách.")},
    )

    def __init__(self, *args: Any, organizations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        many = len(organizations) > 1
        choose(self, "organization", [*([("", gettext("Chọn…"))] if many else []), *organizations])

    def unit(self) -> UUID:
        """Give the unit."""
        return UUID(self.cleaned_data["organization"])


class ReportFilterForm(forms.Form):
    """Which of the reports; what makes no sense filters nothing."""

    kind = forms.ChoiceField(label=_("Loại"), required=False)
    q = forms.CharField(label=_("Tên đơn vị có chữ"), required=False, max_length=100)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kind", [("", gettext("Tất cả")), *named(KIND_NAMES)])

    def wanted(self) -> tuple[str, str]:
        """Give what a unit's name is to contain, and the kind."""
        self.is_valid()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("kind", "")


class IssueForm(forms.Form):
    """What the records clerk notes: number and symbol, date, the signed file."""

    number = forms.CharField(
        label=_("Số, ký hiệu"),
        help_text=_("Như trên văn bản đã đóng dấu: 123/BC-UBND."),
        max_length=60,
        error_messages={"required": _("Hãy ghi số, ký hiệu.")},
    )
    issued_on = day(_("Ngày ban hành"))
    signed = forms.FileField(
        label=_("Tệp PDF đã ký"),
        help_text=_("Bản có chữ ký và dấu, hoặc chữ ký số. Hệ thống giữ đúng tệp này, không sửa gì."),
        error_messages=_FILE,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        max_length=255,
    )
    is_public = forms.BooleanField(
        label=_("Công bố tệp này trên cổng thông tin, cùng bảng số liệu đã giấu các số dưới 5"), required=False
    )

    def issue(self) -> Issue:
        """Give what was noted."""
        said = self.cleaned_data
        return Issue(said["number"], said["issued_on"], said["signed"].read(), said["is_public"])


class TemplateForm(forms.Form):
    """A template, and what it is for."""

    kind = forms.ChoiceField(label=_("Dùng cho"))
    document = forms.FileField(
        label=_("Tệp mẫu (.docx)"),
        help_text=_("Chưa đổi mẫu đang dùng: bạn xem kết quả kiểm tra rồi mới dùng."),
        error_messages=_FILE,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        max_length=255,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kind", named(KIND_NAMES))


class UseForm(forms.Form):
    """Which template was seen in use; none is the one that the program brings."""

    instead_of = forms.UUIDField(required=False)


class KindForm(UseForm):
    """Of which kind."""

    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in ReportKind])


class CheckForm(forms.Form):
    """A document to check."""

    document = forms.FileField(
        label=_("Văn bản Word (.docx)"),
        help_text=_("Tệp chỉ được đọc để kiểm tra, không lưu lại."),
        error_messages=_FILE,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        max_length=255,
    )


class LetterForm(forms.Form):
    """To which of the units that are behind; what makes no sense filters nothing."""

    kind = forms.ChoiceField(required=False, choices=[(one.value, one.value) for one in Kind])
    level = forms.ChoiceField(required=False, choices=[(one.value, one.value) for one in Level])
    q = forms.CharField(required=False, max_length=100)

    def wanted(self) -> BehindFilter:
        """Give the filter."""
        self.is_valid()
        said = self.cleaned_data
        return BehindFilter(kind=said.get("kind", ""), level=said.get("level", ""), text=said.get("q", ""))
