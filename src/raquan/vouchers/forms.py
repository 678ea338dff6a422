"""The shapes of what enterprises and officers type about vouchers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.ui.forms import ApartForm, WholeNumber, choose, day, named
from raquan.vouchers.rules import MOST_QUOTA, REASON_NAMES, RUN_STATE_NAMES, Reason, RunTerms

MOST_PRINTED = 1000
"""So many codes are made at once: each takes a signature, a QR code and 9 KB of a page."""


class Amount(WholeNumber):
    """A whole number from 1 as people write it: 1.500; empty is None."""

    def __init__(self, **options: Any) -> None:
        """Take as many digits as a quota has."""
        super().__init__(**{"max_length": 12} | options)

    def check_bounds(self, found: int) -> None:
        """Refuse what no quota can be."""
        if not 1 <= found <= MOST_QUOTA:
            raise forms.ValidationError(_("Hãy ghi số từ 1 đến 100.000."))


class RunForm(forms.Form):
    """What a run is made with."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    offer = forms.ChoiceField(label=_("Ưu đãi đang đăng"))
    title = forms.CharField(
        label=_("Tên đợt phiếu"), help_text=_("Quầy và khách đọc tên này, ví dụ: Phiếu 50.000 đồng."), max_length=200
    )
    title_en = forms.CharField(label=_("Tên bằng tiếng Anh (nếu có)"), required=False, max_length=200)
    starts_on = day(_("Từ ngày"))
    ends_on = day(_("Đến hết ngày"))
    quota = Amount(label=_("Số phiếu"), required=True)
    per_card = Amount(
        label=_("Mỗi thẻ đồng hành dùng nhiều nhất (bỏ trống: không giới hạn)"),
        help_text=_("Chỉ tính những lượt mà quầy có quét thẻ."),
    )
    per_counter_day = Amount(label=_("Mỗi quầy mỗi ngày nhiều nhất (bỏ trống: không giới hạn)"))
    lease_most = Amount(
        label=_("Mỗi quầy được giữ cùng lúc nhiều nhất"),
        help_text=_("Quầy dùng được chừng ấy phiếu khi mất mạng."),
        required=True,
    )
    lease_hours = Amount(
        label=_("Quầy giữ phiếu trong mấy giờ"), help_text=_("Hết giờ thì quầy phải có mạng để xin lại."), required=True
    )
    settle_hours = Amount(
        label=_("Sau đó còn nhận lượt gửi về trong mấy giờ"),
        help_text=_("Lượt gửi về muộn hơn không được tính, và doanh nghiệp tự chịu."),
        required=True,
    )

    def __init__(self, *args: Any, offers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the published offers of the officer's enterprises."""
        super().__init__(*args, **kwargs)
        choose(self, "offer", offers)

    def terms(self) -> RunTerms:
        """Give what was typed."""
        return RunTerms(**{name: self.cleaned_data[name] for name in RunTerms.__slots__})

    def offer_id(self) -> UUID:
        """Give which offer was chosen."""
        return UUID(self.cleaned_data["offer"])


def run_initial(usual: RunTerms) -> dict[str, Any]:
    """Give what the form of a new run begins with: days and hours, no number of vouchers."""
    return {
        name: getattr(usual, name) for name in ("starts_on", "ends_on", "lease_most", "lease_hours", "settle_hours")
    }


class StepForm(forms.Form):
    """A step of a run: which, from which edition, and why."""

    step = forms.CharField(max_length=20)
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=500)
    seen = forms.IntegerField(min_value=0)


class FilterForm(forms.Form):
    """What is looked for in the list of runs."""

    state = forms.ChoiceField(
        label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(RUN_STATE_NAMES)], required=False
    )


class RedemptionFilterForm(forms.Form):
    """What is looked for in the list of redemptions."""

    state = forms.ChoiceField(
        label=_("Kết quả"),
        choices=[
            ("", _("Tất cả")),
            ("counted", _("Được tính")),
            ("reversed", _("Đã hoàn lượt")),
            ("refused", _("Không được tính, mọi lý do")),
            *named({one: name for one, name in REASON_NAMES.items() if one is not Reason.NONE}),
        ],
        required=False,
    )
    run = forms.UUIDField(widget=forms.HiddenInput, required=False)
    counter = forms.UUIDField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m-%d"])


class PrintForm(ApartForm):
    """Which of a run's vouchers are printed."""

    first = Amount(label=_("Từ phiếu số"), required=True)
    last = Amount(label=_("Đến phiếu số"), required=True)

    def clean(self) -> dict[str, Any]:
        """Refuse what is reversed or too much at once."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and not first <= last < first + MOST_PRINTED:
            self.add_error("last", _("Mỗi lần in từ 1 đến 1.000 phiếu, số sau lớn hơn số trước."))
        return said


class EnrolForm(ApartForm):
    """For which enterprise a phone becomes a counter."""

    organization = forms.ChoiceField(label=_("Doanh nghiệp"))

    def __init__(self, *args: Any, organizations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the enterprises of the officer."""
        super().__init__(*args, **kwargs)
        choose(self, "organization", organizations)


class WithdrawForm(ApartForm):
    """Why a counter is withdrawn."""

    reason = forms.CharField(label=_("Lý do thu hồi"), max_length=300)
