"""The shapes of what officers type of places, displays and proofs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.displays.commands import SiteTold
from raquan.displays.rules import CLAIM_NAMES, DISPLAY_STATE_NAMES, DOER_NAMES, SITE_KIND_NAMES, Claim, Doer, SiteKind
from raquan.displays.rules.importing import SiteList, read_cells, read_text
from raquan.displays.rules.reporting import REPORT_STATE_NAMES
from raquan.kernel.clock import VIETNAM
from raquan.readings.commands import open_sheets
from raquan.readings.rules import Sheet
from raquan.ui.forms import ApartForm, Choices, choose, clock, day, named


class SiteForm(forms.Form):
    """A place; `seen` is the edition that its page showed."""

    name = forms.CharField(label=_("Tên nơi treo, nơi đăng"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=named(SITE_KIND_NAMES))
    claim = forms.ChoiceField(
        label=_("Bắt buộc hay mời"), choices=named(CLAIM_NAMES), help_text=_("Cửa hàng, siêu thị luôn là nơi được mời.")
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    page_url = forms.CharField(
        label=_("Địa chỉ trang web (nếu là trang)"),
        help_text=_("Máy mở trang này mỗi ngày một lần để tìm ấn phẩm."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    unit = forms.ChoiceField(label=_("Đơn vị phụ trách"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units of the officer; a place that exists keeps its own."""
        super().__init__(*args, **kwargs)
        choose(self, "unit", units)

    def told(self) -> SiteTold:
        """Give what was typed."""
        said = self.cleaned_data
        kind, claim = SiteKind(said["kind"]), Claim(said["claim"])
        return SiteTold(said["name"], kind, claim, said["address"], said["page_url"])


class SitesForm(forms.Form):
    """A list of places, in a file or pasted; what a file says is put among the pasted rows."""

    file = forms.FileField(
        label=_("Tệp Excel hoặc CSV"),
        required=False,
        help_text=_("Cột: tên nơi, loại, bắt buộc hay mời, xã phường, địa chỉ, trang web, đơn vị phụ trách."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
    )
    rows = forms.CharField(
        label=_("Hoặc dán từ Excel, mỗi nơi một dòng"),
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def listed(self) -> SiteList:
        """Read both. Raises what `readings.commands.open_sheets` does."""
        pasted, file = read_text(self.cleaned_data["rows"]), self.cleaned_data["file"]
        if not file:
            return pasted
        read = [read_cells(_texts(sheet)) for sheet in open_sheets(data=file.read(), file_name=file.name)]
        rows = [row for one in (pasted, *read) for row in one.rows]
        return SiteList(tuple(rows), tuple(head for one in (pasted, *read) for head in one.unused))


class EndForm(ApartForm):
    """Why a place is used no more."""

    reason = forms.CharField(label=_("Vì sao không dùng nơi này nữa"), max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AskForm(forms.Form):
    """An artwork for many places."""

    artwork = forms.ChoiceField(label=_("Ấn phẩm đã duyệt"))
    sites = forms.MultipleChoiceField(label=_("Nơi treo, nơi đăng"), widget=forms.CheckboxSelectMultiple)
    starts_on = day(_("Từ ngày"))
    ends_on = day(_("Đến hết ngày"))
    prints = forms.ChoiceField(label=_("Ai in"), choices=named(DOER_NAMES), initial=Doer.UNIT.value)
    pays = forms.ChoiceField(label=_("Ai trả tiền"), choices=named(DOER_NAMES), initial=Doer.UNIT.value)
    removes = forms.ChoiceField(label=_("Ai gỡ xuống"), choices=named(DOER_NAMES), initial=Doer.UNIT.value)

    def __init__(self, *args: Any, artworks: Choices, sites: Choices, **kwargs: Any) -> None:
        """Offer what can be chosen."""
        super().__init__(*args, **kwargs)
        choose(self, "artwork", artworks)
        field = self.fields["sites"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(sites)

    def asked(self) -> dict[str, Any]:
        """Give what was typed, as the command takes it."""
        said = self.cleaned_data
        who = {name: Doer(said[name]) for name in ("prints", "pays", "removes")}
        days = {name: said[name] for name in ("starts_on", "ends_on")}
        return {"artwork_id": UUID(said["artwork"]), "site_ids": [UUID(one) for one in said["sites"]]} | days | who


class StepForm(forms.Form):
    """A step of a display, from the edition that was seen."""

    step = forms.CharField(max_length=20)
    seen = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False, max_length=300)


class PhotoForm(ApartForm):
    """A photo that proves a display; place and time are declared, for what the camera wrote is taken out."""

    photo = forms.FileField(
        label=_("Ảnh"),
        help_text=_("Thấy rõ ấn phẩm và nơi treo. Tránh chụp mặt người."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    place = forms.CharField(label=_("Chụp ở đâu"), max_length=300)
    on = day(_("Ngày chụp"))
    at = clock(_("Giờ chụp"))
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def seen_at(self) -> datetime:
        """Give the moment that was declared."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], VIETNAM)


class WordForm(ApartForm):
    """Somebody's word that a display is there."""

    place = forms.CharField(label=_("Ai nói, treo ở đâu"), max_length=300)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class FilterForm(forms.Form):
    """What is looked for in the list of displays; a code may come as the address that a camera read."""

    q = forms.CharField(
        label=_("Tên nơi, ấn phẩm hoặc mã in trên ấn phẩm"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}),
    )
    state = forms.ChoiceField(
        label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(DISPLAY_STATE_NAMES)], required=False
    )


class ReportFilterForm(forms.Form):
    """What is looked for in the list of reports."""

    state = forms.ChoiceField(
        label=_("Kết quả"), choices=[("", _("Tất cả")), *named(REPORT_STATE_NAMES)], required=False
    )


class MatchForm(forms.Form):
    """Which display a report is of."""

    code = forms.CharField(
        label=_("Mã treo"), help_text=_("In trên trang của ấn phẩm đã treo, ví dụ CMG-7K2QAD"), max_length=60
    )


class SiteFilterForm(forms.Form):
    """What is looked for in the list of places."""

    q = forms.CharField(label=_("Chữ trong tên nơi"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Loại"), choices=[("", _("Tất cả")), *named(SITE_KIND_NAMES)], required=False)


def _texts(sheet: Sheet) -> Iterator[list[str]]:
    """Give the cells of a sheet's rows by column."""
    for row in sheet.rows:
        line: list[str] = []
        for cell in row.cells:
            line += [""] * (cell.start - len(line))
            line.append(cell.text)
        yield line
