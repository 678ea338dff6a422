"""What the style guide shows: a form in every state and rows as the campaign has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.kernel.dates import format_date, parse_date
from raquan.kernel.paging import Page
from raquan.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value, as charts take them."""

    label: str
    value: int
    href: str = ""


COMMUNES: Sequence[Row] = (
    Row("Thị trấn Ea Pốk", 1284, "#records"),
    Row("Xã Cư Dliê M’nông", 967, "#records"),
    Row("Xã Ea H’đing", 742),
    Row("Xã Quảng Hiệp", 518),
    Row("Xã Ea M’Droh", 301),
    Row("Xã Ea Kiết", 0),
)
DAYS: Sequence[Row] = tuple(
    Row(f"{day:02d}/9", value)
    for day, value in enumerate((120, 164, 98, 210, 342, 388, 290, 305, 411, 476, 530, 502, 617, 688), start=16)
)
MOMENT = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
LETTERS = (
    ("Tiếng Việt", "Ăn quả nhớ kẻ trồng cây: ẩn, ẵm, ặc, ễnh, ộp, ỡm, ữ, ỵ"),
    ("Ê Đê", "Aê Diê, ƀuôn, Čư Mgar, ñu, jơ̆k, kơ̆ŏ, ĕlâo, hŭi, mơ̆ng, êđei"),
    ("M’Nông", "Bŭnuih, ŭch, mpơ̆l, nê̆, jô̆, rĭ, ƀon, ntĭt"),
    (_("Số và tiền"), "0123456789 · 1.234.567,89 · 1.500.000 ₫ · 12,5% · ≤ ≥ ½"),
)
TONES = (
    (_("Chưa bắt đầu"), "neutral"),
    (_("Đang mở"), "good"),
    (_("Chờ duyệt"), "waiting"),
    (_("Quá hạn 3 ngày"), "bad"),
    (_("Cần đọc"), "info"),
    (_("Đã đóng"), "ended"),
)


class OutingSample(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Tên buổi ra quân"), help_text=_("Ngắn, người dân đọc là hiểu."), max_length=80)
    held_on = forms.CharField(label=_("Ngày"), help_text=_("Ví dụ: 10/10/2023"))
    place = forms.ChoiceField(
        label=_("Xã, phường"),
        choices=[("", _("Chọn xã")), ("24490", "Thị trấn Ea Pốk"), ("24502", "Xã Cư Dliê M’nông")],
    )
    aim = forms.ChoiceField(
        label=_("Mục đích"),
        choices=[("awareness", _("Phổ biến")), ("hands_on", _("Cầm tay chỉ việc"))],
        widget=forms.RadioSelect,
    )
    services = forms.MultipleChoiceField(
        label=_("Dịch vụ"),
        choices=[
            ("dvc", _("Dịch vụ công trực tuyến")),
            ("pay", _("Thanh toán không dùng tiền mặt")),
            ("shop", _("Thương mại điện tử")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    heads = forms.IntegerField(label=_("Số người dự kiến"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=_("Đã thống nhất với Ủy ban nhân dân xã"))

    def clean_held_on(self) -> str:
        """Refuse what is no day, in the kernel's words."""
        try:
            return format_date(parse_date(self.cleaned_data["held_on"]))
        except Refused as refused:
            raise forms.ValidationError(refused.text(gettext)) from refused


def forms_in_every_state() -> dict[str, OutingSample]:
    """Give the sample form empty, filled, refused, and as filters over a list."""
    filled = {
        "name": "Hỗ trợ bà con nộp hồ sơ trực tuyến", "held_on": "05/10/2023", "place": "24490", "aim": "hands_on",
        "services": ["dvc", "pay"], "heads": "45", "note": "Mang theo máy phát điện.", "agreed": "on",
    }  # fmt: skip
    return {
        "empty": OutingSample(auto_id="empty_%s"),
        "filled": OutingSample(filled, auto_id="filled_%s"),
        "filters": OutingSample(auto_id="filter_%s"),
        "refused": OutingSample({"name": "Ra quân", "held_on": "32/13/2023", "heads": "nhiều"}, auto_id="refused_%s"),
    }


def page() -> Page[Row]:
    """Give a page from the middle of a list."""
    return Page(items=COMMUNES, number=2, size=6, total=184)
