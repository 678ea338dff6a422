"""The shape of what may be asked of a board."""

from typing import Any

from django import forms


class BoardForm(forms.Form):
    """The address of a board: of what, of which year, and what its reader has already."""

    of = forms.CharField(required=False, max_length=60)
    year = forms.IntegerField(required=False, min_value=2000, max_value=2200)
    seen = forms.CharField(required=False, max_length=200)
    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1)

    def wanted(self) -> dict[str, Any]:
        """Give what was asked; what cannot be read is not asked for."""
        self.is_valid()
        found = self.cleaned_data
        return {
            "of": found.get("of") or "",
            "year": found.get("year"),
            "seen": found.get("seen") or "",
            "text": found.get("q") or "",
            "page": found.get("page") or 1,
        }
