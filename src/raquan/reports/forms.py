"""The shape of what a report is built from."""

from django import forms


class BuildForm(forms.Form):
    """Which snapshot; without one the latest."""

    snapshot = forms.UUIDField(required=False)


class PageForm(forms.Form):
    """Which page of the list."""

    page = forms.IntegerField(required=False, min_value=1)
