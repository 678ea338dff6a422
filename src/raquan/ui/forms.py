"""What the forms of several rooms share: how days are written, choices given by the view, the number of a page."""

import re
from collections.abc import Collection, Sequence
from datetime import time
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.kernel.numbers import parse_integer
from raquan.kernel.refused import Refused
from raquan.kernel.text import normalize

Choices = Sequence[tuple[str, str]]

DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class ApartForm(forms.Form):
    """A form that stands beside others on a page: the ids of its fields begin with its own name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what a form takes."""
        super().__init__(*args, **({"auto_id": f"{type(self).__name__.lower()}_%s"} | options))


class WholeNumber(forms.CharField):
    """A whole number as people write it: 1.500.000; empty is None."""

    def __init__(self, **options: Any) -> None:
        """Take digits on a phone's keyboard of digits."""
        usual: dict[str, Any] = {"required": False, "max_length": 30}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **usual | options)

    def clean(self, value: Any) -> Any:
        """Give the number; say what is wrong with what is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_integer(text)
        except Refused as refused:
            raise forms.ValidationError(refused.text(gettext)) from refused
        self.check_bounds(found)
        return found

    def check_bounds(self, found: int) -> None:
        """Refuse a number that is out of bounds."""
        if found < 0:
            raise forms.ValidationError(_("Hãy ghi số từ 0 trở lên."))


class Group(Protocol):
    """Choices that stand together under a name."""

    @property
    def code(self) -> str:
        """What the group is known by."""

    @property
    def name(self) -> str:
        """What the group is called in the reader's language."""

    @property
    def services(self) -> Collection[tuple[str, str]]:
        """What can be ticked."""


def day(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """Give a field for a day as people write it: 10/10/2023."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=DATES,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"required": _("Hãy ghi ngày."), "invalid": _("Hãy viết ngày như 10/10/2023.")},
        **options,
    )


class HourField(forms.TimeField):
    """An hour as people write it: 17:00, 17h, 17h00, 17 giờ 30."""

    def to_python(self, value: Any) -> time | None:
        """Read it; a number alone is no hour."""
        if isinstance(value, str):
            value = _MINUTES.sub("", _HOUR.sub(":", normalize(value).lower(), count=1))
        return super().to_python(value)


_HOUR = re.compile(r"\s*(?:giờ|[hg:.])\s*")
_MINUTES = re.compile(r"\s*(?:phút|ph?)$")


def clock(label: Any, *, required: bool = True, missing: Any = "", **options: Any) -> HourField:
    """Give a field for an hour as people write it; `missing` is said where there is none."""
    return HourField(
        label=label,
        required=required,
        input_formats=["%H:%M", "%H:", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M"),
        error_messages={"required": missing or _("Hãy ghi giờ."), "invalid": _("Hãy viết giờ như 7:30 hoặc 7h30.")},
        **options,
    )


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field what can be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
    field.choices = list(choices)


def tick_by_group(form: forms.Form, groups: Sequence[Group]) -> list[str]:
    """Add check boxes for each group of services to a form; give the names of the fields."""
    names = []
    for group in groups:
        names.append(name := f"services_{group.code}")
        form.fields[name] = forms.MultipleChoiceField(
            label=group.name, choices=list(group.services), widget=forms.CheckboxSelectMultiple, required=False
        )
    return names


def named(names: Any) -> list[tuple[str, Any]]:
    """Turn a table of names into choices, translated when they are shown."""
    return [(key.value if hasattr(key, "value") else key, _(text)) for key, text in names.items()]


def page_number(address: Any) -> int:
    """Read which page of a list an address asks for; anything strange is the first."""
    number = address.get("page", "")
    return max(1, int(number)) if number.isdecimal() and len(number) < 8 else 1
