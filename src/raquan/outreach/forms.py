"""The shapes of what officers type of slogans, the kit, artwork and messages."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.kernel.clock import VIETNAM
from raquan.outreach.commands import KitTexts
from raquan.outreach.queries import KitView, PostView
from raquan.outreach.rules import (
    ARTWORK_STATE_NAMES,
    CHANNEL_NAMES,
    KIND_NAMES,
    LANGUAGES,
    POST_STATE_NAMES,
    Channel,
    Draft,
    PostPlan,
)
from raquan.ui.forms import Choices, choose, clock, day, named

_ANSWERS = [("", _("Chưa rõ")), ("no", _("Không")), ("yes", _("Có"))]
_SAID = {"yes": True, "no": False, "": None}
_LINES = forms.Textarea(attrs={"rows": 2})


class SloganForm(forms.Form):
    """A slogan in its languages."""

    vi = forms.CharField(label=_("Khẩu hiệu"), max_length=300, widget=_LINES)
    rad = forms.CharField(label=_("Bằng tiếng Ê Đê"), max_length=300, required=False, widget=_LINES)
    cmo = forms.CharField(label=_("Bằng tiếng M’Nông"), max_length=300, required=False, widget=_LINES)
    en = forms.CharField(label=_("Bằng tiếng Anh"), max_length=300, required=False, widget=_LINES)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def texts(self) -> dict[str, str]:
        """Give the texts by language."""
        return {code: self.cleaned_data[code] for code in LANGUAGES}


class ReasonForm(forms.Form):
    """Why something is taken out of use, from which edition."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, required=False, widget=_LINES)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class KitForm(forms.Form):
    """The identity kit."""

    shown_name = forms.CharField(label=_("Tên chiến dịch trên ấn phẩm"), max_length=200)
    host = forms.CharField(label=_("Đơn vị chủ trì"), max_length=300)
    doer = forms.CharField(
        label=_("Tên và địa chỉ người thực hiện"),
        help_text=_("Luật Quảng cáo đòi có trên băng rôn, ví dụ: Sở Khoa học và Công nghệ, số nhà, đường, phường."),
        max_length=400,
        required=False,
        widget=_LINES,
    )
    call = forms.CharField(label=_("Lời mời cạnh mã QR"), max_length=200, required=False)
    ground = forms.CharField(label=_("Màu nền"), max_length=7, help_text=_("Sáu chữ số như #0b5d4e."))
    ink = forms.CharField(label=_("Màu chữ"), max_length=7)
    accent = forms.CharField(label=_("Màu nhấn"), max_length=7)
    warm = forms.CharField(label=_("Màu hoa văn"), max_length=7)
    emblem = forms.FileField(
        label=_("Biểu trưng (ảnh PNG, nền trong)"), required=False, help_text=_("Để trống là giữ như cũ.")
    )
    without_emblem = forms.BooleanField(label=_("Bỏ biểu trưng"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def said(self) -> KitTexts:
        """Give what was typed."""
        given = self.cleaned_data
        colors = {name: given[name] for name in ("ground", "ink", "accent", "warm")}
        return KitTexts(given["shown_name"], given["host"], given["doer"], given["call"], colors)

    def emblem_bytes(self) -> bytes | None:
        """Give the emblem that was sent, nothing to take it off, None to keep it."""
        if self.cleaned_data["without_emblem"]:
            return b""
        sent = self.cleaned_data["emblem"]
        return sent.read() if sent else None


def kit_initial(kit: KitView) -> dict[str, Any]:
    """Give what the form shows of a kit."""
    said = {name: getattr(kit, name) for name in ("shown_name", "host", "doer", "call")}
    return said | dict(kit.colors) | {"seen": kit.edition}


class ArtworkForm(forms.Form):
    """An artwork; unit, design and slogan are chosen from what the view gives."""

    organization = forms.ChoiceField(label=_("Đơn vị"))
    title = forms.CharField(label=_("Tên để tìm lại"), max_length=200)
    design = forms.ChoiceField(label=_("Mẫu"))
    slogan = forms.ChoiceField(label=_("Khẩu hiệu"))
    language = forms.ChoiceField(label=_("Viết bằng tiếng"), choices=list(LANGUAGES.items()), initial="vi")
    second = forms.ChoiceField(
        label=_("Dòng thứ hai bằng tiếng"), choices=[("", _("Không có")), *LANGUAGES.items()], required=False
    )
    line = forms.CharField(
        label=_("Thêm một câu (có thể bỏ qua)"),
        help_text=_("Ví dụ: Mời bà con đến nhà văn hóa, sáng thứ Bảy."),
        max_length=300,
        required=False,
        widget=_LINES,
    )
    starts_on = day(_("Dùng từ ngày"))
    ends_on = day(_("Đến hết ngày"))
    is_for_units = forms.BooleanField(
        label=_("Dùng chung: mỗi đơn vị tải về có tên của mình"),
        required=False,
        help_text=_("Chỉ cơ quan thường trực."),
    )
    place = forms.CharField(label=_("Treo, đặt ở đâu"), max_length=300, required=False)
    is_across_road = forms.ChoiceField(label=_("Treo ngang qua đường?"), choices=_ANSWERS, required=False)
    hides_signs = forms.ChoiceField(label=_("Che đèn tín hiệu, biển báo?"), choices=_ANSWERS, required=False)
    has_brand = forms.ChoiceField(label=_("Có nhãn hiệu cửa hàng, doanh nghiệp?"), choices=_ANSWERS, required=False)
    filed_on = day(_("Ngày gửi hồ sơ thông báo"), required=False)
    file_number = forms.CharField(label=_("Số hồ sơ"), max_length=60, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def give(self, organizations: Choices, designs: Choices, slogans: Choices) -> None:
        """Give what can be chosen."""
        for name, choices in (("organization", organizations), ("design", designs), ("slogan", slogans)):
            choose(self, name, choices)

    def draft(self) -> Draft:
        """Give what was typed."""
        said = {name: self.cleaned_data[name] for name in Draft.__slots__}
        for name in ("is_across_road", "hides_signs", "has_brand"):
            said[name] = _SAID[said[name]]
        return Draft(**said)


def artwork_initial(draft: Draft) -> dict[str, Any]:
    """Give what the form shows of an artwork."""
    said = asdict(draft)
    words = {answer: word for word, answer in _SAID.items()}
    return said | {name: words[said[name]] for name in ("is_across_road", "hides_signs", "has_brand")}


class StepForm(forms.Form):
    """A step of an artwork: which, from which edition, why; an approval until when."""

    step = forms.CharField(max_length=20)
    reason = forms.CharField(label=_("Lý do, ý kiến"), max_length=500, required=False, widget=_LINES)
    expires_on = day(_("Có hiệu lực đến hết ngày"), required=False)
    seen = forms.IntegerField(min_value=0)


class ArtworkFilter(forms.Form):
    """What is looked for in the list of artwork."""

    q = forms.CharField(label=_("Tên, đơn vị, mã"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Trạng thái"), choices=[("", _("Tất cả")), *named(ARTWORK_STATE_NAMES)], required=False
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=[("", _("Mọi loại")), *named(KIND_NAMES)], required=False)


class SloganFilter(forms.Form):
    """What is looked for in the list of slogans."""

    q = forms.CharField(label=_("Chữ trong khẩu hiệu"), required=False, max_length=100)
    withdrawn = forms.ChoiceField(
        label=_("Còn dùng không"), choices=[("", _("Đang dùng")), ("1", _("Đã thôi dùng"))], required=False
    )


class PostFilter(forms.Form):
    """What is looked for in the list of planned messages."""

    q = forms.CharField(label=_("Nội dung, đơn vị"), required=False, max_length=100)
    channel = forms.ChoiceField(label=_("Kênh"), choices=[("", _("Mọi kênh")), *named(CHANNEL_NAMES)], required=False)
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        choices=[("", _("Tất cả")), ("late", _("Quá giờ, chưa ghi đã đưa")), *named(POST_STATE_NAMES)],
        required=False,
    )


class PostForm(forms.Form):
    """A planned message; unit and artwork are chosen from what the view gives."""

    organization = forms.ChoiceField(label=_("Đơn vị"))
    channel = forms.ChoiceField(label=_("Kênh"), choices=named(CHANNEL_NAMES))
    on = day(_("Ngày đưa"))
    at = clock(_("Giờ đưa"))
    title = forms.CharField(label=_("Tên để tìm lại"), max_length=200)
    text = forms.CharField(label=_("Chữ đưa ra"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    link = forms.CharField(label=_("Đường dẫn kèm theo"), max_length=500, required=False)
    artwork = forms.ChoiceField(label=_("Ấn phẩm kèm theo (đã duyệt)"), required=False)
    who = forms.CharField(label=_("Người làm"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def give(self, organizations: Choices, artworks: Sequence[tuple[str, str]]) -> None:
        """Give what can be chosen."""
        choose(self, "organization", organizations)
        choose(self, "artwork", [("", str(_("Không kèm ấn phẩm"))), *artworks])

    def plan(self) -> PostPlan:
        """Give what was typed."""
        said = self.cleaned_data
        at = datetime.combine(said["on"], said["at"], VIETNAM)
        return PostPlan(Channel(said["channel"]), at, said["title"], said["text"], said["link"], said["who"])

    def artwork_id(self) -> UUID | None:
        """Give the artwork that goes with it."""
        chosen = self.cleaned_data["artwork"]
        return UUID(chosen) if chosen else None


def post_initial(view: PostView) -> dict[str, Any]:
    """Give what the form shows of a planned message."""
    at = view.planned_at.astimezone(VIETNAM)
    said = {name: getattr(view, name) for name in ("channel", "title", "text", "link", "who")}
    artwork = str(view.artwork_id or "")
    whose = {"organization": str(view.organization_id), "artwork": artwork, "seen": view.edition}
    return said | whose | {"on": at.date(), "at": at.time()}


class DoneForm(forms.Form):
    """What is told of a message that went out."""

    proof = forms.CharField(label=_("Đường dẫn bài đã đăng"), max_length=500, required=False)
    note = forms.CharField(
        label=_("Hoặc nơi, giờ đã đưa (kênh không có đường dẫn)"), max_length=500, required=False, widget=_LINES
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CancelForm(forms.Form):
    """Why a planned message is dropped."""

    reason = forms.CharField(label=_("Vì sao bỏ"), max_length=500, required=False, widget=_LINES)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
