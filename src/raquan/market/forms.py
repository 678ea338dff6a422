"""The shapes of what enterprises and officers type."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.market.rules import (
    FORM_NAMES,
    OFFER_STATE_NAMES,
    REDEEM_NAMES,
    Draft,
    Particulars,
    PromotionForm,
    Redeem,
    is_tax_code,
)
from raquan.ui.forms import WholeNumber, choose, day, named
from raquan.ui.open_forms import OpenForm

MOST_FILE = 5 * 1024 * 1024


class ParticularsForm(forms.Form):
    """What an enterprise tells of itself."""

    name = forms.CharField(label=_("Tên doanh nghiệp, hợp tác xã hoặc hộ kinh doanh"), max_length=200)
    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=20)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300)
    contact_name = forms.CharField(label=_("Người liên hệ"), max_length=200)
    contact_login = forms.CharField(
        label=_("Số điện thoại hoặc e-mail của người liên hệ"),
        help_text=_("Dùng để gọi lại, và để đăng nhập khi được chấp nhận."),
        max_length=254,
    )
    home_page = forms.URLField(label=_("Trang web (nếu có)"), required=False, max_length=200, assume_scheme="https")
    about = forms.CharField(
        label=_("Muốn mang ưu đãi gì đến chiến dịch? (có thể bỏ qua)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def clean_tax_code(self) -> str:
        """Refuse what has not the shape of a tax code."""
        code = "".join(self.cleaned_data["tax_code"].split())
        if not is_tax_code(code):
            raise forms.ValidationError(_("Mã số thuế có 10 số, 10 số và 3 số của chi nhánh, hoặc 12 số."))
        return code

    def told(self) -> Particulars:
        """Give what was typed."""
        return Particulars(**{name: self.cleaned_data[name] for name in Particulars.__slots__})


class RegistrationForm(ParticularsForm, OpenForm):
    """The same, sent by anybody."""

    salt = "raquan.market.registration"


class AgainForm(ParticularsForm):
    """The same, sent again after it was returned; `seen` is the edition that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30000)


class OfferForm(forms.Form):
    """An offer. Service and enterprise are chosen from what the view gives."""

    organization = forms.ChoiceField(label=_("Doanh nghiệp"))
    title = forms.CharField(label=_("Tên ưu đãi"), max_length=200)
    form = forms.ChoiceField(label=_("Hình thức khuyến mại"), choices=named(FORM_NAMES))
    starts_on = day(_("Từ ngày"))
    ends_on = day(_("Đến hết ngày"))
    services = forms.MultipleChoiceField(
        label=_("Cho dịch vụ nào"), widget=forms.CheckboxSelectMultiple, required=False
    )
    places = forms.CharField(
        label=_("Ở xã, phường, huyện nào (cách nhau bằng dấu phẩy; để trống là cả tỉnh)"),
        required=False,
        max_length=1000,
    )
    percent = WholeNumber(label=_("Giảm bao nhiêu phần trăm giá trước đó"))
    unit_price = WholeNumber(label=_("Giá một đơn vị trước khuyến mại (đồng)"))
    unit_value = WholeNumber(label=_("Giá trị tặng cho một đơn vị (đồng)"))
    total_value = WholeNumber(label=_("Tổng giá trị khuyến mại (đồng)"))
    days_before = WholeNumber(label=_("Số ngày đã giảm giá trong năm, trước đợt này"))
    is_concentrated = forms.BooleanField(label=_("Thuộc chương trình khuyến mại tập trung"), required=False)
    programme = forms.CharField(label=_("Tên và quyết định của chương trình tập trung"), required=False, max_length=300)
    notice_number = forms.CharField(label=_("Số thông báo hoặc xác nhận"), required=False, max_length=60)
    notice_on = day(_("Ngày thông báo hoặc xác nhận"), required=False)
    redeem = forms.ChoiceField(label=_("Nhận ưu đãi ở đâu"), choices=named(REDEEM_NAMES))
    link = forms.CharField(label=_("Địa chỉ trang"), required=False, max_length=500)
    where = forms.CharField(label=_("Địa chỉ quầy"), required=False, max_length=500)
    how_to_use = forms.CharField(
        label=_("Cách dùng"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )
    terms = forms.CharField(
        label=_("Thể lệ, điều kiện"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=5000
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        organizations: Sequence[tuple[str, str]],
        services: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer what can be chosen."""
        super().__init__(*args, **kwargs)
        choose(self, "organization", organizations)
        field = self.fields["services"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(services)

    def clean_percent(self) -> int | None:
        """Refuse more than the whole price."""
        percent: int | None = self.cleaned_data["percent"]
        if percent is not None and percent > 100:
            raise forms.ValidationError(_("Phần trăm từ 0 đến 100."))
        return percent

    def place_names(self) -> list[str]:
        """Give the places as they were typed."""
        return [one.strip() for one in self.cleaned_data.get("places", "").split(",") if one.strip()]

    def draft(self, place_codes: Sequence[str]) -> Draft:
        """Give what was typed, with the places' codes."""
        said = {name: self.cleaned_data[name] for name in Draft.__slots__ if name in self.cleaned_data}
        said |= {"form": PromotionForm(said["form"]), "redeem": Redeem(said["redeem"])}
        return Draft(**said, service_codes=tuple(self.cleaned_data["services"]), place_codes=tuple(place_codes))


def offer_initial(draft: Draft, place_names: Sequence[str]) -> dict[str, Any]:
    """Give what the form shows of an offer as it stands."""
    said = asdict(draft)
    said |= {"form": draft.form.value, "redeem": draft.redeem.value, "services": list(draft.service_codes)}
    return said | {"places": ", ".join(place_names)}


class StepForm(forms.Form):
    """A step of an offer: which, from which edition, and why."""

    step = forms.CharField(max_length=20)
    reason = forms.CharField(
        label=_("Lý do, ý kiến"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=500
    )
    seen = forms.IntegerField(min_value=0)


class DecideForm(forms.Form):
    """What the office says of a registration."""

    reason = forms.CharField(
        label=_("Cần bổ sung gì (doanh nghiệp đọc được)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=500,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class FilterForm(forms.Form):
    """What is looked for in the list of offers."""

    q = forms.CharField(label=_("Tên ưu đãi, doanh nghiệp, mã"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(OFFER_STATE_NAMES)], required=False
    )


class ResultForm(forms.Form):
    """What became of an offer in a month."""

    month = forms.CharField(
        label=_("Tháng (10/2023)"), max_length=7, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    redeemed = WholeNumber(label=_("Lượt dùng"), required=True)
    new_customers = WholeNumber(label=_("Khách hàng mới (nếu biết)"))
    value = WholeNumber(label=_("Giá trị đã ưu đãi, đồng (nếu biết)"))

    def clean_month(self) -> date:
        """Read a month as people write it."""
        month, _slash, year = self.cleaned_data["month"].partition("/")
        try:
            return date(int(year), int(month), 1)
        except ValueError:
            raise forms.ValidationError(_("Hãy viết tháng như 10/2023.")) from None


class ImportForm(forms.Form):
    """An enterprise's workbook of results."""

    organization = forms.ChoiceField(label=_("Doanh nghiệp"))
    file = forms.FileField(
        label=_("Tệp Excel (.xlsx)"),
        help_text=_("Các cột: Mã ưu đãi, Tháng, Lượt dùng; có thể thêm Khách hàng mới, Giá trị."),
    )

    def __init__(self, *args: Any, organizations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the enterprises of the officer."""
        super().__init__(*args, **kwargs)
        choose(self, "organization", organizations)

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE:
            raise forms.ValidationError(_("Tệp quá lớn: nhiều nhất 5 MB."))
        return file
