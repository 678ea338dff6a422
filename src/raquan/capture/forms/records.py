"""The filters of the list of records."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.capture.queries import SearchChoices
from raquan.capture.rules import (
    DECISION_NAMES,
    DECISIONS,
    DELETED,
    MAX_COMMENT,
    MAX_REASON,
    BulkKind,
    RecordFilter,
    ReviewState,
    write_address,
)
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
    """What narrows the search of records; what is wrong is said and does not narrow the list."""

    q = forms.CharField(label=_("Tìm trong câu trả lời"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False)
    service = forms.ChoiceField(label=_("Dịch vụ"), required=False)
    place = forms.ChoiceField(label=_("Xã, phường, thị trấn"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    on_from = DayField(label=_("Từ ngày"), required=False, widget=forms.DateInput(format="%d/%m/%Y"))
    on_to = DayField(label=_("Đến ngày"), required=False, widget=forms.DateInput(format="%d/%m/%Y"))
    form = forms.ChoiceField(label=_("Biểu mẫu"), required=False)
    issue = forms.ChoiceField(label=_("Điều cần xem lại"), required=False)
    helper = forms.CharField(label=_("Người, máy gửi"), required=False, max_length=100)
    source = forms.ChoiceField(label=_("Đến bằng"), required=False)
    outing = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    desk = forms.UUIDField(required=False, widget=forms.HiddenInput)

    FIRST = ("q", "state", "service", "place", "on_from", "on_to")

    def __init__(self, data: Any, *, choices: SearchChoices) -> None:
        super().__init__(data, auto_id="filter_%s")
        self._offer("state", choices.states)
        self._offer("service", choices.services)
        self._offer("place", choices.places)
        self._offer("unit", choices.organizations)
        self._offer("form", choices.forms)
        self._offer("issue", choices.issues)
        self._offer("source", choices.sources)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", gettext("Tất cả")), *choices]

    def wanted(self) -> RecordFilter:
        """Give the filter that the valid fields ask for."""
        self.is_valid()
        found = self.cleaned_data
        state = found.get("state", "")
        return RecordFilter(
            text=found.get("q", ""),
            state="" if state == DELETED else state,
            is_deleted=state == DELETED,
            issue=found.get("issue", ""),
            form_id=found.get("form", ""),
            service_code=found.get("service", ""),
            on_from=found.get("on_from"),
            on_to=found.get("on_to"),
            organization_id=UUID(found["unit"]) if found.get("unit") else None,
            place_code=found.get("place", ""),
            helper=found.get("helper", ""),
            source=found.get("source", ""),
            outing_id=found.get("outing"),
            help_desk_id=found.get("desk"),
        )

    @property
    def address(self) -> str:
        """Give the search as a query string, for pages that do something with what it finds."""
        return urlencode(write_address(self.wanted()))

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Give the filters that are asked for most."""
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Give the other filters."""
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def is_narrowing(self) -> bool:
        """Tell whether the list is narrowed at all."""
        return self.wanted() != RecordFilter()

    @property
    def narrows_more(self) -> bool:
        """Tell whether one of the other filters is set, so that they are shown unfolded."""
        return any(self.data.get(one.name) for one in self.more_fields if not one.is_hidden)


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


class CorrectionForm(forms.Form):
    """Another outing or service for a record, and why."""

    outing = forms.CharField(label=_("Mã buổi ra quân"), required=False, max_length=40)
    service = forms.CharField(label=_("Mã dịch vụ"), required=False, max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=MAX_REASON, error_messages={"required": _("Hãy ghi lý do.")})

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of the two."""
        said = super().clean() or {}
        if not said.get("outing") and not said.get("service"):
            raise forms.ValidationError(gettext("Hãy ghi mã buổi hoặc mã dịch vụ đúng."))
        return said


class DeletionForm(forms.Form):
    """Why a record is deleted."""

    reason = forms.CharField(
        label=_("Lý do xóa"), max_length=MAX_REASON, error_messages={"required": _("Hãy ghi lý do.")}
    )


class BulkForm(forms.Form):
    """What is done to the chosen records, or to all that the search in the address finds."""

    kind = forms.ChoiceField(
        label=_("Làm gì"),
        choices=[
            *((f"review:{state.value}", DECISION_NAMES[state]) for state in DECISION_NAMES),
            ("outing:", _("Chuyển sang buổi khác (ghi mã buổi)")),
            ("service:", _("Chuyển sang dịch vụ khác (ghi mã dịch vụ)")),
            ("delete:", _("Xóa")),
        ],
    )
    target = forms.CharField(label=_("Mã buổi hoặc mã dịch vụ"), required=False, max_length=60)
    reason = forms.CharField(label=_("Ý kiến hoặc lý do, ghi cho mọi bản ghi"), required=False, max_length=MAX_COMMENT)
    everything = forms.BooleanField(required=False)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """Give what the command is to be told; call it on a valid form."""
        kind, _colon, state = self.cleaned_data["kind"].partition(":")
        return {
            "kind": BulkKind(kind),
            "target": state or self.cleaned_data["target"],
            "reason": self.cleaned_data["reason"],
            "request_id": self.cleaned_data["request_id"],
        }
