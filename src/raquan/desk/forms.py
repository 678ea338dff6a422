"""What is typed on the desk's own pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.people.rules import read_names

LARGEST_LIST = 200_000


class AppUsersForm(forms.Form):
    """Names for a unit, pasted or in a file; `units` are (id, name) pairs, "" for every unit."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    names = forms.CharField(
        label=_("Tên người dùng máy"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi tên một dòng. Chép được từ Excel: cột đầu là tên."),
    )
    file = forms.FileField(
        label=_("Hoặc tệp CSV"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("Cột đầu là tên; từ Excel, lưu dạng “CSV UTF-8”."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, files)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(units)
        field.required = all(key for key, _name in units)

    def clean_file(self) -> str:
        """Read the file as text."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(_("Tệp quá lớn cho một danh sách tên."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Không đọc được tệp. Hãy lưu lại dạng “CSV UTF-8”.")) from None

    def wanted(self) -> tuple[tuple[str, ...], UUID | None]:
        """Give the names, those of the file after the pasted ones, and the unit."""
        names = (*read_names(self.cleaned_data["names"]), *read_names(self.cleaned_data.get("file") or ""))
        unit = self.cleaned_data["unit"]
        return names, UUID(unit) if unit else None
