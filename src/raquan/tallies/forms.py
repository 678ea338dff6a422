"""A tally sheet as it is typed: laid out like the paper, one number a box."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.catalogue.rules import HOW_NAMES, How
from raquan.kernel.numbers import format_number
from raquan.tallies.queries import TallyRow, TallySheetView
from raquan.tallies.rules import MOST_PEOPLE, TallyKey, TallySource

YES, NO = "yes", "no"
RECORDED = (
    (NO, _("Không, những người này chỉ có trên phiếu")),
    (YES, _("Có, một số hoặc tất cả đã có bản ghi trên điện thoại")),
)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of the sheet with its fields; None where the sheet has no box."""

    row: TallyRow
    boxes: tuple[BoundField | None, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What has been typed so far, added up by way of doing and altogether."""

    by_how: tuple[tuple[str, int], ...]
    total: int


class TallyForm(forms.Form):
    """A blank sheet, or a correction of one that was entered: then with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ChoiceField(choices=[(one.value, one.value) for one in TallySource], widget=forms.HiddenInput)
    recorded_too = forms.ChoiceField(
        label=_("Những người này có được ghi từng người trên điện thoại không?"),
        choices=RECORDED,
        widget=forms.RadioSelect,
        help_text=_("Để không ai bị tính hai lần."),
        error_messages={"required": _("Hãy chọn một câu trả lời.")},
    )
    declared = forms.IntegerField(
        label=_("Tổng cộng ghi trên phiếu"),
        required=False,
        min_value=0,
        help_text=_("Nếu phiếu có ghi, hệ thống so với số vừa nhập."),
    )
    photo = forms.FileField(
        label=_("Ảnh chụp phiếu"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
        help_text=_("Không bắt buộc. Ảnh JPEG hoặc PNG; vị trí chụp được xóa khỏi ảnh."),
    )
    reason = forms.CharField(label=_("Lý do sửa"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")})

    def __init__(self, data: Any = None, files: Any = None, *, sheet: TallySheetView, source: TallySource) -> None:
        self.sheet = sheet
        before = sheet.entries[0] if sheet.entries else None
        initial: dict[str, Any] = {"version": sheet.version, "source": source.value}
        if before is not None:
            initial["recorded_too"] = YES if before.recorded_too else NO
        super().__init__(data, files, initial=initial, auto_id="id_%s")
        if before is None or (data is not None and data.get("version") == "0"):
            del self.fields["reason"]  # a first entry, be it the second one of its kind: the command tells them apart
        for name, key in _boxes(sheet):
            self.fields[name] = forms.IntegerField(
                label=_box_label(sheet, key), required=False, min_value=0, max_value=MOST_PEOPLE
            )
            self.initial[name] = sheet.said.get(key)

    def clean(self) -> dict[str, Any]:
        """Hold the sum of the boxes against the sum on the paper."""
        found: dict[str, Any] = super().clean() or {}
        declared, total = found.get("declared"), self.totals().total
        if declared is not None and declared != total and not self.errors:
            said = {"total": format_number(total), "declared": format_number(declared)}
            text = gettext("Các ô cộng được %(total)s, phiếu ghi %(declared)s. Hãy so lại từng dòng.") % said
            self.add_error("declared", text)
        return found

    def rows(self) -> Iterator[TypedRow]:
        """Give the rows as the paper has them."""
        names = {key: name for name, key in _boxes(self.sheet)}
        for row in self.sheet.rows:
            keys = [TallyKey(row.service_code, row.rung, how.value) for how in How]
            yield TypedRow(row, tuple(self[names[key]] if key in names else None for key in keys))

    def options(self) -> list[BoundField]:
        """Give the fields that stand below the boxes."""
        return [self[name] for name in ("recorded_too", "declared", "photo", "reason") if name in self.fields]

    def totals(self) -> Totals:
        """Add up what can be read of the boxes, right or not elsewhere."""
        cells = self.cells()
        names = [(gettext(name), how.value) for how, name in HOW_NAMES.items()]
        by_how = tuple((name, sum(n for key, n in cells.items() if key.how == how)) for name, how in names)
        return Totals(by_how, sum(cells.values()))

    def cells(self) -> Mapping[TallyKey, int]:
        """Give the numbers typed into the boxes, those that are numbers."""
        if not self.is_bound:
            return self.sheet.said
        typed = {key: str(self.data.get(name, "")).strip() for name, key in _boxes(self.sheet)}
        return {key: int(text) for key, text in typed.items() if text.isascii() and text.isdigit() and len(text) < 5}

    def told(self) -> dict[str, Any]:
        """Give what commands take; call after is_valid()."""
        source = TallySource(self.cleaned_data["source"])
        return {"lines": self.cells(), "recorded_too": self.cleaned_data["recorded_too"] == YES, "source": source}


class IssueForm(forms.Form):
    """How many sheets more; the hidden request id makes a second press do nothing."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    count = forms.IntegerField(label=_("Số phiếu"), min_value=1, max_value=20, initial=1)


class WithdrawForm(forms.Form):
    """Why a sheet counts no more."""

    reason = forms.CharField(label=_("Lý do hủy"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")})


class WorkbookForm(forms.Form):
    """A filled workbook."""

    workbook = forms.FileField(
        label=_("Tệp Excel đã điền"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Hãy chọn tệp.")},
    )


def _boxes(sheet: TallySheetView) -> list[tuple[str, TallyKey]]:
    return [(f"n{position}_{key.how}", key) for position, row in enumerate(sheet.rows) for key in row.keys]


def _box_label(sheet: TallySheetView, key: TallyKey) -> str:
    row = next(one for one in sheet.rows if (one.service_code, one.rung) == (key.service, key.rung))
    return f"{row.service_name}, {row.rung_name}, {gettext(HOW_NAMES[How(key.how)])}"
