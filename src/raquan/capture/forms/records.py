"""The filters of the list of records."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.capture.queries import AssistFilter, RecordChoices
from raquan.capture.rules import DECISIONS, MAX_COMMENT, ReviewState
from raquan.kernel.dates import NotADate, parse_date


class DayField(forms.DateField):
    """A day as Vietnamese readers type it (5/10/2023), or as links carry it (2023-10-05)."""

    def to_python(self, value: Any) -> Any:
        """Read the day."""
        if not isinstance(value, str) or not value.strip():
            return None
        try:
            return parse_date(value)
        except NotADate as refused:
            raise forms.ValidationError(refused.text(gettext)) from refused


class RecordFilterForm(forms.Form):
    """Day, commune, service, review state, outing and help desk; what is wrong is said and does not narrow the list."""

    on = DayField(label=_("Ngày"), required=False, widget=forms.DateInput(format="%d/%m/%Y"))
    place = forms.ChoiceField(label=_("Xã, phường, thị trấn"), required=False)
    service = forms.ChoiceField(label=_("Dịch vụ"), required=False)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False)
    outing = forms.UUIDField(required=False, widget=forms.HiddenInput)
    desk = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, choices: RecordChoices) -> None:
        super().__init__(data, auto_id="filter_%s")
        self._offer("place", choices.places)
        self._offer("service", choices.services)
        self._offer("state", choices.review_states)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", gettext("Tất cả")), *choices]

    def wanted(self) -> AssistFilter:
        """Give the filter that the valid fields ask for."""
        self.is_valid()
        found = self.cleaned_data
        return AssistFilter(
            on=found.get("on"),
            place_code=found.get("place", ""),
            service_code=found.get("service", ""),
            review_state=found.get("state", ""),
            outing_id=found.get("outing"),
            help_desk_id=found.get("desk"),
        )

    @property
    def is_narrowing(self) -> bool:
        """Tell whether the list is narrowed at all."""
        return self.wanted() != AssistFilter()


class CommentForm(forms.Form):
    """What somebody has to say about a record."""

    body = forms.CharField(
        label=_("Ý kiến"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi ý kiến.")},
        help_text=_("Ai xem được bản ghi này cũng đọc được ý kiến."),
    )
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class DecisionForm(CommentForm):
    """A decision on a record; who leaves it out of the figures or doubts it says why."""

    state = forms.ChoiceField(choices=[(one.value, one.value) for one in {s for to in DECISIONS.values() for s in to}])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["body"].required = self.data.get("state") != ReviewState.APPROVED

    def decision(self) -> ReviewState:
        """Give the state that was chosen."""
        return ReviewState(self.cleaned_data["state"])
