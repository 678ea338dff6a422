"""The shapes of what organizers, enterprises and visitors type."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.exhibitions.commands import CaptionMissing, PhotoConsentMissing, PhotoSaid
from raquan.exhibitions.rules import (
    APPLICATION_STATE_NAMES,
    EXHIBITION_STATE_NAMES,
    OUTCOME_NAMES,
    PHOTO_CONSENT,
    PURPOSE_NAMES,
    ApplicationSaid,
    ExhibitionSaid,
    read_items,
    write_items,
)
from raquan.exhibitions.rules.visiting import LONGEST_WORDS
from raquan.kernel.numbers import parse_decimal
from raquan.kernel.refused import Refused
from raquan.ui.forms import ApartForm, WholeNumber, choose, clock, day, named
from raquan.ui.open_forms import OpenForm


class Metres(forms.CharField):
    """A length in metres as people write it, 2,5; given in whole centimetres."""

    def __init__(self, **options: Any) -> None:
        """Take digits and a comma."""
        super().__init__(max_length=10, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def prepare_value(self, value: Any) -> Any:
        """Write centimetres as metres."""
        return f"{value / 100:g}".replace(".", ",") if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        """Give centimetres; say what is wrong with what is no length."""
        try:
            metres = parse_decimal(super().clean(value))
        except Refused as refused:
            raise forms.ValidationError(refused.text(gettext)) from refused
        if not 0 < metres <= 100:
            raise forms.ValidationError(_("Hãy ghi số mét, ví dụ 3 hoặc 2,5."))
        return round(metres * 100)


class ExhibitionForm(forms.Form):
    """An exhibition's particulars. The unit is chosen from what the view gives."""

    organization = forms.ChoiceField(label=_("Đơn vị tổ chức"))
    name = forms.CharField(label=_("Tên triển lãm"), max_length=200)
    place = forms.CharField(label=_("Ở xã, phường, huyện nào"), max_length=100)
    where = forms.CharField(
        label=_("Địa điểm"), help_text=_("Ví dụ: Quảng trường 10/3, số 1 Phan Chu Trinh"), max_length=300
    )
    starts_on = day(_("Khai mạc ngày"))
    ends_on = day(_("Đến hết ngày"))
    opens_at = clock(_("Mở cửa lúc"))
    closes_at = clock(_("Đóng cửa lúc"))
    apply_until = day(_("Hạn nhận đơn"))
    fields_said = forms.CharField(
        label=_("Lĩnh vực trưng bày, mỗi dòng một lĩnh vực"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    most_booths = WholeNumber(label=_("Mỗi doanh nghiệp nhiều nhất mấy gian"), required=True)
    cell_cm = Metres(label=_("Cạnh một ô của sơ đồ (mét)"))
    post_watts = WholeNumber(label=_("Một trụ điện chịu được bao nhiêu W"), required=True)
    about = forms.CharField(
        label=_("Giới thiệu (có thể bỏ qua)"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organizations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the units of the officer."""
        super().__init__(*args, **kwargs)
        choose(self, "organization", organizations)

    def said(self, place_code: str) -> ExhibitionSaid:
        """Give what was typed, for the place that was recognized."""
        own = set(ExhibitionSaid.__dataclass_fields__) - {"place_code", "fields"}
        lines = tuple(self.cleaned_data["fields_said"].splitlines())
        return ExhibitionSaid(place_code=place_code, fields=lines, **{one: self.cleaned_data[one] for one in own})


def exhibition_initial(said: ExhibitionSaid, place: str) -> dict[str, Any]:
    """Give what an exhibition's form begins with."""
    own = {one: getattr(said, one) for one in ExhibitionSaid.__dataclass_fields__}
    return own | {"place": place, "fields_said": "\n".join(said.fields)}


class PlanForm(forms.Form):
    """The floor as text."""

    plan = forms.CharField(
        label=_("Sơ đồ: mỗi dòng một hàng ô, các ô cách nhau bằng dấu cách"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "data-plan": "", "class": "exhibition-grid"}),
        max_length=20_000,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StartForm(ApartForm):
    """How many booths a plan begins with."""

    booths = forms.IntegerField(label=_("Bao nhiêu gian"), min_value=1, max_value=200)
    a_row = forms.IntegerField(label=_("Mỗi hàng mấy gian"), min_value=2, max_value=40)


class ApplicationForm(forms.Form):
    """An application for a booth. Enterprise and field are chosen from what the view gives."""

    organization = forms.ChoiceField(label=_("Doanh nghiệp"))
    title = forms.CharField(
        label=_("Gian hàng giới thiệu gì"), help_text=_("Một câu ngắn, hiện trên trang công khai."), max_length=200
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"))
    items_said = forms.CharField(
        label=_("Sản phẩm, giải pháp, mỗi dòng một thứ"),
        help_text=_("Viết tên, dấu hai chấm, rồi dùng để làm gì. Ví dụ: Sổ thu chi số: ghi bán hàng bằng điện thoại"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=8000,
    )
    about = forms.CharField(
        label=_("Giới thiệu thêm (có thể bỏ qua)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    link = forms.CharField(label=_("Trang của doanh nghiệp (nếu có)"), required=False, max_length=300)
    width_cm = Metres(label=_("Cần rộng (mét)"))
    depth_cm = Metres(label=_("Cần sâu (mét)"))
    watts = WholeNumber(
        label=_("Cần điện (W)"),
        help_text=_("Máy tính xách tay 65, màn hình lớn 200, nồi điện 1500. Không cần thì ghi 0."),
        required=True,
    )
    tables = WholeNumber(label=_("Số bàn"), required=True)
    wifi = forms.BooleanField(label=_("Cần wifi"), required=False)
    prefers = forms.CharField(label=_("Muốn gian số (nếu có)"), required=False, max_length=10)
    apart = forms.BooleanField(label=_("Không đứng cạnh doanh nghiệp cùng lĩnh vực"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, organizations: Sequence[tuple[str, str]], fields_shown: Sequence[str], **kwargs: Any
    ) -> None:
        """Offer the enterprises of the officer and the fields of the exhibition."""
        super().__init__(*args, **kwargs)
        choose(self, "organization", organizations)
        choose(self, "field", [(one, one) for one in fields_shown])

    def said(self) -> ApplicationSaid:
        """Give what was typed."""
        own = set(ApplicationSaid.__dataclass_fields__) - {"items"}
        items = read_items(self.cleaned_data["items_said"])
        return ApplicationSaid(items=items, **{one: self.cleaned_data[one] for one in own})


def application_initial(said: ApplicationSaid) -> dict[str, Any]:
    """Give what an application's form begins with."""
    own = {one: getattr(said, one) for one in ApplicationSaid.__dataclass_fields__}
    return own | {"items_said": write_items(said.items)}


class StepForm(forms.Form):
    """A step of a life, from the edition that was seen."""

    step = forms.CharField(max_length=30)
    seen = forms.IntegerField(min_value=0)
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=500)


class SeenForm(forms.Form):
    """What is done to the edition that was seen."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class MoveForm(SeenForm):
    """Which booth an application is to have; empty is none."""

    booth = forms.CharField(label=_("Gian"), max_length=10, required=False)


class PhotoForm(ApartForm):
    """A photo of the booth; a browser never keeps a file, so that words and tick are what stays when it is refused."""

    file = forms.FileField(
        label=_("Ảnh"), help_text=_("JPEG hoặc PNG, dưới 12 MB. Vị trí và tên máy được bỏ, ảnh được thu nhỏ.")
    )
    caption = forms.CharField(
        label=_("Chú thích"),
        help_text=_("Trong ảnh có gì; người không nhìn thấy ảnh nghe dòng này. Không ghi tên người dân."),
        max_length=200,
        error_messages={"required": _(CaptionMissing.message)},
    )
    agrees = forms.BooleanField(label=_(PHOTO_CONSENT), error_messages={"required": _(PhotoConsentMissing.message)})

    def said(self) -> PhotoSaid:
        """Give what was typed."""
        return PhotoSaid(self.cleaned_data["caption"], self.cleaned_data["agrees"])


class TakeOffForm(ApartForm):
    """Why a photo is taken off; an enterprise need not say."""

    reason = forms.CharField(label=_("Lý do (doanh nghiệp đọc được)"), max_length=300, required=False)


class DayForm(ApartForm):
    """How many came to a booth on a day."""

    held_on = day(_("Ngày"))
    heads = WholeNumber(label=_("Số khách"), required=True)
    note = forms.CharField(label=_("Ghi chú (có thể bỏ qua)"), required=False, max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class IncidentForm(ApartForm):
    """What went wrong on a day."""

    at = clock(_("Lúc"))
    booth = forms.CharField(label=_("Ở gian (nếu có)"), required=False, max_length=10)
    text = forms.CharField(
        label=_("Việc gì, đã xử lý thế nào"),
        help_text=_("Không ghi tên, số điện thoại của người dân."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class OutcomeForm(SeenForm):
    """What followed from a contact."""

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=named(OUTCOME_NAMES))


class ExhibitionFilter(forms.Form):
    """What is looked for in the list of exhibitions."""

    q = forms.CharField(label=_("Tên triển lãm"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(EXHIBITION_STATE_NAMES)], required=False
    )


class ApplicationFilter(forms.Form):
    """What is looked for in the list of applications."""

    q = forms.CharField(label=_("Doanh nghiệp, sản phẩm"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(APPLICATION_STATE_NAMES)], required=False
    )
    exhibition = forms.CharField(widget=forms.HiddenInput, required=False, max_length=9)


class ContactFilter(forms.Form):
    """Which contacts of an enterprise are looked for."""

    outcome = forms.ChoiceField(
        label=_("Kết quả"),
        choices=[("", _("Tất cả")), ("none", _("Chưa ghi kết quả")), *named(OUTCOME_NAMES)],
        required=False,
    )


class VisitForm(OpenForm):
    """One tap: somebody was at a booth. Nothing of who it is."""

    salt = "raquan.exhibitions.visit"


class ContactForm(OpenForm):
    """What a visitor leaves for one enterprise, with consent that is never ticked beforehand."""

    salt = "raquan.exhibitions.contact"

    purpose = forms.ChoiceField(
        label=_("Bà con muốn doanh nghiệp làm gì?"), choices=named(PURPOSE_NAMES), widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Tên để xưng hô"), max_length=200)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    words = forms.CharField(
        label=_("Nhắn thêm (có thể bỏ qua)"),
        help_text=_("Đừng viết số căn cước, mật khẩu, mã OTP."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_WORDS,
        required=False,
    )
    agrees = forms.BooleanField(required=False)

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        """Say the very words that are agreed to beside the box."""
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = consent
