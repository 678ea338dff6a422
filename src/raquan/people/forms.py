"""The shapes of what is typed on the pages of people: signing in, invitations, duties, searching."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.people.queries import PeopleFilter
from raquan.people.rules import LEVEL_NAMES, ROLE_NAMES, Role
from raquan.people.rules.inviting import MOST_ROWS, PersonRow, RowsUnreadable, read_people
from raquan.ui.forms import Choices, choose, day, named


class SignInForm(forms.Form):
    """Login and password; both may be pasted."""

    login = forms.CharField(
        label=_("Số điện thoại hoặc e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """A password, chosen and written twice."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 8 ký tự. Một câu dễ nhớ là tốt nhất."),
    )
    again = forms.CharField(
        label=_("Ghi lại lần nữa"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        data: dict[str, Any] = dict(super().clean() or {})
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", gettext("Hai lần ghi không giống nhau."))
        return data


class DutyForm(forms.Form):
    """A role for an organization between two days; `organizations` are those that the actor manages."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=named(ROLE_NAMES))
    organization = forms.ChoiceField(
        label=_("Đơn vị"), required=False, error_messages={"invalid_choice": _("Hãy chọn trong danh sách.")}
    )
    starts_on = day(_("Từ ngày"))
    ends_on = day(_("Đến hết ngày (để trống nếu chưa biết)"), required=False)

    def __init__(self, data: Any = None, *, organizations: Choices, whole: bool, today: date) -> None:
        """Take what can be chosen; `whole` offers a duty for every organization."""
        super().__init__(data, initial={"starts_on": today})
        first = ("", gettext("Mọi đơn vị")) if whole else ("", gettext("Chọn…"))
        choose(self, "organization", [first, *organizations])
        self.fields["organization"].required = not whole

    def duty(self) -> dict[str, Any]:
        """Give what was typed as arguments of the commands."""
        data = dict(self.cleaned_data)
        written = data.pop("organization")
        return data | {"role": Role(data["role"]), "organization_id": UUID(written) if written else None}


class InviteForm(DutyForm):
    """A person, and the duty that they begin with."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    login = forms.CharField(label=_("Số điện thoại hoặc e-mail để đăng nhập"), max_length=254)
    field_order = ("full_name", "login", "role", "organization", "starts_on", "ends_on")


class InviteManyForm(forms.Form):
    """A list of people, pasted or in a file."""

    rows = forms.CharField(
        label=_("Danh sách"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Mỗi người một dòng: họ và tên; đăng nhập; vai trò; đơn vị; từ ngày; đến ngày. Chép được từ Excel."
        ),
    )
    file = forms.FileField(
        label=_("Hoặc tệp CSV"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("Cùng các cột ấy; từ Excel, lưu dạng “CSV UTF-8”."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the rows of both."""
        data: dict[str, Any] = dict(super().clean() or {})
        found: list[PersonRow] = []
        for name in ("rows", "file"):
            try:
                found += read_people(_text(data.get(name)))
            except UnicodeDecodeError:
                self.add_error(name, gettext("Không đọc được tệp. Hãy lưu lại dạng “CSV UTF-8”."))
            except RowsUnreadable as error:
                said = gettext("Không đọc được dòng %(number)s: cần ít nhất 4 cột, ngày viết như 10/10/2023.")
                self.add_error(name, said % {"number": error.number})
        if not found and not self.errors:
            self.add_error("rows", gettext("Hãy ghi ít nhất một người."))
        if len(found) > MOST_ROWS:
            self.add_error("rows", gettext("Mỗi lần tối đa %(most)s người.") % {"most": MOST_ROWS})
        return data | {"people": found}


class StandInForm(forms.Form):
    """Who does which of one's own duties instead, between which days."""

    duty = forms.ChoiceField(
        label=_("Phân công"),
        error_messages={"required": _("Hãy chọn phân công."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    user = forms.ChoiceField(
        label=_("Người làm thay"),
        error_messages={"required": _("Hãy chọn người."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    starts_on = day(_("Từ ngày"))
    ends_on = day(_("Đến hết ngày"))

    def __init__(self, data: Any = None, *, duties: Choices, people: Choices, today: date) -> None:
        """Take what and who can be chosen."""
        super().__init__(data, initial={"starts_on": today})
        choose(self, "duty", duties)
        choose(self, "user", [("", gettext("Chọn…")), *people])


class EndDutyForm(forms.Form):
    """The last day of a duty."""

    ends_on = day(_("Ngày cuối"))


class SearchForm(forms.Form):
    """What is looked for in the list of people; anything strange is not looked for."""

    q = forms.CharField(label=_("Tên hoặc đăng nhập"), required=False, max_length=80)
    organization = forms.ChoiceField(label=_("Đơn vị"), required=False)
    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[("", _("Mọi vai trò")), *named(ROLE_NAMES)])
    state = forms.ChoiceField(
        label=_("Tài khoản"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("open", _("Đang dùng")),
            ("invited", _("Chưa nhận lời mời")),
            ("closed", _("Đã khóa")),
        ],
    )

    def __init__(self, data: Any, *, organizations: Choices) -> None:
        """Take the organizations that can be chosen."""
        super().__init__(data)
        choose(self, "organization", [("", gettext("Mọi đơn vị")), *organizations])

    def wanted(self) -> PeopleFilter:
        """Give what is looked for."""
        self.full_clean()
        data = self.cleaned_data
        unit = data.get("organization")
        return PeopleFilter(
            text=data.get("q", ""),
            organization_id=UUID(unit) if unit else None,
            role=data.get("role", ""),
            state=data.get("state", ""),
        )


class UnitSearchForm(forms.Form):
    """What is looked for in the list of organizations; anything strange is not looked for."""

    q = forms.CharField(label=_("Tên đơn vị"), required=False, max_length=80)
    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[("", _("Mọi cấp")), *named(LEVEL_NAMES)])

    def wanted(self) -> dict[str, Any]:
        """Give what is looked for as arguments of the query."""
        self.full_clean()
        return {"text": self.cleaned_data.get("q", ""), "level": self.cleaned_data.get("level", "")}


def _text(given: Any) -> str:
    """Give what was pasted, or the file's text. Raises UnicodeDecodeError."""
    if not given:
        return ""
    return given if isinstance(given, str) else str(given.read().decode("utf-8-sig"))
