"""The shapes of what the office types."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raquan.kernel.clock import VIETNAM
from raquan.press.commands import ItemSaid, PictureSaid, Written
from raquan.press.rules import (
    CONSENT_NAMES,
    KIND_NAMES,
    LICENCES,
    LONGEST_WHAT,
    PRESS_ITEM_STATE_NAMES,
    Kind,
    PhotoConsent,
    PressItemSaid,
)
from raquan.ui.forms import ApartForm, Choices, choose, clock, day, named


class TextForm(forms.Form):
    """A publication's text."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    lead = forms.CharField(
        label=_("Mở đầu, một hai câu"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    body = forms.CharField(
        label=_("Nội dung"),
        help_text=_("Cách đoạn bằng một dòng trống. Đầu dòng “## ” là tiêu đề nhỏ, “- ” là gạch đầu dòng."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    snapshot = forms.ChoiceField(
        label=_("Số liệu điền từ bản chốt"),
        help_text=_("Mọi số trong bài lấy từ một bản chốt, nên hỏi lại lúc nào cũng ra đúng số ấy."),
        required=False,
    )
    number = forms.CharField(
        label=_("Số thông cáo"), help_text=_("Do văn thư cấp, ví dụ: 12/TCBC-STTTT."), max_length=60, required=False
    )
    dated_on = day(_("Ngày"))
    contact = forms.CharField(
        label=_("Liên hệ"),
        help_text=_("Tên, điện thoại, thư điện tử của người trả lời báo chí."),
        max_length=300,
        required=False,
    )

    def give(self, snapshots: Choices) -> None:
        """Give the snapshots that can be chosen."""
        choose(self, "snapshot", [("", gettext("Không điền số liệu")), *snapshots])

    def written(self) -> Written:
        """Give what was typed."""
        said = {**self.cleaned_data}
        names = ("title", "lead", "body", "number", "dated_on", "contact")
        return Written(**{name: said[name] for name in names}, snapshot_id=said["snapshot"] or None)


class StartForm(TextForm):
    """A new draft; its id was made with the form, so that sending twice makes one."""

    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label=_("Loại"), choices=named(KIND_NAMES), widget=forms.RadioSelect, initial=Kind.RELEASE.value
    )
    field_order = ("ticket", "kind")


class SeenForm(forms.Form):
    """Which version was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)


class ChangeForm(SeenForm, TextForm):
    """A draft, changed."""


class CorrectForm(ChangeForm):
    """What is published, corrected in the open."""

    what = forms.CharField(label=_("Sửa gì (người đọc thấy)"), max_length=500, required=False)
    why = forms.CharField(label=_("Vì sao (người đọc thấy)"), max_length=500, required=False)


class PublishForm(SeenForm):
    """When it is shown."""

    from_day = day(_("Hiện từ ngày (bỏ trống: ngay bây giờ)"), required=False)
    from_time = clock(_("Từ giờ"), required=False)
    until_day = day(_("Thôi hiện từ ngày (bỏ trống: hiện mãi)"), required=False)
    until_time = clock(_("Thôi hiện lúc"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an hour without its day: it would be forgotten."""
        for name in ("from", "until"):
            if self.cleaned_data.get(f"{name}_time") and not self.cleaned_data.get(f"{name}_day"):
                self.add_error(f"{name}_day", gettext("Có giờ thì ghi cả ngày."))
        return self.cleaned_data

    def times(self) -> dict[str, Any]:
        """Give the moments, None where none was typed; a day without an hour begins at midnight."""
        said = self.cleaned_data
        return {
            "shown_from": _moment(said["from_day"], said["from_time"]),
            "shown_until": _moment(said["until_day"], said["until_time"]),
        }


class ReasonForm(SeenForm):
    """Why something is withdrawn, cancelled, taken off."""

    reason = forms.CharField(label=_("Lý do (người đọc thấy)"), max_length=300, required=False)


class TakeOffForm(forms.Form):
    """Why a photo is taken off."""

    reason = forms.CharField(label=_("Vì sao gỡ ảnh"), max_length=300, required=False)


class PictureForm(forms.Form):
    """A photo and all that must be said of it."""

    file = forms.FileField(
        label=_("Ảnh"), help_text=_("JPEG hoặc PNG, dưới 12 MB. Vị trí và tên máy được bỏ, ảnh được thu nhỏ.")
    )
    alternative = forms.CharField(
        label=_("Tả ảnh cho người không nhìn thấy"),
        help_text=_("Ai đang làm gì, ở đâu. Không ghi tên người dân."),
        max_length=300,
        required=False,
    )
    caption = forms.CharField(label=_("Chú thích"), max_length=300, required=False)
    credit = forms.CharField(label=_("Nguồn ảnh"), max_length=200, required=False)
    licence = forms.ChoiceField(label=_("Ai được dùng lại"), choices=named(LICENCES))
    consent = forms.ChoiceField(label=_("Người trong ảnh"), choices=named(CONSENT_NAMES), widget=forms.RadioSelect)
    consent_note = forms.CharField(
        label=_("Đồng ý khi nào, lưu ở đâu"),
        help_text=_("Đồng ý cho chụp chưa phải là đồng ý cho đăng. Chỉ cán bộ đọc được dòng này; không ghi tên."),
        max_length=300,
        required=False,
    )
    is_illustration = forms.BooleanField(label=_("Chỉ để minh họa, không phải ảnh của việc trong bài"), required=False)

    def said(self) -> PictureSaid:
        """Give what was typed."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return PictureSaid(**{**given, "consent": PhotoConsent(given["consent"])})


class ItemForm(forms.Form):
    """An item of the Day's programme."""

    starts_at = clock(_("Từ giờ"))
    ends_at = clock(_("Đến giờ"), required=False)
    what = forms.CharField(label=_("Nội dung"), max_length=LONGEST_WHAT)
    place = forms.CharField(label=_("Nơi"), max_length=200)
    who = forms.CharField(label=_("Ai chủ trì"), max_length=200, required=False)

    def said(self) -> ItemSaid:
        """Give what was typed."""
        names = ("starts_at", "ends_at", "what", "place", "who")
        return ItemSaid(**{name: self.cleaned_data[name] for name in names})


class NewItemForm(ItemForm):
    """A new item; its id was made with the form."""

    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ChangeItemForm(ItemForm, SeenForm):
    """An item, changed."""


class PressFilter(forms.Form):
    """What is looked for among press items."""

    q = forms.CharField(label=_("Tên bài, báo, tác giả"), required=False, max_length=100)
    outlet = forms.ChoiceField(label=_("Báo, đài"), required=False)
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        choices=[("", _("Tất cả")), ("late", _("Quá hạn phản hồi")), *named(PRESS_ITEM_STATE_NAMES)],
        required=False,
    )

    def give(self, outlets: Sequence[str]) -> None:
        """Give the outlets that can be chosen."""
        choose(self, "outlet", [("", gettext("Mọi báo, đài")), *((one, one) for one in outlets)])


class PressItemForm(forms.Form):
    """What is noted of a press item."""

    outlet = forms.CharField(label=_("Báo, đài"), help_text=_("Ví dụ: Báo Đắk Lắk."), max_length=120)
    title = forms.CharField(label=_("Tên bài"), max_length=300)
    author = forms.CharField(label=_("Tác giả"), max_length=120, required=False)
    on = day(_("Ngày đăng"))
    at = clock(_("Giờ đăng (báo in thì bỏ trống)"), required=False)
    address = forms.CharField(
        label=_("Địa chỉ bài"),
        help_text=_("Chép từ trình duyệt, bắt đầu bằng https://. Báo in, phát thanh thì bỏ trống."),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    topic = forms.CharField(label=_("Về việc gì"), max_length=120, required=False)
    needs_reply = forms.BooleanField(label=_("Cần phản hồi"), required=False)
    reply_due_on = day(_("Hạn phản hồi"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a reply without its day, and a day without a reply: one of the two was meant otherwise."""
        needs, until = self.cleaned_data.get("needs_reply"), self.cleaned_data.get("reply_due_on")
        if needs and not until and "reply_due_on" not in self.errors:
            self.add_error("reply_due_on", gettext("Cần phản hồi thì ghi hạn."))
        if until and not needs:
            self.add_error("needs_reply", gettext("Có hạn phản hồi thì đánh dấu ô này, không thì xóa hạn."))
        return self.cleaned_data

    def said(self) -> PressItemSaid:
        """Give what was typed; a day without an hour is its midnight."""
        names = ("outlet", "title", "author", "address", "topic", "reply_due_on")
        given = self.cleaned_data
        at = datetime.combine(given["on"], given["at"] or time(), VIETNAM)
        return PressItemSaid(**{name: given[name] for name in names}, published_at=at)


class NewPressItemForm(PressItemForm):
    """A new press item; its id was made with the form."""

    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ChangePressItemForm(PressItemForm, SeenForm):
    """A press item, changed."""


class ReplyForm(ApartForm, SeenForm):
    """When, how and by whom a press item was replied to."""

    on = day(_("Ngày phản hồi"))
    at = clock(_("Giờ phản hồi"))
    how = forms.CharField(
        label=_("Phản hồi bằng cách nào"),
        help_text=_("Ví dụ: gửi công văn số 15, báo đăng lại ngày 6/10."),
        max_length=500,
        required=False,
    )
    who = forms.CharField(label=_("Ai phản hồi"), max_length=120, required=False)

    def told(self) -> dict[str, Any]:
        """Give what was typed."""
        given = self.cleaned_data
        replied_at = datetime.combine(given["on"], given["at"], VIETNAM)
        return {"seen": given["seen"], "replied_at": replied_at, "how": given["how"], "who": given["who"]}


class AsideForm(ApartForm, SeenForm):
    """Why a press item is set aside."""

    reason = forms.CharField(label=_("Vì sao gác lại"), max_length=500, required=False)


def _moment(on: Any, at: time | None) -> datetime | None:
    return datetime.combine(on, at or time(), VIETNAM) if on else None
