"""What the forms of several rooms share: how days are written, choices given by the view, the number of a page."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]

DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


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
