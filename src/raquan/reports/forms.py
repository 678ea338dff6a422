"""The shape of what a report is built from."""

from django import forms

from raquan.people.rules import Level
from raquan.rounds.queries import BehindFilter
from raquan.rounds.rules import Kind


class BuildForm(forms.Form):
    """Which snapshot; without one the latest."""

    snapshot = forms.UUIDField(required=False)


class PageForm(forms.Form):
    """Which page of the list."""

    page = forms.IntegerField(required=False, min_value=1)


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
